import { evtxOfChunks, recordsOf, seal } from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, eventChunks, put } from '../parts.ts'

/** From the begin of a record to the token that uses a template. */
const USE = 24 + 4

export const make: Make = ({ evidence }) => {
  const lengths: Readonly<Record<string, (chunk: Buffer, at: number) => void>> = {
    Values: (chunk, at) => chunk.writeUInt32LE(0xffff_ffff, at + USE + 10),
    Value: (chunk, at) => chunk.writeUInt16LE(0xffff, at + USE + 14),
    Template: (chunk) => chunk.writeUInt32LE(0xffff_ffff, recordsOf(chunk)[0]!.at + USE + 10 + 20),
  }
  for (const [name, change] of Object.entries(lengths)) {
    const chunks = eventChunks(2, 40)
    const first = chunks[0]!
    change(first, recordsOf(first)[20]!.at)
    put(evidence, `${EVENT_LOGS}/${name}.evtx`, evtxOfChunks([seal(first), chunks[1]!]))
  }
}
