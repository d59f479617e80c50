import {
  Chunk,
  evtxOfChunks,
  fileTimeOf,
  type Fragment,
  seal,
  templateOf,
  typed,
  types,
} from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, eventChunks, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const nested = (levels: number, times: number): Buffer => {
    const template = templateOf({
      name: 'a',
      children: Array.from({ length: times }, () => ({ sub: 0, type: types.binXml })),
    })
    let fragment: Fragment = { template, values: [typed('string', 'x')] }
    for (let i = 0; i < levels; i++) fragment = { template, values: [{ fragment }] }
    const chunk = new Chunk()
    chunk.addRaw(1n, fileTimeOf(Date.UTC(2021, 2, 3)), fragment)
    return chunk.finish()
  }
  put(evidence, `${EVENT_LOGS}/Deep.evtx`, evtxOfChunks([nested(1_200, 1), ...eventChunks(1, 40)]))
  put(evidence, `${EVENT_LOGS}/Doubled.evtx`, evtxOfChunks([nested(30, 2), ...eventChunks(1, 40)]))
  // Each name in the table leads to itself.
  const [chunk] = eventChunks(1, 40) as [Buffer]
  for (let bucket = 128; bucket < 512; bucket += 4) {
    const at = chunk.readUInt32LE(bucket)
    if (at > 0) chunk.writeUInt32LE(at, at)
  }
  put(evidence, `${EVENT_LOGS}/Circle.evtx`, evtxOfChunks([seal(chunk)]))
}
