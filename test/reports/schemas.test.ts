import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, it } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import type { Assessment } from '../../src/model/assessment.ts'
import { reports, summaryJson } from '../../src/reports/index.ts'
import { empty, fixture, quiet } from './fixture.ts'
import { assessSamples } from './samples.ts'
import { assertValid, published, wrongs } from './validate.ts'

// docs/schemas names all that assessment.json, findings.jsonl and summary.json contain. The miniature servers are held
// against it where they are assessed (test/servers). The sample report in docs/ is compared with the same assessment.

const schema = published('assessment')
const finding = published('finding')
const summary = published('summary')
const json = reports.find(({ name }) => name === 'json')!
const written = (assessment: Assessment): unknown => JSON.parse([...json.write(assessment)].join(''))

describe('published schemas and the published sample', () => {
  let samples: Awaited<ReturnType<typeof assessSamples>>
  before(async () => {
    samples = await assessSamples()
  })

  for (const [name, assessment] of Object.entries({ fixture, empty, quiet }))
    it(`assessment.json of ${name}`, () => assertValid(schema, written(assessment), name))

  it('assessment.json of both samples', () => {
    for (const [name, assessment] of Object.entries(samples)) assertValid(schema, written(assessment), name)
  })

  it('a line of findings.jsonl is a finding of assessment.json, and the name of its schema', () => {
    const { $defs, properties } = finding as { $defs: object; properties: Record<string, unknown> }
    const { schema: name, ...own } = properties
    const ofAssessment = schema.$defs as Record<string, { properties: object }>
    assert.deepEqual(name, { const: 'postern-finding/2' })
    assert.deepEqual(own, ofAssessment.Finding!.properties)
    for (const [key, def] of Object.entries($defs)) assert.deepEqual(def, ofAssessment[key], key)
    const lines = reports.find((report) => report.name === 'findings')!
    const texts = [...lines.write(samples.server)].join('').trimEnd().split('\n')
    assert.equal(texts.length, samples.server.findings.length)
    for (const text of texts) assertValid(finding, JSON.parse(text), 'a finding')
  })

  it('summary.json', () => {
    const placed = [samples.server, samples.benign, fixture, empty].map((assessment, i) => ({
      assessment,
      path: `S${i}`,
    }))
    assertValid(summary, JSON.parse(summaryJson(placed, [{ evidence: 'x.zip', reason: 'not an archive' }])), 'summary')
    const more = JSON.parse(summaryJson(placed)) as { servers: Record<string, unknown>[] }
    more.servers[0]!.extra = 1
    assert.equal(wrongs(summary, more).length, 1)
  })

  it('a field that the schema does not name is wrong wherever it stands', () => {
    const whole = written(samples.server)
    const open = /^\/(?:findings\/\d+\/facts|knowledge\/options)$/
    const seen = new Set<string>()
    const look = (value: unknown, path: string): void => {
      if (Array.isArray(value)) return value.forEach((one, i) => look(one, `${path}/${i}`))
      if (value === null || typeof value !== 'object') return
      const kind = path.replaceAll(/\d+/g, '*')
      if (!seen.has(kind) && !open.test(path)) {
        seen.add(kind)
        ;(value as Record<string, unknown>).anything = 1
        assert.ok(wrongs(schema, whole).length > 0, `${path}/anything`)
        delete (value as Record<string, unknown>).anything
      }
      for (const [key, one] of Object.entries(value)) look(one, `${path}/${key}`)
    }
    look(whole, '')
    assert.ok(seen.size > 30, String(seen.size))
    assert.deepEqual(wrongs(schema, whole), [])
  })

  it('a field of the top that is missing is wrong', () => {
    for (const key of Object.keys(fixture)) {
      const { [key as keyof Assessment]: _, ...rest } = fixture
      assert.ok(wrongs(schema, JSON.parse(JSON.stringify(rest))).length > 0, key)
    }
  })

  it('docs/sample shows what the bundled server gives (node scripts/sample-report.mjs makes it anew)', () => {
    const { server } = samples
    const page = readFileSync(new URL('../../docs/sample/report.html', import.meta.url), 'utf8')
    const data = /<div id="data" hidden>([^<]+)</.exec(page)![1]!
    const shown = JSON.parse(inflateRawSync(Buffer.from(data, 'base64')).toString()) as Pick<
      Assessment,
      'verdict' | 'answers' | 'mailboxes' | 'actions'
    >
    assert.deepEqual(shown.verdict, server.verdict)
    assert.deepEqual(
      shown.answers.map(({ question, is, sentence }) => ({ question, is, sentence })),
      server.answers.map(({ question, is, sentence }) => ({ question, is, sentence })),
    )
    assert.deepEqual(
      shown.mailboxes.map(({ mailbox, certainty }) => [mailbox, certainty]),
      server.mailboxes.map(({ mailbox, certainty }) => [mailbox, certainty]),
    )
    assert.deepEqual(
      shown.actions.map(({ title }) => title),
      server.actions.map(({ title }) => title),
    )
  })
})
