import { evtxOfChunks, recordsOf, seal } from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, eventChunks, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const sizes = [0, 0xffff_ffff, 0x2_0000, 4, 25]
  for (const [i, size] of sizes.entries()) {
    const chunks = eventChunks(3, 40)
    const second = chunks[1]!
    second.writeUInt32LE(size, recordsOf(second)[10]!.at + 4)
    // The checksum is right, so that the reader has no other reason to distrust the chunk.
    put(evidence, `${EVENT_LOGS}/Damaged${i}.evtx`, evtxOfChunks([chunks[0]!, seal(second), chunks[2]!]))
  }
  // The number of a record goes back.
  const chunks = eventChunks(2, 40)
  const first = chunks[0]!
  first.writeBigUInt64LE(3n, recordsOf(first)[20]!.at + 8)
  put(evidence, `${EVENT_LOGS}/Backwards.evtx`, evtxOfChunks([seal(first), chunks[1]!]))
}
