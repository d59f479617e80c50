import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import { choose, parsers } from '../../src/parsers/index.ts'
import type { Head } from '../../src/parsers/parser.ts'

const root = join(import.meta.dirname, '..', '..')
const limited = parsers.filter(({ most }) => most !== undefined)
const head = (path: string, bytes: Buffer): Head => ({
  path,
  windowsPath: null,
  size: bytes.length,
  bytes,
  text: decodeText(bytes),
})

test('a parser is nowhere surer than it says', () => {
  assert.ok(limited.length > 0)
  let asked = 0
  for (const folder of ['samples', 'test/parsers/golden'])
    for (const name of readdirSync(join(root, folder), { recursive: true }) as string[]) {
      const path = join(root, folder, name)
      if (!statSync(path).isFile()) continue
      const own = head(name.replaceAll('\\', '/'), readFileSync(path).subarray(0, 65_536))
      for (const parser of limited) assert.ok(parser.recognise(own) <= parser.most!, `${parser.name}: ${path}`)
      asked++
    }
  assert.ok(asked > 50)
})

test('rows of logs among Windows events are still read by the parser that reads both', () => {
  const lines = [
    '2021-03-03 05:02:10 192.0.2.1 GET /owa/ - 443 - 203.0.113.5 Mozilla/5.0 - 200 0 0 15',
    '{"Event":{"System":{"EventID":4624,"Channel":"Security","Computer":"MAIL01","TimeCreated":{"@SystemTime":"2021-03-03T05:02:10Z"}},"EventData":{"TargetUserName":"a"}}}',
  ]
  assert.equal(choose(head('notes.txt', Buffer.from(lines.join('\n')))).name, 'snippet')
})
