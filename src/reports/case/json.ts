import { canonicalJson } from '../../lib/json.ts'
import type { Case } from '../../model/case.ts'

/** case.json: all servers of a case and what they share, for programs. */
export function caseJson(all: Case): string {
  return `${canonicalJson(all, 1)}\n`
}
