import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Question } from '../../src/model/answer.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { remembering } from '../remembering.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { zoneOf } from '../../src/lib/zones.ts'
import { evidenceFiles } from '../../tools/simulator/build.ts'
import { readSpec, type ServerSpec, when } from '../../tools/simulator/spec.ts'
import { sourceOf } from '../servers/evidence-sources.ts'

// Servers that were entered, with sources of evidence taken away: an answer may weaken to "cannot tell" (or a yes to a
// "probably") and must never become "no evidence".

const root = fileURLToPath(new URL('../../', import.meta.url))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))

export type Entered = { readonly name: string; readonly file: string }

/** Every server of every pack that must be found compromised or exploited. */
export const entered: readonly Entered[] = serversOf('compromised', 'exploited')
/** Every server of every pack of which no evidence must be found. */
export const quiet: readonly Entered[] = serversOf('no-evidence')

function serversOf(...verdicts: readonly string[]): readonly Entered[] {
  return readdirSync(join(root, 'packs'))
    .sort()
    .flatMap((pack) => verdicts.map((verdict) => join(root, 'packs', pack, 'samples', verdict)))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => ({
          name: `${basename(dirname(dirname(folder)))}/${basename(folder)}/${name}`,
          file: join(folder, name, 'server.yml'),
        })),
    )
}

/** The server with each set of sources taken away, and whatever is then said that must not be said, one sentence each. */
export async function ablated(
  server: Entered,
  choose: (names: readonly string[]) => readonly string[][],
): Promise<string[]> {
  const spec = readSpec(server.file)
  const folder = mkdtempSync(join(tmpdir(), 'postern-ablation-'))
  try {
    const names = place(spec, folder)
    const run = runner(spec, folder)
    const whole = await run(names)
    const wrong: string[] = []
    for (const without of choose(names)) {
      const kept = names.filter((name) => !without.includes(name))
      if (kept.length === 0) continue
      for (const says of overclaims(whole, await run(kept))) wrong.push(`without ${without.join(' and ')}: ${says}`)
    }
    return wrong
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each source in a folder of its own: the evidence is then the folders that are left. */
function place(spec: ServerSpec, folder: string): string[] {
  const names = new Set<string>()
  for (const file of evidenceFiles(spec, 'ctree')) {
    const source = sourceOf(file.path)
    names.add(source)
    const path = join(folder, source, ...file.path.split('/'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, file.bytes)
  }
  return [...names].sort()
}

function runner(spec: ServerSpec, folder: string): (names: readonly string[]) => Promise<Assessment> {
  const { campaigns, timezone, window } = spec.options ?? {}
  const pool = remembering(inlinePool(knowledge, timezone ? zoneOf(timezone) : null))
  return (names) =>
    assess(
      names.map((name) => join(folder, name)),
      knowledge,
      facts,
      pool,
      {
        fallbackName: 'X',
        tool: 'test',
        ...(campaigns ? { campaigns } : {}),
        ...(window ? { window: { from: when(window.from), to: when(window.to) } } : {}),
      },
    )
}

const asked: readonly Question[] = ['targeted', 'exploited', 'compromised', 'mail-taken', 'still-there']

function overclaims(whole: Assessment, less: Assessment): string[] {
  const is = (a: Assessment, question: Question): string => a.answers.find((x) => x.question === question)!.is
  const lost = asked.filter(
    (question) => ['yes', 'likely'].includes(is(whole, question)) && is(less, question) === 'no-evidence',
  )
  return [
    ...(less.verdict.is === 'no-evidence' ? [`the verdict is no-evidence: ${less.verdict.sentence}`] : []),
    ...lost.map((question) => `${question} was ${is(whole, question)} and is no-evidence`),
  ]
}
