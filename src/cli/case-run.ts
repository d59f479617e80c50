import { join } from 'node:path'
import { caseOf } from '../case/summarize.ts'
import type { Case } from '../model/case.ts'
import { caseJson, casePage } from '../reports/index.ts'
import { caseFile, casePageFile } from './case-files.ts'
import type { Run } from './server-run.ts'
import { writeNew } from './write-output.ts'

/** Writes case.json and case.html beside the folders of the servers. */
export function writeCase({ done, failed, unfinished, asked }: Run): Case {
  const records = done.map(({ path, record }) => ({ path, record, with: [] }))
  const all = caseOf(records, failed, { absent: [], notes: [] })
  writeNew(join(unfinished.results, caseFile), caseJson(all))
  writeNew(join(unfinished.results, casePageFile), casePage(all, asked.wishes.language))
  return all
}
