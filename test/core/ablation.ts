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
      for (const says of overclaims(whole, await run(kept), without))
        wrong.push(`without ${without.join(' and ')}: ${says}`)
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

/** What a verdict calls a source that it misses; of others it says that something is missing. */
const calledAs: Readonly<Record<string, RegExp>> = {
  'IIS front end': /IIS logs/,
  HttpProxy: /HttpProxy logs/,
  EWS: /EWS logs/,
  'Windows events': /Windows events/,
  'web roots': /web roots|SMTP receive logs/,
  'compiled pages': /pages that ASP.NET compiled/,
  configuration: /configuration|transport agents|message tracking logs/,
  'registry and tasks': /registry|scheduled tasks/,
  'other Exchange logs': /remote PowerShell logs|MAPI over HTTP logs|IMAP and POP logs|SMTP receive logs/,
}

const asked: readonly Question[] = ['targeted', 'exploited', 'compromised', 'mail-taken', 'still-there']

/**
 * Nothing that was at least probable becomes "no evidence", unless the sources that are gone had entries of what the answers rest on. A
 * verdict of "no evidence" then says that they are missing.
 */
function overclaims(whole: Assessment, less: Assessment, gone: readonly string[]): string[] {
  const held = whole.answers.filter(({ question, is }) => asked.includes(question) && (is === 'yes' || is === 'likely'))
  if (held.length === 0) return []
  const because = new Set<string>(held.flatMap((answer) => answer.because))
  // Any log may show from where an account works else; and that AD FS issued no token shows where all of its tokens are.
  const isCompared =
    whole.subjects.some(({ signs }) => signs.some(({ computed }) => computed === 'new-origin')) ||
    whole.findings.some(({ id, title }) => because.has(id) && title === 'Federated Sign-In without a Token of AD FS')
  const isNeeded =
    isCompared ||
    whole.findings.some(
      ({ id, locators }) => because.has(id) && locators.some(({ path }) => gone.includes(sourceOf(`/${path}`))),
    )
  const { is, sentence } = less.verdict
  const [, missing = ''] = /does not include ([^;]*);/.exec(sentence) ?? []
  const isNamed = gone.every((name) => calledAs[name]?.test(missing) ?? missing !== '')
  const lost = held.filter(({ question }) => less.answers.find((x) => x.question === question)!.is === 'no-evidence')
  return [
    ...(is === 'no-evidence' && !(isNeeded && isNamed) ? [`the verdict is no-evidence: ${sentence}`] : []),
    ...(isNeeded || is === 'cannot-tell'
      ? []
      : lost.map((answer) => `${answer.question} was ${answer.is} and is no-evidence`)),
  ]
}
