import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import { choose, parsers } from '../../src/parsers/index.ts'
import type { Head, Parser } from '../../src/parsers/parser.ts'
import { isWebContent } from '../../src/parsers/fallback/web-content.ts'
import { parsersAt } from '../../src/model/log-places.ts'

const root = join(import.meta.dirname, '..', '..')
const limited = parsers.filter(({ most }) => most !== undefined)
const head = (path: string, bytes: Buffer): Head => ({
  path,
  windowsPath: null,
  size: bytes.length,
  bytes,
  text: decodeText(bytes),
})

const samples = ['samples', 'test/parsers/golden'].flatMap((folder) =>
  (readdirSync(join(root, folder), { recursive: true }) as string[]).flatMap((name) => {
    const path = join(root, folder, name)
    return statSync(path).isFile() ? [head(name.replaceAll('\\', '/'), readFileSync(path).subarray(0, 65_536))] : []
  }),
)

test('a parser is nowhere surer than it says', () => {
  assert.ok(limited.length > 0)
  assert.ok(samples.length > 50)
  for (const own of samples)
    for (const parser of limited) assert.ok(parser.recognize(own) <= parser.most!, `${parser.name}: ${own.path}`)
})

/** The parser that is chosen where all are asked. */
function chosenOfAll(own: Head): string {
  if (isWebContent(own)) return 'scan'
  const surest = (among: readonly Parser[]): { readonly name: string; readonly sure: number } =>
    among
      .map((parser) => ({ name: parser.name, sure: parser.recognize(own) }))
      .reduce((best, one) => (one.sure > best.sure ? one : best), { name: 'scan', sure: 0 })
  const best = surest(parsers)
  const names = parsersAt(own.windowsPath ?? own.path)
  if (best.name === 'scan' || names.size === 0 || names.has(best.name)) return best.name
  const other = surest(parsers.filter(({ name }) => names.has(name)))
  const isMixed = best.name === 'snippet' || best.name === 'powershell-table'
  return other.sure >= 70 || (other.sure > 1 && !isMixed) ? other.name : best.name
}

test('asking those of its place first chooses the same parser', () => {
  const places = [
    'C:/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
    'C:/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa/HttpProxy_2021030304-1.LOG',
    'C:/Windows/System32/LogFiles/HTTPERR/httperr1.log',
    'C:/Windows/System32/winevt/Logs/Security.evtx',
    'C:/Windows/System32/winevt/Logs/MSExchange Management.csv',
    'C:/Windows/System32/inetsrv/config/applicationHost.config',
    'C:/Windows/System32/Tasks/Task',
    'C:/Windows/System32/config/SOFTWARE',
    'C:/ExchangeSetupLogs/ExchangeSetup.log',
    'C:/$MFT',
    'C:/Users/admin/Desktop/notes.txt',
  ]
  for (const own of samples)
    for (const place of [own.path, ...places]) {
      const there = { ...own, path: place, windowsPath: place === own.path ? null : place.replaceAll('/', '\\') }
      assert.equal(choose(there).name, chosenOfAll(there), `${own.path} at ${place}`)
    }
})

test('rows of logs among Windows events are still read by the parser that reads both', () => {
  const lines = [
    '2021-03-03 05:02:10 192.0.2.1 GET /owa/ - 443 - 203.0.113.5 Mozilla/5.0 - 200 0 0 15',
    '{"Event":{"System":{"EventID":4624,"Channel":"Security","Computer":"MAIL01","TimeCreated":{"@SystemTime":"2021-03-03T05:02:10Z"}},"EventData":{"TargetUserName":"a"}}}',
  ]
  assert.equal(choose(head('notes.txt', Buffer.from(lines.join('\n')))).name, 'snippet')
})
