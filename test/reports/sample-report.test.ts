import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('docs/sample shows what the bundled server gives (node scripts/sample-report.mjs makes it anew)', async () => {
  const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
  const facts = loadExposureFacts(join(root, 'knowledge'))
  const now = await assess([join(root, 'samples', 'server')], knowledge, facts, inlinePool(knowledge, null), {
    fallbackName: 'X',
    tool: 'test',
  })
  const page = readFileSync(join(root, 'docs', 'sample', 'report.html'), 'utf8')
  const data = /<div id="data" hidden>([^<]+)</.exec(page)![1]!
  const shown = JSON.parse(inflateRawSync(Buffer.from(data, 'base64')).toString()) as Pick<
    Assessment,
    'verdict' | 'answers' | 'mailboxes' | 'actions'
  >
  assert.deepEqual(shown.verdict, now.verdict)
  assert.deepEqual(
    shown.answers.map(({ question, is, sentence }) => ({ question, is, sentence })),
    now.answers.map(({ question, is, sentence }) => ({ question, is, sentence })),
  )
  assert.deepEqual(
    shown.mailboxes.map(({ mailbox, certainty }) => [mailbox, certainty]),
    now.mailboxes.map(({ mailbox, certainty }) => [mailbox, certainty]),
  )
  assert.deepEqual(
    shown.actions.map(({ title }) => title),
    now.actions.map(({ title }) => title),
  )
})
