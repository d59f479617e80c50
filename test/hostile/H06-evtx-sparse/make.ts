import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { evtxOfChunks } from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, eventChunks, put } from '../parts.ts'

const CHUNK = 65_536

/** At full size the last chunk lies behind four gigabytes, where numbers of 32 bits wrap. */
export const make: Make = ({ evidence, isFull }) => {
  const [first, last] = eventChunks(2, 40) as [Buffer, Buffer]
  const path = `${EVENT_LOGS}/Sparse.evtx`
  put(evidence, path, evtxOfChunks([first]))
  const file = openSync(join(evidence, path), 'r+')
  writeSync(file, last, 0, CHUNK, 4_096 + CHUNK * (isFull ? 70_000 : 700))
  closeSync(file)
}
