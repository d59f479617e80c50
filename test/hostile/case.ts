import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { hasProgram } from '../cli/command.ts'
import { type GapReason, gapReasons } from '../../src/model/evidence.ts'

// A hostile case is a folder: make.ts writes what an intruder could leave, expect.yaml says what a run must make of it, README.md
// where the idea comes from.

/** What `make.ts` exports. */
export type Make = (place: Place) => void | Made | Promise<void | Made>

export type Place = {
  /** The folder of the evidence of an entered server, to which the case adds. */
  readonly evidence: string
  /** A folder for what is no evidence: rules, lists. */
  readonly beside: string
  /** At full size, for `npm run long`; else scaled down. */
  readonly isFull: boolean
}

export type Made = {
  /** What is assessed instead of the folder of the evidence. */
  readonly evidence?: readonly string[]
  /** Further options of the command. */
  readonly options?: readonly string[]
  /** The folder in which the command runs. */
  readonly folder?: string
  /** Programs that run the command: `strace …`. */
  readonly through?: readonly string[]
  /** Changes the evidence while the command runs. */
  readonly meanwhile?: () => () => void
}

/** What a run must end in. Whatever a case names, all findings of the same server without it must still be there. */
export type Expectation = {
  readonly title: string
  /** Number of the promise in ASSURANCE.md that it tries, and what holds that. */
  readonly promise: string
  readonly mechanism: string
  /** Exit status: 5 (compromised) where nothing is said. */
  readonly exit: number
  /** Reasons of gaps by path: each must be there. */
  readonly gaps: Readonly<Record<string, readonly GapReason[]>>
  /** Fewest events read of a path. */
  readonly events: Readonly<Record<string, number>>
  /** Paths that the manifest must list. */
  readonly listed: readonly string[]
  /** Titles of findings that the case must add. */
  readonly findings: readonly string[]
  /** Why a file of rules could not be used whole, by file. */
  readonly problems: Readonly<Record<string, string>>
  /** A pattern that the error output must show. */
  readonly says: string | null
  /** Findings of the server that the case takes away by its nature, by title. */
  readonly without: readonly string[]
  /** Files that must not be beside the evidence afterwards. */
  readonly absent: readonly string[]
  /** Programs without which it cannot be made. */
  readonly needs: readonly string[]
  /** Systems on which it cannot be made. */
  readonly notOn: readonly string[]
}

export type HostileCase = { readonly name: string; readonly folder: string; readonly expected: Expectation }

const KEYS = [
  'title',
  'promise',
  'mechanism',
  'exit',
  'gaps',
  'events',
  'listed',
  'findings',
  'problems',
  'says',
  'without',
  'absent',
  'needs',
  'notOn',
]

/** All cases, in the order of their numbers. A folder that lacks a part, or an expectation with an unknown key, is an error. */
export function hostileCases(root: string = import.meta.dirname): readonly HostileCase[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: join(root, name), expected: expectationIn(join(root, name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function expectationIn(folder: string): Expectation {
  const read = (parse(readFileSync(join(folder, 'expect.yaml'), 'utf8')) ?? {}) as Partial<Expectation>
  const unknown = Object.keys(read).filter((key) => !KEYS.includes(key))
  if (unknown.length > 0) throw new Error(`${folder}/expect.yaml: unknown: ${unknown.join(', ')}`)
  for (const reason of Object.values(read.gaps ?? {}).flat())
    if (!gapReasons.includes(reason)) throw new Error(`${folder}/expect.yaml: ${reason} is no reason of a gap`)
  if (!read.title || !read.promise || !read.mechanism)
    throw new Error(`${folder}/expect.yaml: title, promise and mechanism are needed`)
  return {
    title: read.title,
    promise: read.promise,
    mechanism: read.mechanism,
    exit: read.exit ?? 5,
    gaps: read.gaps ?? {},
    events: read.events ?? {},
    listed: read.listed ?? [],
    findings: read.findings ?? [],
    problems: read.problems ?? {},
    says: read.says ?? null,
    without: read.without ?? [],
    absent: read.absent ?? [],
    needs: read.needs ?? [],
    notOn: read.notOn ?? [],
  }
}

/** Why a case cannot be made on this machine; false where it can. */
export function whyNot({ expected: { notOn, needs } }: HostileCase): string | false {
  if (notOn.includes(process.platform)) return `not made on ${process.platform}`
  const missing = needs.find((program) => !hasProgram(program))
  return missing === undefined ? false : `${missing} is not installed`
}
