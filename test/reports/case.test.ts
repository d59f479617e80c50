import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { caseRecordOf } from '../../src/case/record.ts'
import { caseOf, type RecordAt } from '../../src/case/summarize.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { caseJson, caseLines, casePage } from '../../src/reports/index.ts'
import { caseWords } from '../../src/locales/catalogues.ts'
import { empty, fixture, hostile, quiet } from './fixture.ts'
import { assertValid, published, wrongs } from './validate.ts'

// A case of several servers: what stands in case.json and on its page, whatever the order of the servers.

const at = (path: string, assessment: Assessment, masked = false): RecordAt => ({
  path,
  with: [],
  record: caseRecordOf(assessment, { evidence: [`${path}.zip`], masked }),
})
/** Names and sentences that try to leave the text of the page. */
const attacked: Assessment = {
  ...fixture,
  server: { ...fixture.server, name: hostile.breakout },
  verdict: { ...fixture.verdict, sentence: hostile.image },
  intrusions: fixture.intrusions.map((intrusion) => ({ ...intrusion, clients: [hostile.script, hostile.link] })),
  mailboxes: fixture.mailboxes.map((mailbox) => ({ ...mailbox, mailbox: hostile.refresh })),
}
const nothing = { absent: [], notes: [] }
const failed = [{ evidence: 'x.zip', reason: 'not an archive' }]
const three = [at('A', quiet), at('B', fixture), at('C', fixture), at('D', empty)]
const all = caseOf(three, failed, { absent: [{ name: 'MAIL09', entries: 3, by: ['B'] }], notes: ['One note.'] })

describe('case', () => {
  it('case.json is as its schema says, and holds nothing else', () => {
    const schema = published('case')
    const written = JSON.parse(caseJson(all)) as { servers: Record<string, unknown>[] }
    assertValid(schema, written, 'case.json')
    written.servers[0]!.extra = 1
    assert.equal(wrongs(schema, written).length, 1)
  })

  it('the worst verdict comes first, and the order of the servers changes nothing', () => {
    assert.deepEqual(
      all.servers.map(({ path }) => path),
      ['B', 'C', ...all.servers.slice(2).map(({ path }) => path)],
    )
    assert.equal(caseJson(caseOf([...three].reverse(), failed, { ...all })), caseJson(all))
  })

  it('counts a mailbox once, and names each server that shows it', () => {
    const taken = fixture.mailboxes.filter(({ certainty }) => certainty === 'named' || certainty === 'joined')
    assert.equal(all.totals.mailboxes, taken.length)
    for (const { servers } of all.mailboxes) assert.deepEqual(servers, ['B', 'C'])
  })

  it('the same intrusion on two servers is one attack by its client', () => {
    const clients = fixture.intrusions.flatMap((intrusion) => intrusion.clients)
    assert.ok(clients.length > 0)
    for (const client of new Set(clients))
      assert.deepEqual(all.shared.find(({ kind, name }) => kind === 'client' && name === client)?.servers, ['B', 'C'])
    assert.ok(all.attacks.some(({ intrusions }) => new Set(intrusions.map(({ path }) => path)).size === 2))
  })

  it('accounts of one name are shared, and not those of two domains', () => {
    const withAccount = (path: string, name: string): RecordAt => {
      const one = at(path, quiet)
      const thing = { kind: 'account', name, sha256: [], attacks: [], first: null, last: null } as const
      return { ...one, record: { ...one.record, things: [thing] } }
    }
    const sharedBy = (...names: readonly string[]): readonly string[] =>
      caseOf(
        names.map((name, i) => withAccount(String(i), name)),
        [],
        nothing,
      ).shared.map(({ servers }) => servers.join(' '))
    assert.deepEqual(sharedBy('CONTOSO\\ann', 'ann@contoso.example', 'ann'), ['0 1 2'])
    assert.deepEqual(sharedBy('CONTOSO\\ann', 'FABRIKAM\\ann'), [])
    assert.deepEqual(sharedBy('CONTOSO\\ann', 'FABRIKAM\\ann', 'contoso\\ANN', 'ann'), ['0 2'])
  })

  it('where names are pseudonyms, people of two servers are not compared', () => {
    const masked = caseOf([at('B', fixture, true), at('C', fixture, true)], [], nothing)
    assert.equal(masked.masked, true)
    assert.equal(masked.totals.mailboxes, 2 * all.totals.mailboxes)
    assert.ok(!masked.shared.some(({ kind }) => kind === 'account'))
  })

  it('the page runs its own script and style alone, and holds names of the evidence as text', () => {
    const page = [...casePage(caseOf([at('A', attacked), at('B', fixture)], failed, nothing), 'en')].join('')
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!.replaceAll('&#39;', "'")
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!
    for (const text of [style, script])
      assert.ok(policy.includes(`sha256-${createHash('sha256').update(text).digest('base64')}`))
    assert.match(policy, /^default-src 'none'; /)
    assert.doesNotMatch(script, /innerHTML|insertAdjacent|eval|fetch|import\(/)
    const markup = page.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '')
    for (const [tag] of markup.matchAll(/<[a-z][^>]*>/gi))
      assert.doesNotMatch(tag, /^<(?:img|iframe|object|embed|base|form|link)\b| on[a-z]+=/i)
    const links = [...markup.matchAll(/ href="([^"]*)"/g)].map(([, to]) => to!)
    for (const link of links) assert.match(link, /^(?:#[\w-]+|\.\/[\w.-]+\/report\.html)$/)
    assert.ok(links.includes('./A/report.html'))
  })

  it('every text of the page is there in all four languages', () => {
    const keys = Object.keys(caseWords.en)
    for (const words of Object.values(caseWords)) assert.deepEqual(Object.keys(words).sort(), [...keys].sort())
    const page = [...casePage(all, 'de')].join('')
    for (const [, key] of page.matchAll(/data-t="([^"]+)"/g)) assert.ok(keys.includes(key!), key)
    assert.match(page, /<html lang="de">[\s\S]*Server eines Falls/)
  })

  it('the terminal has it in a few lines', () => {
    const lines = caseLines(all).split('\n')
    assert.ok(lines.length <= 8, lines.join('\n'))
    assert.match(lines[0]!, /^Case: 4 servers: .*1 not assessed\.$/)
    assert.ok(lines.includes('MAIL09 is named by 3 log entries; no evidence of it was given.'))
  })

  it('300 servers fit on a page that opens', () => {
    const many = Array.from({ length: 300 }, (_, i) => at(`MAIL${i}`, i % 3 === 0 ? fixture : quiet))
    const page = [...casePage(caseOf(many, [], nothing), 'en')].join('')
    assert.equal(page.match(/<tr data-verdict=/g)!.length, 300)
    assert.ok(page.length < 2_000_000, String(page.length))
  })

  it('a server with more than a case compares counts the rest', () => {
    const [intrusion] = fixture.intrusions
    const intrusions = Array.from({ length: 1_000 }, (_, i) => ({
      ...intrusion!,
      id: `i${i}`,
      clients: [`203.0.113.${i}`],
    }))
    const { record } = at('A', { ...fixture, intrusions })
    assert.equal(record.attacks.length, 200)
    assert.equal(record.more.attacks, 800)
    const { servers, notes } = caseOf([{ path: 'A', with: [], record }], [], nothing)
    assert.equal(servers[0]!.intrusions, 1_000)
    assert.match(notes.join('\n'), /A: 800 more attack chains are counted and not compared/)
  })
})
