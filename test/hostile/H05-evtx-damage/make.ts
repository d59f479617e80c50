import { evtxOfChunks, seal } from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, eventChunks, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const damages: Readonly<Record<string, (chunks: Buffer[]) => unknown>> = {
    Checksum: ([, second]) => second!.writeUInt32LE(1, 52),
    First: ([first]) => first!.fill(0),
    Last: ([, , last]) => last!.fill(0),
    Free: ([, second]) => {
      second!.writeUInt32LE(0xffff_fff0, 48)
      seal(second!)
    },
  }
  for (const [name, damage] of Object.entries(damages)) {
    const chunks = eventChunks(3, 40)
    damage(chunks)
    put(evidence, `${EVENT_LOGS}/${name}.evtx`, evtxOfChunks(chunks, { dirty: true }))
  }
}
