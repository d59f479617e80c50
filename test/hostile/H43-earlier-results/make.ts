import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const folder = 'postern-out/MAIL01'
  const verdict = {
    is: 'no-evidence',
    sentence: 'No evidence of an intrusion on MAIL01.',
    sure: true,
    open: [],
    covers: null,
  }
  put(
    evidence,
    `${folder}/assessment.json`,
    JSON.stringify({ schema: 'postern-assessment/2', server: { name: 'MAIL01' }, verdict, findings: [], answers: [] }),
  )
  put(evidence, `${folder}/findings.jsonl`, '')
  put(evidence, `${folder}/run.json`, JSON.stringify({ schema: 'postern-run/1', ended: '2021-03-20T00:00:00Z' }))
  put(
    evidence,
    'postern-out/summary.json',
    JSON.stringify({ schema: 'postern-summary/1', servers: [{ name: 'MAIL01', verdict }] }),
  )
}
