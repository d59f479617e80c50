import type { Assessment } from '../src/model.ts'

export function App({ report }: { report: Assessment }) {
  return (
    <main>
      <h1>{report.server.name}</h1>
      <p>{report.verdict.sentence}</p>
    </main>
  )
}
