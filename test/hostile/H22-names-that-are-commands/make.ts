import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Make } from '../case.ts'
import { iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence, beside }) => {
  const name = '-rf $(touch pwned) `touch pwned` ; touch pwned # %COMSPEC% && touch pwned'
  const folder = join(beside, 'place', name)
  mkdirSync(folder, { recursive: true })
  cpSync(evidence, folder, { recursive: true })
  put(folder, 'C/--out=pwned', 'text')
  put(folder, 'C/$(touch pwned).log', iisLog('2021-03-05', 20))
  put(folder, 'C/; touch pwned #.txt', 'text')
  return { evidence: [join('place', name)], folder: beside }
}
