import { PosternError } from '../errors.ts'
import { visible } from '../lib/tty.ts'
import { selfTest } from '../pack-check.ts'
import { loadKnowledge } from '../packs.ts'
import { readArguments, texts } from './arguments.ts'
import { packsFolder } from './place.ts'

export const packsHelp = `postern packs check|list|self-test [--packs DIR] [--rules DIR] [--iocs FILE]

  check      loads every rule and names the broken ones with file, line, column and what was expected
  list       the campaigns and their rules
  self-test  reads the packs' samples: every rule must fire on its own and stay silent on the others
`

/** `postern packs`: what Postern knows, and whether it still works on this machine. */
export async function packsCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    packs: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
    iocs: { type: 'string', multiple: true },
  })
  const [what] = positionals
  if (positionals.length !== 1 || (what !== 'check' && what !== 'list' && what !== 'self-test')) {
    throw new PosternError('usage', 'Say: postern packs check, postern packs list or postern packs self-test')
  }
  const packs = texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder]
  const knowledge = await loadKnowledge({ packs, rules: texts(values.rules), iocs: texts(values.iocs) })
  if (what === 'list') {
    for (const pack of knowledge.packs) {
      const campaign = knowledge.campaigns.find((c) => c.id === pack.pack)
      const wave = campaign ? `  ${campaign.wave.from} to ${campaign.wave.to}  ${campaign.cves.join(' ')}` : ''
      say(`${pack.pack}  ${pack.name}${wave}`)
      const rules = [...knowledge.infos.values()]
        .filter((info) => info.pack === pack.pack)
        .sort((a, b) => (a.file < b.file ? -1 : 1))
      for (const rule of rules)
        say(
          `  ${rule.stage.padEnd(13)} ${rule.level.padEnd(13)} ${rule.proves ? 'proves  ' : 'suggests'} ${rule.title}`,
        )
    }
    return 0
  }
  if (what === 'check') {
    for (const broken of knowledge.broken)
      say(
        `${broken.file}${broken.line ? `:${broken.line}${broken.column ? `:${broken.column}` : ''}` : ''}: ${broken.reason}: ${broken.detail}`,
      )
    for (const pack of knowledge.packs) say(`${pack.pack}: ${pack.rules} rules, sha256 ${pack.sha256}`)
    return knowledge.broken.some((b) => b.reason === 'broken') ? 1 : 0
  }
  const results = await selfTest(packs, knowledge)
  for (const result of results.filter((r) => !r.passed))
    say(`FAILED ${result.rule}: ${result.sample}: ${result.detail}`)
  const passed = results.filter((r) => r.passed).length
  say(`${passed} passed, ${results.length - passed} failed`)
  return passed === results.length && results.length > 0 ? 0 : 1
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
