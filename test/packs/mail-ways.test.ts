import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadKnowledge, ruleName } from '../../src/knowledge/load-packs.ts'
import { meansWords } from '../../src/locales/en/mailboxes.ts'
import { readSpec } from '../../tools/simulator/spec.ts'

// Every way by which mail of a server is taken has words for a reader, a row in the documentation, and a miniature server
// whose truth names exactly the mailboxes and how sure each is.

const root = fileURLToPath(new URL('../../', import.meta.url))
const packs = readdirSync(join(root, 'packs')).filter(
  (pack) => pack !== 'microsoft-365' && existsSync(join(root, 'packs', pack, 'pack.yml')),
)
const { infos } = await loadKnowledge({ packs: packs.map((pack) => join(root, 'packs', pack)), rules: [], iocs: [] })
const rules = [...infos.values()].flatMap((info) =>
  info.accessMethod === undefined ? [] : [{ name: ruleName(info), means: info.accessMethod }],
)
const ways = [...new Set(rules.map(({ means }) => means))].sort()
const page = readFileSync(join(root, 'docs/use/mailboxes.md'), 'utf8')

/** Without a miniature server: they name people, and make no mailbox a taken one. */
const noMail = new Set(['oab'])

test('every way has words, and a row of its own in the documentation', () => {
  assert.ok(ways.length >= 11, ways.join(' '))
  for (const way of ways) {
    // One of them is a word for a reader as it is.
    assert.ok(way === 'forwarding' || meansWords(way) !== way, way)
    assert.match(page, new RegExp(`^- \`${way}\`: `, 'm'))
  }
})

test('every rule that takes mail is named in the documentation', () => {
  const named = [...page.matchAll(/`([a-z0-9-]+\*?)`/g)].map(([, name]) => name!)
  const isNamed = (rule: string): boolean =>
    named.some((name) => (name.endsWith('*') ? rule.startsWith(name.slice(0, -1)) : rule === name))
  // That a request may have read mail is told by the finding of its success, too.
  const besides = ['ssrf-ews-collection', 'confusion-ews-collection', 'forwarding-script', 'mail-search-prepared']
  for (const { name } of rules) assert.ok(isNamed(name) || besides.includes(name), name)
  const folders = [...packs, 'microsoft-365'].map((pack) => join(root, 'packs', pack, 'rules'))
  const all = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => basename(file, '.yml')))
  const lists = [...page.matchAll(/^ {2}- rules: ([^]*?)(?=\n {2}- |\n- |\n\n)/gm)].map(([, list]) => list)
  assert.ok(lists.length > 20)
  for (const [, name] of lists.join(' ').matchAll(/`([a-z0-9-]+)`/g)) assert.ok(all.includes(name!), name)
})

test('every way has a miniature server whose truth says whose mail it was, and how sure', () => {
  const truths = packs
    .flatMap((pack) => ['compromised', 'exploited'].map((verdict) => join(root, 'packs', pack, 'samples', verdict)))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'server.yml')))
    .flatMap((file) => readSpec(file).expect?.mail ?? [])
  const shown = new Map<string, Set<string>>()
  for (const truth of truths) {
    const [, certainty, means] = / (named|joined|possible|unknown) by (\S+)$/.exec(truth) ?? assert.fail(truth)
    for (const way of means!.split('+')) shown.set(way, (shown.get(way) ?? new Set()).add(certainty!))
  }
  for (const way of ways) if (!noMail.has(way)) assert.ok(shown.has(way), `no miniature server for ${way}`)
  for (const way of ['ews', 'mapi']) assert.ok(shown.get(way)?.has('joined') && shown.get(way)?.has('named'), way)
})
