import { evtxOfChunks } from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, eventChunks, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  for (const count of [0xffff, 0, 1, 10]) {
    const file = evtxOfChunks(eventChunks(4, 40))
    file.writeUInt16LE(count, 42)
    put(evidence, `${EVENT_LOGS}/Count${count}.evtx`, file)
  }
}
