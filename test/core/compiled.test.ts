import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { compiledFile, readCompiled } from '../../src/knowledge/rule-cache.ts'
import { type Knowledge, loadKnowledge } from '../../src/knowledge/load-packs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'postern-compiled-'))
after(() => rmSync(scratch, { recursive: true }))

const packs = join(import.meta.dirname, '..', '..', 'packs')
const file = join(scratch, 'compiled.rules')
const nothing = { documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map(), packs: new Map() }
const cold = await loadKnowledge({ packs: [packs], rules: [], iocs: [] }, nothing)
writeFileSync(file, compiledFile(cold.compiled))
const compiled = readCompiled(pathToFileURL(file))

describe('what was found out about packs', () => {
  it('comes back from its file as it was', () => {
    assert.deepEqual(compiled, cold.compiled)
    assert.ok(compiled.documents.size > 100 && compiled.regexes.size > 100)
    assert.ok(compiled.yara.size > 0 && compiled.packs.size > 0)
  })

  it('gives the same rules and campaigns, and nothing is found out again', async () => {
    const warm = await loadKnowledge({ packs: [packs], rules: [], iocs: [] }, compiled)
    assert.deepEqual(told(warm), told(cold))
    for (const found of Object.values(warm.compiled)) assert.equal(found.size, 0)
  })

  it('gives the same messages about broken rules', async () => {
    const rules = join(scratch, 'rules')
    cpSync(join(packs, 'proxylogon-2021', 'rules'), rules, { recursive: true })
    const sigma = (...lines: string[]): string =>
      ['title: a', 'logsource: {category: webserver}', ...lines, ''].join('\n')
    const broken = {
      'a.yml': sigma('detection:', '  a: {cs-uri-stem|re: "(a"}', '  condition: a'),
      'b.yml': sigma('detection:', '  a: {cs-uri-stem|re: "(?=(a+)+b)c"}', '  condition: a'),
      'c.yml': sigma('detection:', '  a: {cs-uri-stem: x}', '  condition: a or', '---', 'title: ['),
      'd.yar': 'rule A { condition: true }\nrule B { condition: nothing }\n',
      'e.yar': '\uFEFFimport "time"\nrule C { condition: true }\n',
    }
    for (const [name, text] of Object.entries(broken)) writeFileSync(join(rules, name), text)
    const first = await loadKnowledge({ packs: [packs], rules: [rules], iocs: [] })
    // Rules of the pack stand here twice, so that these are broken too.
    assert.ok(first.broken.length > 5)
    const second = await loadKnowledge({ packs: [packs], rules: [rules], iocs: [], compiled: first.compiled })
    assert.deepEqual(told(second), told(first))
  })

  it('is not asked about a text that was changed', async () => {
    const pack = join(scratch, 'proxylogon-2021')
    cpSync(join(packs, 'proxylogon-2021'), pack, { recursive: true })
    const [changed] = cold.rules.events.filter(({ info }) => info.file.startsWith('proxylogon-2021/rules/'))
    const rule = join(scratch, changed!.info.file)
    writeFileSync(rule, readFileSync(rule, 'utf8').replace(/^title: .*/m, 'title: Another title'))
    const yml = join(pack, 'pack.yml')
    writeFileSync(yml, readFileSync(yml, 'utf8').replace(/^name: .*/m, 'name: Another name'))
    const { infos, campaigns, compiled: found } = await loadKnowledge({ packs: [pack], rules: [], iocs: [], compiled })
    assert.equal(infos.get(changed!.info.id)?.title, 'Another title')
    assert.equal(campaigns[0]?.name, 'Another name')
    assert.deepEqual([found.documents.size, found.packs.size], [1, 1])
  })

  it('is nothing where the program was not built', () => {
    const none = readCompiled(pathToFileURL(join(scratch, 'none.jsonl')))
    for (const found of Object.values(none)) assert.equal(found.size, 0)
  })
})

/** All of it but what is code. */
function told({ campaigns, actions, infos, packs: sums, broken, rules }: Knowledge): unknown {
  const events = rules.events.map(({ info, sources, eventIds, needs, questions, alone, aloneTexts }) => {
    const asked = questions?.map(({ reads, groups, rest }) => ({ reads, groups, rest }))
    return { info, sources, eventIds, needs, asked, alone, aloneTexts }
  })
  return { campaigns, actions, infos, sums, broken, events }
}
