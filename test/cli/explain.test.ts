import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Finding } from '../../src/model/finding.ts'
import { materialise } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'
import { place } from './command.ts'
import { runHere } from './in-process.ts'
import { isTenth } from '../tenth.ts'

const root = join(import.meta.dirname, '../..')

// What is computed of counted rows is shown again where these lie, be they of a log that no rule selects.
const servers = [
  'any-intrusion/samples/compromised/sprayed-over-imap-into-a-shared-mailbox',
  'microsoft-365/samples/compromised/guessed-by-sign-in-logs',
  'any-intrusion/samples/compromised/sprayed-over-smtp',
  'any-intrusion/samples/compromised/sprayed-in-a-table-of-evtxecmd',
]
for (const server of isTenth ? servers.slice(0, 2) : servers)
  test(`Computed findings of ${server} are reproduced`, async () => {
    const folder = place()
    const [evidence, out] = [join(folder, 'evidence'), join(folder, 'out')]
    const spec = readSpec(join(root, 'packs', server, 'server.yml'))
    await materialise(spec, evidence)
    await runHere(['assess', evidence, '--out', out, '--jobs', '1', '--quiet'])
    const [own] = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const lines = readFileSync(join(out, own!.name, 'findings.jsonl'), 'utf8')
      .trim()
      .split('\n')
    const ids = lines.flatMap((line) => {
      const { id, sign } = JSON.parse(line) as Finding
      return sign.kind === 'guessing' ? [id] : []
    })
    assert.ok(ids.length >= 2)
    const { status, out: said, err } = await runHere(['explain', out, ...ids])
    assert.equal(status, 0, said + err)
    assert.doesNotMatch(said, /NOT REPRODUCED/)
  })
