import { Chunk, evtxOfChunks, unlink } from '../../../tools/writers/evtx.ts'
import type { Make } from '../case.ts'
import { EVENT_LOGS, plainRecord, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const chunk = new Chunk()
  for (let i = 1; i <= 40; i++)
    chunk.add({
      ...plainRecord(i),
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4624,
    })
  put(evidence, `${EVENT_LOGS}/Security.evtx`, evtxOfChunks([unlink(chunk.finish(), 20)]))
}
