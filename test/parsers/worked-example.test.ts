import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Event } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import type { Parser } from '../../src/parsers/parser.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'extend', 'parser.md'), 'utf8')
const code = /```ts\n([^]*?)\n {3}```/.exec(page)?.[1] ?? assert.fail('the page has no example')
const sample = /\n\n((?: {4}.*\n)+)/.exec(page.slice(page.indexOf('## A new text format')))?.[1]?.replace(/^ {4}/gm, '')

test('the parser of docs/extend/parser.md reads the sample of the page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-example-'))
  try {
    const src = pathToFileURL(join(root, 'src')).href
    const written = code
      .replace(/^ {3}/gm, '')
      .replaceAll("from '../../", `from '${src}/`)
      .replaceAll("from '../", `from '${src}/parsers/`)
    const file = join(folder, 'vpn-signins.ts')
    writeFileSync(file, written)
    const { vpnSignIns } = (await import(pathToFileURL(file).href)) as { vpnSignIns: Parser }

    // A row without a time beside those of the page.
    const text = `${sample}x;y;z;w\n`
    const bytes = Buffer.from(text)
    const head = { path: 'vpn.csv', windowsPath: null, size: bytes.length, bytes, text }
    const events: Event[] = []
    const gaps: Omit<Gap, 'path'>[] = []
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield bytes
    }
    assert.ok(vpnSignIns.recognize(head) > 0)
    const parsed = await vpnSignIns.read(
      { ...head, modified: null, chunks },
      { event: (event) => void events.push(event), gap: (gap) => void gaps.push(gap), fact() {} },
    )
    assert.deepEqual(
      events.map(({ time, user, client, fields }) => [time, user, client, fields.Result]),
      [
        [Date.UTC(2021, 2, 3, 4, 12), 'CONTOSO\\bob', '203.0.113.7', 'success'],
        [Date.UTC(2021, 2, 3, 4, 13), 'CONTOSO\\bob', null, 'failure'],
      ],
    )
    assert.deepEqual(
      gaps.map(({ reason, line }) => [reason, line]),
      [['corrupt', 4]],
    )
    assert.equal(parsed + gaps[0]!.length, bytes.length)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
