import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readReport } from './data.ts'
import './theme.css'
import './app.css'

void readReport(document).then((report) =>
  createRoot(document.getElementById('app')!).render(
    <App
      report={report}
      onReady={() => {
        document.documentElement.dataset.ready = ''
      }}
    />,
  ),
)
