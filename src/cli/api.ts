import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { builtAt } from '../lib/build-output.ts'
import type { Assessment } from '../model/assessment.ts'
import type { Is, Question, Verdict } from '../model/answer.ts'
import type { Case } from '../model/case.ts'
import type { Finding } from '../model/finding.ts'
import { specOf } from './options.ts'

// The programmatic interface: `import { assess } from 'postern'`. It runs the command `postern assess` in a process of its own,
// with the same limits, results and exit statuses, and gives its results as objects.

export type { Assessment } from '../model/assessment.ts'
export type { Answer, CampaignAnswer, Is, Question, Verdict } from '../model/answer.ts'
export type { Case } from '../model/case.ts'
export type { Finding, Intrusion } from '../model/finding.ts'
export type { Mailbox } from '../model/mailbox.ts'
export type { Persistence } from '../model/persistence.ts'

/** Options of `postern assess` (docs/use/command-line.md). Paths are relative to the working directory. */
export type AssessOptions = {
  /** Folder for the results, as `--out`. Without it they are written into a temporary folder: see `Results.dispose`. */
  readonly out?: string
  /** Treat all evidence as one server. */
  readonly join?: boolean
  /** Assess each evidence separately: no case. */
  readonly separate?: boolean
  /** Treat each folder or archive inside the evidence as an unrelated server. */
  readonly each?: boolean
  readonly exclude?: readonly string[]
  readonly packs?: readonly string[]
  readonly rules?: readonly string[]
  readonly iocs?: readonly string[]
  readonly baseline?: readonly string[]
  readonly passwordFile?: string
  readonly known?: string
  readonly campaign?: readonly string[]
  /** A period in UTC: `2021-03-01..2021-03-31`. */
  readonly window?: string
  readonly timezone?: string
  readonly sector?: string
  readonly format?: readonly string[]
  readonly nameVictim?: boolean
  readonly tlp?: string
  readonly browser?: string
  readonly language?: string
  readonly caseKey?: string
  readonly mask?: boolean
  readonly jobs?: number
  /** Ends the run; what was read is kept in `out`, and the same call resumes it. */
  readonly signal?: AbortSignal
}

/** One assessed server. Its files are read when they are asked for. */
export type ServerResult = {
  readonly name: string
  /** The folder of its files. */
  readonly folder: string
  readonly verdict: Pick<Verdict, 'is' | 'sure' | 'sentence'>
  readonly answers: Readonly<Record<Question, Is>>
  /** The whole of assessment.json. */
  readonly assessment: () => Promise<Assessment>
  /** All findings, as findings.jsonl has them; assessment.json is limited to the most important ones. */
  readonly findings: () => AsyncIterable<Finding>
}

export type Results = {
  /** The folder of all results. */
  readonly out: string
  readonly servers: readonly ServerResult[]
  /** Evidence that could not be assessed, of several. */
  readonly failed: readonly { readonly evidence: string; readonly reason: string }[]
  /** What several servers share; null for one server, and where servers are unrelated. */
  readonly case: () => Promise<Case | null>
  /** Removes the temporary folder. Does nothing where `out` was given. */
  readonly dispose: () => Promise<void>
}

type Summary = {
  readonly servers: readonly {
    readonly name: string
    readonly path: string
    readonly verdict: ServerResult['verdict']
    readonly answers: ServerResult['answers']
  }[]
  readonly failed: Results['failed']
}

/** A run without results. The message is the sentence that the command prints. */
export class RunError extends Error {
  /** Exit status: 1 failed, 2 usage, 130 or 143 ended from outside. */
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.name = 'RunError'
    this.status = status
  }
}

/** The lowest exit statuses of a run with results are 0 and 3; of these it has none. */
const NO_RESULTS: ReadonlySet<number> = new Set([1, 2, 130, 143])

/**
 * Assesses collected evidence: folders, archives or single files. Rejects with a `RunError` where the
 * evidence cannot be read, an option is wrong, or the run was ended.
 */
async function assessEvidence(evidence: string | readonly string[], options: AssessOptions = {}): Promise<Results> {
  const isTemporary = options.out === undefined
  const out = options.out ?? join(await mkdtemp(join(tmpdir(), 'postern-')), 'results')
  const dispose = (): Promise<void> =>
    isTemporary ? rm(join(out, '..'), { recursive: true, force: true }) : Promise.resolve()
  try {
    await run(['assess', ...argumentsOf(options), '--out', out, '--quiet', '--', ...[evidence].flat()], options.signal)
    return { ...(await resultsIn(out)), dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Results that were written before, by the command or by `assess`. */
export async function open(out: string): Promise<Results> {
  return { ...(await resultsIn(out)), dispose: () => Promise.resolve() }
}

async function resultsIn(out: string): Promise<Omit<Results, 'dispose'>> {
  const text = await readFile(join(out, 'summary.json'), 'utf8').catch((error: unknown) => {
    throw new RunError(`${out} contains no results: ${String(error)}`, 2)
  })
  const { servers, failed } = JSON.parse(text) as Summary
  return {
    out,
    failed,
    servers: servers.map(({ name, path, verdict, answers }) => {
      const folder = join(out, path)
      return {
        name,
        folder,
        verdict,
        answers,
        assessment: async () => JSON.parse(await readFile(join(folder, 'assessment.json'), 'utf8')) as Assessment,
        findings: () => linesOf<Finding>(join(folder, 'findings.jsonl')),
      }
    }),
    case: async () => {
      const all = await readFile(join(out, 'case.json'), 'utf8').catch(() => null)
      return all === null ? null : (JSON.parse(all) as Case)
    },
  }
}

async function* linesOf<Value>(file: string): AsyncIterable<Value> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity }))
    if (line !== '') yield JSON.parse(line) as Value
}

/** Options as the command line takes them. */
function argumentsOf({ out: _out, signal: _signal, ...options }: AssessOptions): string[] {
  const { options: specs } = specOf('assess')
  return Object.entries(options).flatMap(([key, value]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    // An option that the command does not have is refused by it.
    const takesValue = specs.find((one) => one.name === name)?.value !== undefined
    if (takesValue) return [value].flat().flatMap((one) => [`--${name}`, String(one)])
    return value === false ? [] : [`--${name}`]
  })
}

/** Runs the command in a process of its own. */
function run(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const command = builtAt(['../../bin/postern.cjs'], import.meta.url)!
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(command), ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    const end = (): void => void child.kill('SIGINT')
    signal?.addEventListener('abort', end, { once: true })
    if (signal?.aborted === true) end()
    let printed = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-10_000)
    })
    child.on('error', reject)
    child.on('close', (exit, by) => {
      signal?.removeEventListener('abort', end)
      const status = exit ?? 130
      if (!NO_RESULTS.has(status)) return resolve()
      const sentence = printed.trim().replace(/^postern: /, '')
      reject(new RunError(sentence === '' ? `The run was ended${by === null ? '' : ` by ${by}`}.` : sentence, status))
    })
  })
}

export { assessEvidence as assess }
