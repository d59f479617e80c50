import type { Change, VolumeEntry } from '../writers/ntfs.ts'
import { Seed } from './seed.ts'
import { when, type ServerSpec } from './spec.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A log file being written: rows with their times, put in order at the end. */
export type LogFile = {
  readonly kind: string
  /** What stands once at the top. */
  readonly head: string
  readonly rows: [time: number, row: string][]
}

/** What stands in the registry and on the disk beside the logs; steps add to it. */
export class Machine {
  readonly services: { readonly name: string; readonly image: string; readonly time: number }[] = []
  readonly startup: { readonly name: string; readonly command: string; readonly time: number }[] = []
  readonly debuggers: { readonly program: string; readonly debugger: string; readonly time: number }[] = []
  readonly entries: VolumeEntry[] = []
  readonly changes: Change[] = []
}

/** Writes rows into the files that a server of this specification would have, and nothing where its logs are silent. */
export class Pen {
  readonly spec: ServerSpec
  readonly seed: Seed
  readonly from: number
  readonly to: number
  /** By original Windows path. */
  readonly logs = new Map<string, LogFile>()
  readonly files = new Map<string, string>()
  readonly modified = new Map<string, number>()
  readonly machine = new Machine()
  readonly host: string
  /** The server that runs the requests of this one's front end: itself, unless mailboxes are on another. */
  readonly backEnd: string
  readonly domain: string
  readonly netbios = 'CONTOSO'
  readonly address = '10.1.2.11'
  readonly #kinds: readonly string[]
  readonly #holes: readonly { readonly kinds: 'all' | readonly string[]; readonly from: number; readonly to: number }[]
  readonly #builds: readonly { readonly build: string; readonly from: number }[]

  constructor(spec: ServerSpec) {
    this.spec = spec
    this.host = spec.name
    this.backEnd = spec.backEnd ?? spec.name
    this.domain = spec.domain ?? 'contoso.example'
    this.seed = new Seed(`${spec.name}/${spec.product}`)
    this.from = when(spec.period.from)
    this.to = when(spec.period.to)
    this.#kinds = spec.kinds ?? defaultKinds(spec.product)
    this.#holes = (spec.holes ?? []).map((hole) => ({ kinds: hole.kinds, from: when(hole.from), to: when(hole.to) }))
    this.#builds = spec.builds.map(({ build, from }) => ({ build, from: when(from) }))
    if (this.#builds.length === 0) throw new Error(`${spec.name}: no build`)
  }

  /** The server whose evidence this is. */
  get own(): string {
    return this.spec.part === 'back' ? this.backEnd : this.host
  }

  has(kind: string): boolean {
    const isBack = ofBackEnd.some((k) => covers(k, kind))
    if (this.spec.part === 'front' ? isBack : this.spec.part === 'back' && ofFrontEnd.some((k) => covers(k, kind)))
      return false
    return this.#kinds.some((k) => covers(k, kind))
  }

  /** The build that runs at a moment; the first one before it was known. */
  build(time: number): readonly [number, number, number, number] {
    const current = this.#builds.filter(({ from }) => from <= time).at(-1) ?? this.#builds[0]!
    return current.build.split('.').map(Number) as unknown as readonly [number, number, number, number]
  }

  /** `15.01.2176.002`, as log headers write a build. */
  longBuild(time: number): string {
    const [a, b, c, d] = this.build(time)
    return `${pad(a)}.${pad(b)}.${pad(c, 4)}.${pad(d, 3)}`
  }

  /** Adds a row unless that log does not exist or is silent then. */
  row(kind: string, path: string, time: number, head: string, row: string): void {
    if (!this.has(kind)) return
    if (time < this.from || time >= this.to) return
    if (
      this.#holes.some(
        (h) => time >= h.from && time < h.to && (h.kinds === 'all' || h.kinds.some((k) => covers(k, kind))),
      )
    )
      return
    let file = this.logs.get(this.#place(path))
    if (!file) this.logs.set(this.#place(path), (file = { kind, head, rows: [] }))
    file.rows.push([time, row])
  }

  /** Exchange 2010 lives in V14; folders may be on another drive. */
  #place(text: string): string {
    const { exchange, iisLogs } = this.spec.places ?? {}
    const moved = exchange ? text.replaceAll('C:\\Program Files\\Microsoft\\Exchange Server\\V15', exchange) : text
    const logged = iisLogs
      ? moved
          .replaceAll('C:\\inetpub\\logs\\LogFiles', iisLogs)
          .replaceAll('%SystemDrive%\\inetpub\\logs\\LogFiles', iisLogs)
      : moved
    return this.spec.product === '2010' ? logged.replaceAll('Exchange Server\\V15', 'Exchange Server\\V14') : logged
  }

  file(kind: string, path: string, text: string, modified = this.from - 20 * DAY): void {
    if (!this.has(kind)) return
    const place = this.#place(path)
    this.files.set(place, this.#place(text))
    this.modified.set(place, modified)
  }
}

/** Logs of the front end and of the back end, where these are two servers; any other kind is of both. */
const ofFrontEnd = ['iis-frontend', 'httpproxy-*']
const ofBackEnd = [
  'iis-backend',
  'ews',
  'mapihttp',
  'ecp-server',
  'oabgenerator',
  'msexchange-management',
  'cmdletinfra-*',
  'rps-*',
]

function defaultKinds(product: ServerSpec['product']): string[] {
  if (product === '2010')
    return ['iis-frontend', 'msexchange-management', 'web-roots', 'iis-config', 'transport-agents']
  return [
    'iis-*',
    'httpproxy-*',
    'ecp-server',
    'ews',
    'oabgenerator',
    'msexchange-management',
    'web-roots',
    'iis-config',
    'transport-agents',
  ]
}

function covers(pattern: string, kind: string): boolean {
  return pattern.endsWith('*') ? kind.startsWith(pattern.slice(0, -1)) : pattern === kind
}

export function pad(n: number, length = 2): string {
  return String(n).padStart(length, '0')
}

export function isoText(time: number): string {
  return new Date(time).toISOString()
}

/** `20210303`, `210303`, `2021030304`: the stamps in file names. */
export function stamp(time: number, from: number, to: number): string {
  return isoText(time).replace(/[-T:]/g, '').slice(from, to)
}
