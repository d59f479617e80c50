import { counted, ofAll } from '../lib/amounts.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PosternError } from '../errors.ts'
import { visible } from '../lib/tty.ts'
import { checkPacks, type RuleTime, selfTest, SLOW, timeRules } from '../pack-check.ts'
import { type Knowledge, loadKnowledge } from '../packs.ts'
import { checkRules } from '../work/rule-check.ts'
import { readArguments, texts } from './arguments.ts'
import { bundlePacks, makeKeys, takeBundle } from './bundle-command.ts'
import { specOf } from './options.ts'
import { benignFolder, knowledgeFolder, packsFolder } from './place.ts'

/** `postern packs`: what Postern knows, whether it still works on this machine, and how it comes here. */
export async function packsCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('packs', args)
  const [what = '', file] = positionals
  const actions = specOf('packs').actions ?? []
  const asked = actions.find(({ name }) => name === what)
  if (asked === undefined)
    throw new PosternError(
      'usage',
      `Usage: postern packs ${actions.map(({ name }) => name).join('|')}. postern packs --help shows more.`,
    )
  const other = Object.keys(values).find((name) => !asked.options.includes(name))
  if (other !== undefined) throw new PosternError('usage', `--${other} is not an option of postern packs ${what}.`)
  if (positionals.length !== (asked.takes === '' ? 1 : 2))
    throw new PosternError('usage', `Usage: ${`postern packs ${what} ${asked.takes}`.trimEnd()}`)
  if (what === 'keys') return makeKeys(file!, values)
  if (what === 'bundle') return bundlePacks(file!, values)
  if (what === 'verify' || what === 'install') return takeBundle(what, file!, values)

  const packs = texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder]
  const knowledge = await loadKnowledge({ packs, rules: texts(values.rules), iocs: texts(values.iocs) }, undefined, {
    check: checkRules,
  })
  if (what === 'list') return list(knowledge)
  return what === 'check' ? check(packs, knowledge) : test(packs, knowledge)
}

function list(knowledge: Knowledge): number {
  for (const pack of knowledge.packs) {
    const campaign = knowledge.campaigns.find((c) => c.id === pack.pack)
    const wave = campaign ? `  ${campaign.wave.from} to ${campaign.wave.to}  ${campaign.cves.join(' ')}` : ''
    say(`${pack.pack}  ${pack.name}${wave}`)
    const rules = [...knowledge.infos.values()]
      .filter((info) => info.pack === pack.pack)
      .sort((a, b) => (a.file < b.file ? -1 : 1))
    for (const rule of rules)
      say(`  ${rule.stage.padEnd(13)} ${rule.level.padEnd(13)} ${rule.proves ? 'proves  ' : 'suggests'} ${rule.title}`)
  }
  return 0
}

async function check(packs: readonly string[], knowledge: Knowledge): Promise<number> {
  for (const broken of knowledge.broken)
    say(
      `${broken.file}${broken.line ? `:${broken.line}${broken.column ? `:${broken.column}` : ''}` : ''}: ${broken.reason}: ${broken.detail}`,
    )
  const problems = await checkPacks(packs, knowledge, {
    products: productIds(),
    benign: [benignFolder],
    beside: await loadKnowledge({ packs: [packsFolder], rules: [], iocs: [] }),
  })
  for (const { is, place, says } of problems) say(`${is === 'wrong' ? 'wrong' : 'note '} ${place}: ${says}`)
  sayTimes(await timeRules(packs, knowledge, [benignFolder], () => performance.now()))
  for (const pack of knowledge.packs) say(`${pack.pack}: ${counted(pack.rules, 'rule')}, sha256 ${pack.sha256}`)
  const wrong =
    problems.filter(({ is }) => is === 'wrong').length + knowledge.broken.filter((b) => b.reason === 'broken').length
  say(wrong === 0 ? 'Nothing is wrong.' : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.`)
  return wrong === 0 ? 0 : 1
}

function sayTimes(times: readonly RuleTime[]): void {
  const [slowest] = times
  if (slowest === undefined) return
  const middle = times[times.length >> 1]!
  const words = (t: RuleTime): string =>
    `${t.rule}, ${t.ratio.toFixed(1)} times the rule in the middle (${(t.nanoseconds / 1000).toFixed(2)} µs for an event)`
  say(
    `time: ${counted(times.length, 'rule')} evaluated on events of their log sources; the rule in the middle takes ${(middle.nanoseconds / 1000).toFixed(2)} µs for an event, the slowest is ${words(slowest)}`,
  )
  for (const time of times.filter(({ ratio }) => ratio > SLOW)) say(`slow  ${words(time)}`)
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

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
