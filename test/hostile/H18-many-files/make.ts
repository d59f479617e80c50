import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Make } from '../case.ts'
import { put } from '../parts.ts'

export const make: Make = ({ evidence, isFull }) => {
  const folder = join(evidence, 'C/many')
  mkdirSync(folder)
  for (let i = 0; i < (isFull ? 100_000 : 5_000); i++) writeFileSync(join(folder, `f${i}.txt`), `${i}`)
  put(evidence, `C/${Array<string>(200).fill('deep').join('/')}/a.txt`, 'text')
  if (process.platform === 'linux')
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff, 0xfe, 0x2e, 0x6c])]), 'text')
}
