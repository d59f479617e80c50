import { readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Make } from '../case.ts'
import { IIS_LOGS } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const folder = join(evidence, IIS_LOGS)
  const days = readdirSync(folder).sort()
  // Days before the intrusion, so that all that shows it is still there.
  for (const day of days.slice(1, 3)) rmSync(join(folder, day))
  truncateSync(join(folder, days[3]!), 0)
}
