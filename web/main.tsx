import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readReport } from './data.ts'
import { en } from './texts/en.ts'
import './theme.css'
import './app.css'

const place = document.getElementById('app')!

/** What is said where the page cannot be shown: by a browser that cannot unpack it, or for a mistake of ours. */
function fail(error: unknown): void {
  const said = document.createElement('p')
  said.className = 'failed'
  said.textContent = en.frame.failed(error instanceof Error ? error.message : String(error))
  place.replaceChildren(said)
}

function ready(): void {
  document.documentElement.dataset.ready = ''
}

readReport(document).then((report) => {
  const root = createRoot(place, {
    onUncaughtError: (error) => {
      fail(error)
      reportError(error)
    },
  })
  root.render(<App report={report} onReady={ready} />)
}, fail)
