import assert from 'node:assert/strict'
import { readFileSync, existsSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { decodeEncodedText } from '../../src/evidence/encoded.ts'
import { loadKnowledge, packDocument, ruleName } from '../../src/knowledge/load-packs.ts'
import type { RuleInfo } from '../../src/model/rule.ts'

// Each rule of the packs that Postern wrote has its sign written, and its texts follow the conventions of SigmaHQ
// (sigma-specification/sigmahq/sigmahq_conventions.md).

const packs = join(import.meta.dirname, '../../packs')
const shared = parse(readFileSync(join(packs, 'shared/texts.yml'), 'utf8')) as Record<string, string>
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const written = [...knowledge.infos.values()]
  .filter(({ author, pack }) => author === 'Postern' && existsSync(join(packs, pack, 'pack.yml')))
  .map(writtenOf)

/** What is written of a rule in its file and in pack.yml. */
type Written = {
  readonly name: string
  readonly info: RuleInfo
  /** Words of the sign, as they are written. */
  readonly sign: { readonly subject?: string; readonly sign?: string; readonly strength?: string }
  /** Titles of the rule and of the parts of its correlation. */
  readonly titles: readonly string[]
  readonly description: string
  /** Null: a list for which pack.yml has none has those of its kind of entry. */
  readonly falsePositives: readonly string[] | null
}

type Said = Written['sign'] & { readonly falsepositives?: readonly string[] }
type Document = {
  readonly title: string
  readonly description?: string
  readonly falsepositives?: readonly string[]
  readonly postern?: Said
}

function writtenOf(info: RuleInfo): Written {
  const all = (packDocument(join(packs, info.pack)).rules ?? {}) as Record<string, Said>
  const said = all[info.id] ?? all[basename(info.file, extname(info.file))] ?? {}
  const rule = { name: `${info.pack}/${ruleName(info)}`, info }
  if (/\.ya?ml$/.test(info.file)) {
    const docs = parseAllDocuments(contentOf(info)).map((doc) => doc.toJS() as Document)
    const [first] = docs as [Document]
    return {
      ...rule,
      sign: { ...first.postern, ...said },
      titles: docs.map((doc) => doc.title),
      description: first.description ?? '',
      falsePositives: (said.falsepositives ?? first.falsepositives ?? []).map(
        (text) => shared[/^shared:(\S+)$/.exec(text)?.[1] ?? ''] ?? text,
      ),
    }
  }
  if (/\.yar$/.test(info.file)) {
    const meta = metaOf(info)
    return {
      ...rule,
      sign: { ...meta, ...said },
      titles: [meta.title ?? ''],
      description: meta.description ?? '',
      falsePositives: info.falsePositives,
    }
  }
  const { title, description } = info
  return { ...rule, sign: said, titles: [title], description, falsePositives: said.falsepositives ?? null }
}

function contentOf({ file }: RuleInfo): string {
  const path = join(packs, file)
  return existsSync(path)
    ? readFileSync(path, 'utf8')
    : decodeEncodedText(readFileSync(`${path}.enc`, 'utf8')).toString('utf8')
}

/** The texts under `meta:` of a YARA rule. */
function metaOf(info: RuleInfo): Record<string, string> {
  const rule = new RegExp(String.raw`^rule ${info.id}\b[\s\S]*?^\s*meta:([\s\S]*?)^\s*(?:strings|condition):`, 'm')
  const meta = rule.exec(contentOf(info))?.[1] ?? ''
  return Object.fromEntries([...meta.matchAll(/^\s*(\w+) = "((?:[^"\\]|\\.)*)"/gm)].map(([, key, text]) => [key, text]))
}

/** Words that a title leaves small, and names that begin with a small letter. */
const small = new Set(
  'a an and as at but by for from in into nor of off on or over per so than that the to via vs with without'.split(' '),
)

const isTitleCase = (title: string): boolean =>
  title.split(/\s+/).every((word, at) => {
    const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    // `w3wp`, `web.config`, `aspnet_client`, `iSCSI`: names of programs and files.
    return !/^\p{Ll}/u.test(bare) || /[\p{Lu}\p{N}._\\/$]/u.test(bare) || names.has(bare) || (at > 0 && small.has(bare))
  })

const names = new Set([
  'certutil',
  'cmd',
  'esentutl',
  'fscan',
  'mimikatz',
  'ngrok',
  'ntdsutil',
  'plink',
  'procdump',
  'rclone',
  'svchost',
  'wwwroot',
])

const isTitle = (title: string): boolean =>
  title.length > 0 && title.length <= 110 && !/\.$|^detect(s|ion)?\b|\s{2}/i.test(title) && isTitleCase(title)

const isFalsePositive = (text: string): boolean =>
  /^\p{Ll}?\p{Lu}/u.test(text) && !/^none\b|\bpen(etration)?[ -]?test|\bred team/i.test(text)

const namesOf = (wrong: (rule: Written) => boolean): readonly string[] =>
  written
    .filter((rule) => wrong(rule))
    .map(({ name }) => name)
    .sort()

test('every rule has its sign written', () => {
  assert.ok(written.length > 500)
  assert.deepEqual(
    namesOf(({ sign, info }) => {
      const { subject, kind, strength } = info.sign
      return sign.subject !== subject || sign.sign !== kind || sign.strength !== strength
    }),
    [],
  )
})

test('titles are in title case, short, and name what is seen', () => {
  assert.deepEqual(
    written
      .flatMap(({ name, titles }) => titles.filter((title) => !isTitle(title)).map((title) => `${name}: ${title}`))
      .sort(),
    [],
  )
})

test('descriptions are sentences that say what is detected', () => {
  assert.deepEqual(
    namesOf(({ description }) => !/^Detects [\s\S]*\.\s*$/.test(description)),
    [],
  )
})

test('false positives name ordinary activity', () => {
  assert.deepEqual(
    written
      .flatMap(({ name, falsePositives }) =>
        falsePositives?.length === 0
          ? [`${name} has none`]
          : (falsePositives ?? []).filter((text) => !isFalsePositive(text)).map((text) => `${name}: ${text}`),
      )
      .sort(),
    [],
  )
})
