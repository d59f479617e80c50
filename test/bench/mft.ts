// `node test/bench/mft.ts [records] [packs]`: how fast (in CPU time) a $MFT of that many records is read, and how fast its events pass the
// rules that ship. The table is made on the way, the same each time, and never lies in memory or on disk.
import { join } from 'node:path'
import { mft } from '../../src/parsers/ntfs/mft.ts'
import type { Event } from '../../src/model/event.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { mftFile } from '../../tools/writers/ntfs.ts'

const count = Number(process.argv[2] ?? 200_000)
const packs = join(import.meta.dirname, '..', '..', 'packs')
const { rules } = await loadKnowledge({ packs: [packs], rules: process.argv.slice(3), iocs: [] })
const ask = askAll(rules.events)

let peak = 0
await measure('parsed', () => {})
let hits = 0
await measure(`asked of ${rules.events.length} rules`, (event) => {
  hits += ask(event).length
})
console.log(`${hits} hits, ${Math.round(process.memoryUsage().rss / 1e6)} MB resident, ${peak} MB at most`)

async function measure(what: string, each: (event: Event) => void): Promise<void> {
  const start = cpu()
  let events = 0
  let first = 0
  const source = {
    path: 'C/$MFT',
    windowsPath: 'C:\\$MFT',
    size: count * 1024,
    bytes: new Uint8Array(0),
    text: '',
    modified: null,
    chunks: () => table(count),
  }
  await mft.read(source, {
    event: (event) => {
      if (events++ === 0) first = cpu()
      if (events % 100_000 === 0) look()
      each(event)
    },
    gap: () => {},
    fact: () => {},
  })
  const seconds = cpu() - start
  const making = await timeOf(table(count))
  const rate = Math.round(count / (seconds - making))
  const emitted = Math.round(events / (cpu() - first - making))
  console.log(
    `${count} records, ${events} events, ${what}: ${seconds.toFixed(1)} s, of these ${making.toFixed(1)} s to make them; ${rate} records/s; from the first event on ${emitted} events/s`,
  )
}

/** Seconds of CPU that this process took; other work of the machine does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function look(): void {
  peak = Math.max(peak, Math.round(process.memoryUsage().rss / 1e6))
}

async function timeOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const start = cpu()
  for await (const chunk of chunks) void chunk
  return cpu() - start
}

/** Folders of eight levels with ten files to a folder, and a deleted file in twenty. */
async function* table(records: number): AsyncGenerator<Uint8Array> {
  const whole = mftFile([
    { path: 'C:\\Program Files\\Some Program\\library0000000.dll', size: 123_456 },
    { path: 'C:\\folder0000000', directory: true },
    { path: 'C:\\Windows\\deleted00000000.tmp', size: 100, deleted: true },
  ])
  const head = whole.subarray(0, 40 * 1024)
  const [file, folder, deleted] = [-3, -2, -1].map((from) =>
    whole.subarray(whole.length + from * 1024, whole.length + (from + 1) * 1024),
  ) as [Buffer, Buffer, Buffer]
  yield head
  const block = Buffer.alloc(256 * 1024)
  for (let number = 40; number < records; ) {
    let used = 0
    for (; used < block.length && number < records; number++, used += 1024) {
      const template = number % 10 === 0 ? folder : number % 20 === 1 ? deleted : file
      template.copy(block, used)
      block.writeUInt32LE(number, used + 44)
      const nameAt = block.indexOf(
        template === folder ? 'f\0o\0l\0d\0' : template === file ? 'l\0i\0b\0r\0' : 'd\0e\0l\0e\0',
        used,
        'latin1',
      )
      const parent = number % 10 === 0 ? (number < 100 ? 5 : Math.floor(number / 20) * 10) : number - (number % 10)
      block.writeUInt32LE(parent < 40 ? 5 : parent, nameAt - 66)
      block.writeUInt16LE(parent < 40 ? 5 : 1, nameAt - 60)
      const digits = String(number).padStart(7, '0')
      for (let i = 0; i < 7; i++) block[nameAt + 2 * ((template === folder ? 6 : 7) + i)] = digits.charCodeAt(i)
    }
    yield Buffer.from(block.subarray(0, used))
  }
}
