import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RuleFile } from '../../src/rules/rule.ts'
import { ruleLanguages, loadRules } from '../../src/rules/index.ts'

const file = (path: string, text: string): RuleFile => ({ path, text, pack: 'test', campaign: 'unknown', settings: {} })

const SIGMA = `title: Odd page
id: 11111111-2222-4333-8444-555555555555
status: experimental
logsource: { category: webserver }
detection:
  page: { cs-uri-stem|endswith: /odd.aspx }
  condition: page
level: medium
`
const FILES: readonly RuleFile[] = [
  file('b/odd.yml', SIGMA),
  file('a/shell.YAR', 'rule Shell { strings: $a = "x" condition: $a }'),
  file('c/list.txt', '192.0.2.7\nodd.aspx\n'),
  file('d/notes.docx', 'PK'),
  file('e/broken.yar', 'rule'),
]

describe('the table of rule languages', () => {
  it('hands each file to its language and names what nobody reads', async () => {
    const { events, scanners, broken } = await loadRules(FILES)
    assert.ok(events.some((rule) => rule.info.file === 'b/odd.yml'))
    assert.ok(events.some((rule) => rule.info.file === 'c/list.txt'))
    assert.deepEqual(
      scanners.flatMap((scanner) => scanner.infos).map((info) => info.id),
      ['Shell'],
    )
    assert.deepEqual(
      broken.map(({ file: path, reason }) => [path, reason]),
      [
        ['e/broken.yar', 'broken'],
        ['d/notes.docx', 'unsupported'],
      ],
    )
  })

  it('the order of the files changes nothing', async () => {
    const ids = async (files: readonly RuleFile[]): Promise<string[]> =>
      (await loadRules(files)).events.map((rule) => rule.info.id)
    assert.deepEqual(await ids(FILES.toReversed()), await ids(FILES))
  })

  it('what one thread judged another takes over', async () => {
    const first = await loadRules(FILES)
    const second = await loadRules(FILES, structuredClone(first.compiled))
    const rules = ({ scanners, events }: typeof first): unknown => [
      scanners.map((scanner) => scanner.infos),
      scanners.map((scanner) => scanner.scan(Buffer.from('axb'))),
      events.map((rule) => rule.info),
    ]
    assert.deepEqual(rules(second), rules(first))
    assert.deepEqual(second.broken, first.broken)
    assert.equal(first.compiled.yara.size, 2)
    const none = { documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map() }
    assert.deepEqual(second.compiled, { ...none, documents: second.compiled.documents })
  })

  it('no extension belongs to two languages', () => {
    const all = ruleLanguages.flatMap((language) => language.extensions)
    assert.equal(new Set(all).size, all.length)
  })

  it('no files, no rules', async () => {
    assert.deepEqual(await loadRules([]), {
      events: [],
      correlations: [],
      scanners: [],
      broken: [],
      compiled: { documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map() },
    })
  })
})
