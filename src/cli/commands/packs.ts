import { counted, ofAll } from '../../lib/amounts.ts'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PosternError } from '../../lib/errors.ts'
import { visible } from '../../lib/terminal.ts'
import {
  checkPacks,
  documentProblems,
  type PackProblem,
  type RuleTime,
  selfTest,
  SLOW_FACTOR,
  timeRules,
} from '../../run/pack-check.ts'
import { yamlLineFinder } from '../../run/pack-names.ts'
import {
  type Knowledge,
  loadKnowledge,
  loadPack,
  packDocument,
  packFolders,
  ruleName,
} from '../../knowledge/load-packs.ts'
import { checkRules } from '../../run/rule-check.ts'
import { readArguments, texts } from '../arguments.ts'
import { addRule, newPack } from './pack-skeleton.ts'
import { bundlePacks, makeKeys, takeBundle } from './bundle.ts'
import { specOf } from '../options.ts'
import { benignFolder, knowledgeFolder, packsFolder } from '../paths.ts'
import { append } from '../../lib/collections.ts'

/** `postern packs`: what Postern knows, whether it still works on this machine, and how it comes here. */
export async function packsCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('packs', args)
  const [what = '', file, rule] = positionals
  const actions = specOf('packs').actions ?? []
  const asked = actions.find(({ name }) => name === what)
  if (asked === undefined)
    throw new PosternError(
      'usage',
      `Usage: postern packs ${actions.map(({ name }) => name).join('|')}. postern packs --help shows more.`,
    )
  const other = Object.keys(values).find((name) => !asked.options.includes(name))
  if (other !== undefined)
    throw new PosternError('usage', `--${other} cannot be used with postern packs ${what}. Remove it.`)
  const wanted = asked.takes.replace(/ --.*/, '').split(' ').filter(Boolean).length
  if (positionals.length !== 1 + wanted)
    throw new PosternError('usage', `Usage: ${`postern packs ${what} ${asked.takes}`.trimEnd()}`)
  if (what === 'new') return created(newPack(file!))
  if (what === 'add-rule') return created(addRule(file!, rule!, new Date()))
  if (what === 'keys') return makeKeys(file!, values)
  if (what === 'bundle') return bundlePacks(file!, values)
  if (what === 'verify' || what === 'install') return takeBundle(what, file!, values)

  const packs = texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder]
  if (what === 'check') return checkAll(packs, values)
  const knowledge = await loadKnowledge({ packs, rules: texts(values.rules), iocs: texts(values.iocs) }, undefined, {
    check: checkRules,
  })
  if (what === 'list') return list(knowledge)
  return test(packs, knowledge)
}

function created(files: readonly string[]): number {
  for (const file of files) say(`created ${file}`)
  return 0
}

function list(knowledge: Knowledge): number {
  for (const pack of knowledge.packs) {
    const campaign = knowledge.campaigns.find((c) => c.id === pack.pack)
    const wave = campaign
      ? `  ${campaign.exploitation.from} to ${campaign.exploitation.to}  ${campaign.cves.join(' ')}`
      : ''
    say(`${pack.pack}  ${pack.name}${wave}`)
    const rules = [...knowledge.infos.values()]
      .filter((info) => info.pack === pack.pack)
      .sort((a, b) => (a.file < b.file ? -1 : 1))
    for (const rule of rules)
      say(
        `  ${rule.stage.padEnd(13)} ${rule.level.padEnd(13)} ${`${rule.sign.strength} ${rule.sign.kind}`.padEnd(20)} ${rule.title}`,
      )
  }
  return 0
}

/** Checks all packs, also those beside one that cannot be loaded: all mistakes are told at once. */
async function checkAll(packs: readonly string[], values: ReturnType<typeof readArguments>['values']): Promise<number> {
  const own = { rules: texts(values.rules), iocs: texts(values.iocs) }
  const beside = await loadKnowledge({ packs: [packsFolder], rules: [], iocs: [] })
  const folders = packs.flatMap(packFolders)
  const problems: PackProblem[] = []
  const fine: string[] = []
  for (const folder of folders) {
    const found = unloadable(folder, beside)
    if (found.length === 0) fine.push(folder)
    append(problems, found)
  }
  for (const { is, place, says } of problems) say(`${is} ${place}: ${says}`)
  if (fine.length === 0) return ended(problems.length)
  const knowledge = await loadKnowledge({ packs: fine, ...own }, undefined, { check: checkRules })
  return check(fine, knowledge, beside, problems.length)
}

/** Why a pack cannot be loaded at all, with all else that is wrong in its pack.yml. */
function unloadable(folder: string, beside: Knowledge): PackProblem[] {
  const pack = basename(folder)
  try {
    loadPack(folder)
    return []
  } catch (error) {
    if (!(error instanceof PosternError)) throw error
    const { file, line, column } = error.where ?? { file: join(folder, 'pack.yml') }
    const shown = `${pack}/${basename(file)}`
    const at = line ?? lineIn(file, error.message)
    const place = `${shown}:${at}${column === undefined ? '' : `:${column}`}`
    const first: PackProblem = { is: 'wrong', place, says: error.message }
    let doc: unknown
    try {
      doc = packDocument(folder)
    } catch {
      return [first]
    }
    const names = new Set([...beside.infos.values()].flatMap((info) => [ruleName(info), info.id]))
    const rules = isRecord(doc) && isRecord(doc.rules) ? Object.keys(doc.rules) : []
    const all = new Set([...names, ...rules])
    const actions = new Set(beside.actions.map(({ id }) => id))
    const more = documentProblems(folder, doc, {
      products: productIds(),
      own: new Set(rules),
      all,
      actions,
      cves: cveIds(),
    })
    return [first, ...more]
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The line of the key that a message begins with; 1 where there is none. */
function lineIn(file: string, message: string): number {
  return yamlLineFinder(readFileSync(file, 'utf8'))(/^[\w.[\]-]+/.exec(message)?.[0] ?? '')
}

async function check(
  packs: readonly string[],
  knowledge: Knowledge,
  beside: Knowledge,
  before: number,
): Promise<number> {
  for (const broken of knowledge.broken)
    say(
      `${broken.file}${broken.line ? `:${broken.line}${broken.column ? `:${broken.column}` : ''}` : ''}: ${broken.reason}: ${broken.detail}`,
    )
  const problems = await checkPacks(packs, knowledge, {
    products: productIds(),
    cves: cveIds(),
    known: [packsFolder],
    benign: [benignFolder],
    beside,
  })
  for (const { is, place, says } of problems) say(`${is === 'wrong' ? 'wrong' : 'note '} ${place}: ${says}`)
  sayTimes(await timeRules(packs, knowledge, [benignFolder], () => performance.now()))
  for (const pack of knowledge.packs) say(`${pack.pack}: ${counted(pack.rules, 'rule')}, sha256 ${pack.sha256}`)
  const wrong =
    before +
    problems.filter(({ is }) => is === 'wrong').length +
    knowledge.broken.filter((b) => b.reason === 'broken').length
  return ended(wrong)
}

function ended(wrong: number): number {
  say(`${wrong === 0 ? 'No' : wrong} ${wrong === 1 ? 'problem' : 'problems'} found.`)
  return wrong === 0 ? 0 : 1
}

function sayTimes(times: readonly RuleTime[]): void {
  const [slowest] = times
  if (slowest === undefined) return
  const middle = times[times.length >> 1]!
  const words = (t: RuleTime): string =>
    `${t.rule}, ${t.ratio.toFixed(1)} times the median rule (${(t.nanoseconds / 1000).toFixed(2)} µs for an event)`
  say(
    `time: ${counted(times.length, 'rule')} evaluated on events of their log sources. Median: ${(middle.nanoseconds / 1000).toFixed(2)} µs for an event. Slowest: ${words(slowest)}`,
  )
  for (const time of times.filter(({ ratio }) => ratio > SLOW_FACTOR)) say(`slow  ${words(time)}`)
}

async function test(packs: readonly string[], knowledge: Knowledge): Promise<number> {
  const results = await selfTest(packs, knowledge)
  for (const result of results.filter((r) => !r.passed))
    say(`FAILED ${result.rule}: ${result.sample}: ${result.detail}`)
  const failed = new Set(results.filter((r) => !r.passed).map((r) => `${r.pack}/${r.rule}`))
  for (const { pack } of knowledge.packs) {
    const rules = new Set(results.filter((r) => r.pack === pack).map((r) => r.rule))
    const fine = [...rules].filter((rule) => !failed.has(`${pack}/${rule}`)).length
    if (rules.size > 0) say(`${pack}: ${ofAll(fine, rules.size, 'rule')} passed`)
  }
  const passed = results.filter((r) => r.passed).length
  say(`${passed} passed, ${results.length - passed} failed`)
  return passed === results.length && results.length > 0 ? 0 : 1
}

/** The product ids that a pack may name: the first column of knowledge/products.csv. */
function productIds(): ReadonlySet<string> {
  const rows = readFileSync(join(knowledgeFolder, 'products.csv'), 'utf8').split('\n')
  return new Set(rows.filter((row) => !row.startsWith('#')).flatMap((row) => row.split(',')[0] || []))
}

/** Vulnerabilities that builds are judged by: the first column of knowledge/cves.csv. */
function cveIds(): ReadonlySet<string> {
  const rows = readFileSync(join(knowledgeFolder, 'cves.csv'), 'utf8').split('\n')
  return new Set(rows.flatMap((row) => /^CVE-[0-9-]+/.exec(row) ?? []))
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
