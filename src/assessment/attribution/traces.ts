import type { FindingWithHits } from '../../findings/findings.ts'
import { canonicalIp } from '../../lib/ip.ts'
import { addTo } from '../../lib/collections.ts'
import type { KnownActor, Trace } from '../../model/actor.ts'
import type { Finding } from '../../model/finding.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { trim } from '../../lib/trim.ts'
import { isWorker } from '../../model/worker-processes.ts'

/** A trace of an actor that a finding shows. */
export type SeenTrace = {
  readonly actor: KnownActor
  readonly trace: Trace
  readonly value: string
  readonly finding: Finding
  /** Of the row that shows it (ms UTC); null where none is known that an attacker could not have set. */
  readonly time: number | null
  /** False where the value was only written down: an administrator who looks into a host writes its name, too. */
  readonly firm: boolean
}

/** Looks up what events show among the traces of all actors. Values in a request are never looked up: anyone can send them. */
export class TraceTable {
  readonly #byKey = new Map<string, { readonly actor: KnownActor; readonly trace: Trace; readonly value: string }[]>()

  constructor(actors: readonly KnownActor[]) {
    for (const actor of actors) {
      for (const trace of actor.traces) {
        for (const value of trace.values) {
          addTo(this.#byKey, `${trace.kind}\0${normal(trace.kind, value)}`, { actor, trace, value })
        }
      }
    }
  }

  /** The traces that a finding shows, each once, the firmest row first. */
  in(found: FindingWithHits, ruleName: string): SeenTrace[] {
    const { finding } = found
    const all: SeenTrace[] = []
    const add = (kind: Trace['kind'], value: string, event: Event | null, firm = true): void => {
      for (const known of this.#byKey.get(`${kind}\0${normal(kind, value)}`) ?? [])
        all.push({ ...known, finding, firm, time: event === null ? null : timeOf(event) })
    }
    add('rule', ruleName, found.hits[0]?.event ?? null)
    for (const { event } of found.hits) {
      if (event.client !== null) add('client', event.client, event)
      for (const { host, firm } of hostsCalled(event))
        for (const name of namesAbove(host)) add('called', name, event, firm)
      for (const digest of digests(event)) add('digest', digest, event, isOf(RAN, event))
      for (const name of ['TargetFilename', 'ImageLoaded', 'Image'])
        for (const path of texts(event.fields[name])) for (const end of ends(path)) add('file', end, event)
    }
    const best = new Map<Trace, SeenTrace>()
    for (const seen of all) {
      const before = best.get(seen.trace)
      if (before === undefined || strength(seen) > strength(before)) best.set(seen.trace, seen)
    }
    return [...best.values()]
  }
}

function strength({ firm, time }: SeenTrace): number {
  return (firm ? 2 : 0) + (time === null ? 0 : 1)
}

/** Rows whose time nobody can set who writes a file, and whose zone is known. */
function timeOf({ time, timeBasis }: Event): number | null {
  return timeBasis === 'file' || timeBasis === 'assumed' ? null : time
}

/** Rows of a program that ran or was loaded; a file alone may have come by mail, or be a sample. */
const RAN: ReadonlySet<string> = new Set(['process_creation', 'image_load', 'driver_load'])
const CALLS: ReadonlySet<string> = new Set(['network_connection', 'dns_query'])
const WRITES: ReadonlySet<string> = new Set(['process_creation', 'ps_script'])
/** Interactive programs: addresses that they contact for a user may have been looked up by the organization itself. */
const TYPED =
  /(?:^|[\\/])(?:powershell|powershell_ise|pwsh|cmd|curl|wget|certutil|bitsadmin|mmc|chrome|msedge|firefox|iexplore|opera|brave)(?:\.exe)?$/i
/** Accounts that no person logs on with, in the languages that Windows has for them. */
const SERVICE_ACCOUNT = /^(?:S-1-5-(?:18|19|20)|IIS APPPOOL\\.+|.*\\(?:system|système|sistema|система|systeme))$/i
/** Programs that look a host up and do nothing else. */
const LOOKING = /(?:^|[\\/])(?:nslookup|ping|tracert|pathping|dig|whois|test-netconnection)(?:\.exe)?$/i
/** Programs of the server that call what a request, a mail or a signature tells them to: anybody can make them. */
const MADE_TO =
  /(?:^|[\\/])(?:w3wp|edgetransport|msexchange[\w.-]*|microsoft\.exchange[\w.-]*|umworkerprocess|umservice|scanningprocess|scanenginetest|updateservice|msmpeng|mpcmdrun|mssense|nissrv|svchost|dns)\.exe$/i

/** Hosts that the server called, or that stand in a command. */
function hostsCalled(event: Event): { host: string; firm: boolean }[] {
  const image = texts(event.fields.Image)[0] ?? ''
  if (isOf(CALLS, event)) {
    return ['DestinationHostname', 'DestinationIp', 'QueryName']
      .flatMap((name) => texts(event.fields[name]))
      .map((host) => ({ host, firm: calledByItself(image, event) }))
  }
  if (!isOf(WRITES, event)) return []
  // What a worker process starts comes from a request.
  const firm = isWorker(texts(event.fields.ParentImage)[0] ?? '') && !LOOKING.test(image)
  return ['CommandLine', 'DecodedCommand', 'ScriptBlockText']
    .flatMap((name) => texts(event.fields[name]))
    .flatMap((text) => text.slice(0, LONGEST).split(/[^\w.-]+/))
    .filter((word) => word.includes('.') && word.length <= 255)
    .map((host) => ({ host, firm }))
}

/** Did the program act by itself, and is it one that no user types into? */
function calledByItself(image: string, event: Event): boolean {
  if (image === '' || LOOKING.test(image) || MADE_TO.test(image)) return false
  return !TYPED.test(image) || isService(event)
}

function isOf(categories: ReadonlySet<string>, { sources }: Event): boolean {
  return sources.some(({ category }) => category !== undefined && categories.has(category))
}

function isService({ fields, user }: Event): boolean {
  const account = texts(fields.User)[0] ?? user
  return account !== null && SERVICE_ACCOUNT.test(account)
}

const LONGEST = 64 * 1024

/** A host and the names above it, as `a.evil.example` is of `evil.example`. */
function namesAbove(host: string): string[] {
  if (canonicalIp(host) !== null) return [host]
  const labels = trim(host, '.').split('.')
  return labels.slice(0, 20).map((_, i) => labels.slice(i).join('.'))
}

function digests({ fields }: Event): string[] {
  return ['sha256', 'sha1', 'Hashes']
    .flatMap((name) => texts(fields[name]))
    .flatMap((text) => text.slice(0, LONGEST).split(','))
    .map((part) => part.slice(part.indexOf('=') + 1).trim())
}

/** A path, and what it ends in. */
function ends(path: string): string[] {
  const parts = partsOf(path.slice(0, 4096))
  return [path, ...parts.slice(0, 64).map((_, i) => parts.slice(i).join('/'))]
}

function partsOf(path: string): string[] {
  return path
    .replace(/^[a-z]:/i, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '')
}

function normal(kind: Trace['kind'], value: string): string {
  // Only a drive says that the path begins there.
  if (kind === 'file') return `${/^[a-z]:/i.test(value) ? '/' : ''}${partsOf(value).join('/')}`.toLowerCase()
  if (kind === 'rule') return value
  return canonicalIp(value) ?? value.toLowerCase()
}

function texts(value: FieldValue | undefined): string[] {
  if (value === null || value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
