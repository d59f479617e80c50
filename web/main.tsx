import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readReport } from './data.ts'
import './theme.css'

void readReport(document).then((report) => createRoot(document.getElementById('app')!).render(<App report={report} />))
