import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readReport } from './data.ts'
import { en } from '../src/locales/en/page.ts'
import './theme.css'
import './app.css'

const place = document.getElementById('app')!

/**
 * What is shown where the page cannot be: by a browser that cannot unpack it, or for a mistake of ours. The verdict stands
 * in the page as it is read without script, whose text our own template escaped.
 */
function fail(error: unknown): void {
  const said = document.createElement('p')
  said.className = 'failed'
  said.textContent = en.frame.failed(error instanceof Error ? error.message : String(error))
  const plain = document.querySelector('noscript')?.textContent ?? ''
  place.replaceChildren(said, ...new DOMParser().parseFromString(plain, 'text/html').body.children)
}

function ready(): void {
  document.documentElement.dataset.ready = ''
}

readReport(document).then((report) => {
  const root = createRoot(place, {
    // A part that failed says so in its place; the console has the rest.
    onCaughtError: reportError,
    onUncaughtError: (error) => {
      fail(error)
      reportError(error)
    },
  })
  root.render(<App report={report} onReady={ready} />)
}, fail)
