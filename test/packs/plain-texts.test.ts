import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { write } from '../cli/command.ts'

const pack = `id: test-2021
name: Test
summary: A test.
cves: [CVE-2021-26855]
vulnerabilities: [CVE-2021-26855]
products: [Exchange2016]
exploitation: { from: 2021-03-01, to: 2021-03-31 }
needs: { targeted: [[iis-frontend]] }
actions:
  - { id: look, title: Look, why: Because. }
`
const without = 'id: test-2021\nname: Test\nsummary: A test.\nactions:\n  - { id: look, title: Look, why: Because. }\n'

for (const [what, doc, text, message] of [
  ['a key that is unknown', pack, 'sumary: { en: A test. }', /sumary is unknown/],
  ['a list in place of languages', pack, 'summary: [A test.]', /summary must be a map/],
  ['no language code', pack, 'summary: { english: A test. }', /summary has english/],
  ['an evidence action that the pack does not have', pack, 'asksForEvidence: [lok]', /no action lok/],
  ['no text', pack, 'actions: { look: { de: 3 } }', /actions\.look\.de must be a text/],
  ['an action that the pack does not have', pack, 'actions: { lok: { de: Nachsehen. } }', /no action lok/],
  ['a vulnerability that is not of the pack', pack, 'cves: [CVE-2021-27065]', /cves names CVE-2021-27065/],
  ['a summary of a pack without a campaign', without, 'summary: { en: A test. }', /summary is for a campaign/],
  ['a name of a pack without a campaign', without, 'name: Test', /name is for a campaign/],
] as const)
  test(`text.yml with ${what} stops the run`, async () => {
    await assert.rejects(loaded(doc, text), (error: Error) => message.test(error.message))
  })

test('what text.yml says is known by the ids of campaign and action, and changes the digest of the pack', async () => {
  const text =
    'name: Test (CVE)\ncves: [CVE-2021-26855]\nsummary: { de: Ein Test. }\nactions: { look: { de: Nachsehen. } }\nasksForEvidence: [look]\n'
  const { texts, packs } = await loaded(pack, text)
  assert.deepEqual(texts, {
    campaigns: {
      'test-2021': {
        name: 'Test (CVE)',
        cves: ['CVE-2021-26855'],
        summary: { de: 'Ein Test.' },
        ownSummary: 'A test.',
      },
    },
    actions: { look: { de: 'Nachsehen.' } },
    asksForEvidence: ['look'],
  })
  const other = await loaded(pack, text.replace('Nachsehen', 'Schauen'))
  assert.notEqual(packs[0]!.sha256, other.packs[0]!.sha256)
})

async function loaded(doc: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-texts-'))
  try {
    write(folder, { 'packs/test-2021/pack.yml': doc, 'packs/test-2021/text.yml': text })
    return await loadKnowledge({ packs: [join(folder, 'packs')], rules: [], iocs: [] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
