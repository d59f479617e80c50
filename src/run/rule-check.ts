import { Worker } from 'node:worker_threads'
import { sha256 } from '../lib/hash.ts'
import type { BrokenRule } from '../model/rule.ts'
import type { Compiled, RuleFile } from '../rules/rule.ts'

/**
 * What one file of rules may cost before its thread is ended: its text is of anybody, and compilers take exponential time
 * over some texts of a few hundred bytes. Published files of the largest size that is read take a tenth of this.
 */
export const RULE_LIMITS = { seconds: 20, secondsPerMegabyte: 10, memory: 1024 }

/** What the thread answers: what it found out, or how it failed. */
export type FromRuleThread = { readonly compiled: Compiled } | { readonly failed: string }

const own = new URL(import.meta.url.endsWith('.ts') ? './rule-thread.ts' : './rule-thread.js', import.meta.url)

/**
 * Finds out about files of rules in a thread that can be ended, one after another. A file that takes too long, wants too
 * much memory or ends the thread is refused by its digest, so that nobody tries it again; the others go on.
 */
export async function checkRules(
  files: readonly RuleFile[],
  limits = RULE_LIMITS,
  script: URL = own,
): Promise<Compiled> {
  const documents = new Map(),
    regexes = new Map(),
    yara = new Map()
  const refused = new Map<string, Omit<BrokenRule, 'file'>>()
  let thread: RuleThread | null = null
  const seen = new Set<string>()
  try {
    for (const file of files) {
      const digest = sha256(file.text)
      if (seen.has(digest)) continue
      seen.add(digest)
      thread ??= new RuleThread(script, limits)
      const told = await thread.ask(file)
      if ('compiled' in told) {
        for (const [key, value] of told.compiled.documents) documents.set(key, value)
        for (const [key, value] of told.compiled.regexes) regexes.set(key, value)
        for (const [key, value] of told.compiled.yara) yara.set(key, value)
        continue
      }
      refused.set(digest, { reason: 'broken', detail: told.failed })
      await thread.end()
      thread = null
    }
  } finally {
    await thread?.end()
  }
  return { documents, regexes, yara, refused }
}

class RuleThread {
  readonly #worker: Worker
  readonly #limits: typeof RULE_LIMITS
  #settle: (told: FromRuleThread) => void = () => undefined

  constructor(script: URL, limits: typeof RULE_LIMITS) {
    this.#limits = limits
    this.#worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: limits.memory } })
      .on('message', (told: FromRuleThread) => this.#settle(told))
      .on('error', (error) => this.#settle({ failed: failureOf(error) }))
      .on('exit', () => this.#settle({ failed: 'the compiler ended while it read this file' }))
  }

  async ask(file: RuleFile): Promise<FromRuleThread> {
    const { seconds, secondsPerMegabyte } = this.#limits
    const most = seconds + (file.text.length / 1e6) * secondsPerMegabyte
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<FromRuleThread>((resolve) => {
        this.#settle = resolve
        const failed = `it took longer than ${Math.round(most)} s to compile; nothing of the file is used`
        timer = setTimeout(() => resolve({ failed }), most * 1000)
        this.#worker.postMessage(file)
      })
    } finally {
      clearTimeout(timer)
    }
  }

  async end(): Promise<void> {
    this.#settle = () => undefined
    await this.#worker.terminate()
  }
}

function failureOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return 'it wanted more memory to compile than one file may take; nothing of the file is used'
  return `the compiler failed (${message.split('\n')[0]!.slice(0, 200)}); nothing of the file is used`
}
