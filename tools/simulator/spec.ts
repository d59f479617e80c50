import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { isoTime } from '../../src/lib/time.ts'

/** A time in a specification: an ISO text, `2021-03-03` meaning midnight UTC. */
export type When = string

/** What a miniature server is made of. Every name is invented; addresses are those set aside for documentation. */
export type ServerSpec = {
  /** Another server.yml whose keys stand where this one has none; a path beside this file. */
  readonly like?: string
  readonly name: string
  readonly domain?: string
  /** Another server that holds the mailboxes and runs the requests of this one's front end; `part`: which of the two this is. */
  readonly backEnd?: string
  readonly part?: 'front' | 'back'
  readonly product: '2010' | '2013' | '2016' | '2019'
  /** In the order in which they ran: a lower build after a higher one is a restore. */
  readonly builds: readonly { readonly build: string; readonly from: When }[]
  readonly period: { readonly from: When; readonly to: When }
  /** Log kinds that exist; a name ending in `*` stands for all that begin so. */
  readonly kinds?: readonly string[]
  readonly protocols?: readonly string[]
  /** Hours between two rows of the ordinary traffic. */
  readonly every?: number
  readonly holes?: readonly { readonly kinds: 'all' | readonly string[]; readonly from: When; readonly to: When }[]
  /** A device in front: all clients show its address; `forwarded` logs the real one in X-Forwarded-For. */
  readonly proxy?: { readonly address: string; readonly forwarded: boolean }
  /** Seconds that the clock of the back end is ahead of the front end. */
  readonly skew?: number
  readonly language?: 'en' | 'de' | 'ja'
  /**
   * The shape of events: exported by `evtx_dump`, or by NXLog with a time that names no zone, so many minutes east of UTC;
   * or the log files themselves.
   */
  readonly events?: { readonly shape: 'evtx' | 'nxlog' | 'file'; readonly minutes?: number }
  /** The hives of the registry and the folder of scheduled tasks are in the evidence. */
  readonly machine?: boolean
  /** What was copied of the disk's own records. */
  readonly volume?: readonly ('mft' | 'usn')[]
  /** Rows of the back end carry the front end's request id. */
  readonly backendIds?: boolean
  readonly setup?: readonly { readonly at: When; readonly build: string; readonly mode: 'install' | 'upgrade' }[]
  readonly steps?: readonly Step[]
  /** Files to damage or to leave out, by the end of their Windows path; `headless` is what grep gives: rows alone. */
  readonly damage?: readonly {
    readonly file: string
    readonly nulTail?: number
    readonly cut?: number
    readonly lost?: boolean
    readonly headless?: boolean
  }[]
  /** Folders that nobody gathered, by the beginning of their Windows path. */
  readonly missing?: readonly string[]
  /** Folders that are elsewhere on this server (`D:\Exchange`): the install folder of Exchange, and the logs of IIS. */
  readonly places?: { readonly exchange?: string; readonly iisLogs?: string }
  /** Columns that the IIS logs of this server do not hold. */
  readonly without?: readonly string[]
  /** HttpProxy and EWS begin a file each hour, as busy servers do, and not each day. */
  readonly hourly?: boolean
  /** The EWS pool was not restarted: its rows name the first build to the end. */
  readonly staleEws?: boolean
  /** Splits a file into rotation parts, some of which are lost. */
  readonly rotate?: readonly { readonly file: string; readonly parts: number; readonly lost: readonly number[] }[]
  readonly encodings?: readonly {
    readonly file: string
    readonly encoding: 'utf-16' | 'utf-8-bom' | 'windows-1252'
    readonly name?: string
  }[]
  readonly layouts?: readonly Layout[]
  /** Options of the run. */
  readonly options?: {
    readonly campaigns?: readonly string[]
    readonly timezone?: string
    readonly window?: { readonly from: When; readonly to: When }
    readonly sector?: string
    readonly known?: {
      readonly scanners?: readonly object[]
      readonly accepted?: readonly object[]
      readonly announced?: readonly object[]
    }
  }
  readonly expect?: Expect
}

export const layouts = ['ctree', 'encoded', 'kape', 'velociraptor', 'velociraptor-zip', 'zip', 'gz', 'flat'] as const
export type Layout = (typeof layouts)[number]

/** What the assessment must say. A list means that each of its values is right. */
export type Expect = {
  readonly exit: number
  readonly sure?: boolean
  readonly answers?: Readonly<Record<string, string | readonly string[]>>
  readonly patchedTooLate?: boolean | null
  readonly mailboxes?: readonly string[]
  /** Every entry of the answer whose mail was taken, `ann@contoso.example joined by mapi`: these and no other. */
  readonly mail?: readonly string[]
  /** Rules (by their file's name) that must have a finding, and such as must have none; an ending `*` stands for anything. */
  readonly rules?: readonly string[]
  readonly notRules?: readonly string[]
  /** Names of what lets them come back. */
  readonly persistence?: readonly string[]
  /** Chains of stage `access` or beyond. */
  readonly chains?: number
  /** Clients that these chains name. */
  readonly clients?: readonly string[]
  readonly notClients?: readonly string[]
  /** Questions that the verdict leaves open. */
  readonly open?: readonly string[]
  /** Words that the verdict's sentence holds. */
  readonly says?: readonly string[]
  /** Words that it does not hold. */
  readonly saysNot?: readonly string[]
  readonly product?: string
  /** The campaign that every finding of a rule is credited to. */
  readonly credited?: Readonly<Record<string, string>>
  /** Who is named, by the beginning of the name: nobody but these. */
  readonly named?: readonly string[]
  /** The likelihood of hypotheses, by the beginning of their names; null of those that must not be weighed at all. */
  readonly actors?: Readonly<Record<string, string | null>>
  /** Ends of paths of files of a form that is searched and not read. */
  readonly unread?: readonly string[]
}

/** One thing that somebody did. What it leaves in which log is written in steps.ts. */
export type Step = {
  readonly at: When
  readonly do: string
  readonly client?: string
  readonly agent?: string
  readonly [key: string]: string | number | boolean | undefined
}

const keys = new Set(
  'like name domain backEnd part product builds period kinds protocols every holes proxy skew language events machine volume backendIds setup steps damage missing places without hourly staleEws rotate encodings layouts options expect'.split(
    ' ',
  ),
)
const expectKeys = new Set(
  'exit sure answers patchedTooLate mailboxes mail rules notRules persistence chains clients notClients open says saysNot product credited named actors unread'.split(
    ' ',
  ),
)

/** Reads a server.yml. A key that nobody reads is a mistake, not a wish. */
export function readSpec(file: string): ServerSpec {
  const own = parse(readFileSync(file, 'utf8')) as ServerSpec
  for (const key of Object.keys(own)) if (!keys.has(key)) throw new Error(`${file}: no such key: ${key}`)
  for (const key of Object.keys(own.expect ?? {}))
    if (!expectKeys.has(key)) throw new Error(`${file}: no such key: expect.${key}`)
  for (const layout of own.layouts ?? [])
    if (!layouts.includes(layout)) throw new Error(`${file}: no such layout: ${layout}`)
  return own.like ? { ...readSpec(join(dirname(file), own.like)), ...own } : own
}

/** A time of the specification in milliseconds. */
export function when(text: When): number {
  const time = isoTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (time === null || !(text.endsWith('Z') || text.length === 10)) throw new Error(`not a time in UTC: ${text}`)
  return time
}
