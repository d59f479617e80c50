import { basename, extname } from 'node:path'
import { canonicalIp } from '../../lib/ip.ts'
import { iso } from '../../lib/time.ts'
import type { BrokenRule, RuleInfo } from '../../model/rule.ts'
import { levelOfStrength, type Sign, type SubjectKind, unratedSign } from '../../model/sign.ts'
import type { Stage } from '../../model/stages.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import type { EventRule, RuleFile, RuleLanguage, RuleSettings } from '../rule.ts'
import type { Side } from './entry.ts'
import { agentKey, type Indicator, type IndicatorType, readIndicatorList, urlKey } from './read-list.ts'
import { tableOf, put, hitOf, addressFinder, hostFinder, mentions } from './addresses.ts'

/**
 * Indicator lists: addresses, digests, names and agents that others have seen. One rule per list, way of looking and
 * campaign; the entries stand in maps, so that an event costs a few look-ups whatever the length of the list.
 */
export const ioc: RuleLanguage = {
  name: 'ioc',
  extensions: ['.csv', '.txt', '.ioc', '.json', '.stix'],
  load(files) {
    const taken = new Set<string>()
    const events: EventRule[] = []
    const broken: BrokenRule[] = []
    for (const file of files) {
      const { indicators, bad } = readIndicatorList(basename(file.path), file.text)
      for (const rule of rulesOf(file, indicators, taken)) events.push(rule)
      for (const problem of bad) broken.push({ file: file.path, ...problem })
    }
    return Promise.resolve({ events, scanners: [], broken })
  },
}

// ---------------------------------------------------------------- ways of looking

/** Answers with what matched: the field, the value and the entry. */
type Look = (event: Event) => string[]
type Way = {
  readonly name: string
  readonly types: readonly IndicatorType[]
  /** Which end of a connection it looks at. */
  readonly side?: Side
  readonly title: string
  readonly stage: Stage
  /** Suggests little whatever the list says: ordinary work looks like that, too. */
  readonly weak?: true
  readonly sources: readonly LogSource[]
  readonly persistence?: NonNullable<RuleInfo['persistence']>
  /** What an entry is about, where it is not what its stage has. */
  readonly subject?: SubjectKind
  readonly attack: readonly string[]
  readonly innocent: string
  readonly next: string
  look(indicators: readonly Indicator[]): Look
  /** Names (folded) of the fields that it looks at, each without the others. */
  readonly alone: readonly string[]
  /** Of each entry a text in lower case that stands in the field of a hit, escapes apart; undefined where there is none. */
  readonly textIn?: (indicator: Indicator) => string
}

const WEB: readonly LogSource[] = [{ category: 'webserver' }, { product: 'exchange' }]
const FILES: readonly LogSource[] = [
  { category: 'file_event' },
  { category: 'image_load' },
  { category: 'create_stream_hash' },
]

const WAYS: readonly Way[] = [
  {
    name: 'client',
    subject: 'client',
    types: ['ip', 'cidr'],
    side: 'client',
    title: 'Request from a Listed Address',
    stage: 'recon',
    weak: true,
    sources: [...WEB, { product: 'windows' }],
    attack: [],
    innocent: 'Addresses change hands and are shared: what this client asked for counts, not the address alone.',
    next: 'Read what else this client asked for, and when.',
    look: clients,
    alone: ['c-ip', 'ipaddress', 'sourceip'],
  },
  {
    name: 'named-in-request',
    types: ['ip', 'domain', 'url'],
    side: 'called',
    title: 'Listed Host Named in a Request',
    stage: 'attempt',
    sources: WEB,
    attack: [],
    innocent: 'Vulnerability scanners make a server call their own hosts.',
    next: 'Look in the proxy, firewall and DNS logs whether the server called that host.',
    look: namedInRequest,
    alone: ['ssrfhost', 'cs-referer'],
  },
  {
    name: 'outbound',
    types: ['ip', 'cidr', 'domain', 'url'],
    side: 'called',
    title: 'Listed Host Contacted or Named by the Server',
    stage: 'execution',
    sources: [
      { category: 'network_connection' },
      { category: 'dns_query' },
      { category: 'process_creation' },
      { category: 'ps_script' },
    ],
    attack: ['T1071.001'],
    innocent: 'An administrator or a security product that looks into the host.',
    next: 'Find the process that called it, and its parent.',
    look: outbound,
    alone: ['destinationip', 'destinationhostname', 'queryname', 'commandline', 'scriptblocktext'],
  },
  {
    name: 'agent',
    types: ['agent'],
    title: 'Request with a Listed User Agent',
    stage: 'attempt',
    sources: WEB,
    attack: [],
    innocent: 'A user agent is a claim: crawlers and common libraries send the same.',
    next: 'Look whether the same client sent POST requests to pages that answer none.',
    look: agents,
    alone: ['cs-user-agent'],
    textIn: ({ value }) => value.toLowerCase(),
  },
  {
    name: 'requested',
    types: ['name', 'path'],
    title: 'Request for a Listed File',
    stage: 'attempt',
    sources: WEB,
    attack: ['T1505.003'],
    innocent: 'Scanners ask every server for known names; an answer of 404 says the file was not there.',
    next: 'Look at the status of the answer, and for the file on the disk.',
    look: requested,
    alone: ['cs-uri-stem'],
    textIn: ({ value }) => partsOf(value).at(-1) ?? '',
  },
  {
    name: 'parameter',
    types: ['parameter'],
    title: 'Request with a Parameter of a Known Web Shell',
    stage: 'attempt',
    sources: WEB,
    attack: ['T1505.003'],
    innocent: 'Another program may use a parameter of that name.',
    next: 'Look which page was asked, and at its status.',
    look: parameters,
    alone: ['cs-uri-query'],
    textIn: ({ value }) => value,
  },
  {
    name: 'file',
    types: ['name', 'path', 'extension'],
    title: 'Listed File on Disk',
    stage: 'shell',
    sources: FILES,
    attack: ['T1505.003'],
    innocent: 'A harmless file of the same name.',
    next: 'Read the file, and compare its date with the requests of that time.',
    look: filesNamed,
    alone: ['targetfilename', 'imageloaded'],
  },
  {
    name: 'hash',
    types: ['sha256', 'sha1', 'md5'],
    title: 'File with a Listed Hash',
    stage: 'shell',
    sources: [...FILES, { category: 'process_creation' }],
    attack: [],
    innocent: 'A common tool or library that attackers use too.',
    next: 'Read the file, and find how it came there.',
    look: digests,
    alone: ['sha256', 'hashes'],
  },
  {
    name: 'task',
    types: ['task'],
    title: 'Listed Scheduled Task',
    stage: 'persistence',
    sources: [{ product: 'windows' }],
    persistence: 'task',
    subject: 'task',
    attack: ['T1053.005'],
    innocent: 'A task of the same name from a program that is installed on purpose.',
    next: 'Read what the task runs.',
    look: (indicators) => whole(indicators, 'task', ['TaskName'], (text) => text.replace(/^\\+/, '').toLowerCase()),
    alone: ['taskname'],
  },
  {
    name: 'service',
    types: ['service'],
    title: 'Listed Service',
    stage: 'persistence',
    sources: [{ product: 'windows' }],
    persistence: 'service',
    subject: 'service',
    attack: ['T1543.003'],
    innocent: 'A service of the same name from a program that is installed on purpose.',
    next: 'Read what the service runs.',
    look: (indicators) => whole(indicators, 'service', ['ServiceName'], (text) => text.toLowerCase()),
    alone: ['servicename'],
  },
]

// ---------------------------------------------------------------- rules of a list

/** With more campaigns than this in one list its entries are credited to the list itself. */
const CAMPAIGNS = 100

function rulesOf(file: RuleFile, indicators: readonly Indicator[], taken: Set<string>): EventRule[] {
  const rules: { group: Group; way: Way; own: Indicator[] }[] = []
  for (const group of groupsOf(file, indicators)) {
    for (const way of WAYS) {
      const own = group.indicators.filter(
        ({ type, side }) =>
          way.types.includes(type) && (side === undefined || way.side === undefined || side === way.side),
      )
      if (own.length > 0) rules.push({ group, way, own })
    }
  }
  return rules.map(({ group, way, own }) => {
    const info = infoOf(file, group, way, own, taken, rules.length === 1)
    const look = way.look(own)
    return {
      info,
      sources: way.sources,
      // A digest with a name is found by two fields.
      ...(own.some(({ fileName }) => fileName !== undefined) ? {} : { alone: new Set(way.alone) }),
      ...(own.some(({ valid }) => typeof valid?.until === 'number') ? { asksTime: true as const } : {}),
      ...(way.textIn ? { aloneTexts: own.map(way.textIn) } : {}),
      match(event) {
        const found = look(event)
        return found.length > 0 ? found : null
      },
    }
  })
}

type Group = { readonly campaign: string; readonly weak: boolean; readonly indicators: Indicator[] }

/** Entries of one campaign; those that the list itself calls weak apart, since a rule has one level. */
function groupsOf(file: RuleFile, indicators: readonly Indicator[]): Group[] {
  const groups = new Map<string, Group>()
  for (const indicator of indicators) {
    const known =
      groups.size < CAMPAIGNS * 2 ||
      groups.has(`${indicator.campaign}\0false`) ||
      groups.has(`${indicator.campaign}\0true`)
    const campaign = indicator.campaign !== '' && known ? indicator.campaign : file.campaign
    const weak = indicator.confidence === 'low' || /do not alert/i.test(indicator.note)
    const key = `${campaign}\0${weak}`
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { campaign, weak, indicators: [] }))
    group.indicators.push(indicator)
  }
  return [...groups.values()]
}

/** That something is on a list is weak; what the list itself calls weak is context. */
function listedSign(way: Way, isWeak: boolean): Sign {
  return {
    subject: way.subject ?? unratedSign[way.stage].subject,
    kind: 'listed',
    strength: isWeak ? 'context' : 'weak',
  }
}

function infoOf(
  file: RuleFile,
  group: Group,
  way: Way,
  own: readonly Indicator[],
  taken: Set<string>,
  only: boolean,
): RuleInfo {
  const list = basename(file.path, extname(file.path))
  const id = freeId(
    [
      'ioc',
      file.pack,
      list,
      group.campaign === file.campaign ? '' : group.campaign,
      way.name,
      group.weak ? 'weak' : '',
    ],
    taken,
  )
  const settingsOf = (name: string): RuleSettings => (Object.hasOwn(file.settings, name) ? file.settings[name]! : {})
  const { subject, sign, strength, ...settings }: RuleSettings = {
    ...(only ? settingsOf(list) : {}),
    ...settingsOf(id),
  }
  const notes = [...new Set(own.map((indicator) => indicator.note).filter(Boolean))].slice(0, 5)
  const isWeak = group.weak || way.weak === true
  const rated: Sign = {
    ...listedSign(way, isWeak),
    ...(subject ? { subject } : {}),
    ...(sign ? { kind: sign } : {}),
    ...(strength ? { strength } : {}),
  }
  return {
    id,
    title: way.title,
    description: `Detects ${own.length === 1 ? 'the entry' : `one of ${own.length} entries`} of ${basename(file.path)}.${timeNote(own)}${hashNote(way, own)}`,
    author: 'not stated',
    license: 'not stated',
    pack: file.pack,
    campaign: group.campaign,
    stage: way.stage,
    sign: rated,
    level: levelOfStrength[rated.strength],
    cves: [],
    attack: way.attack,
    falsePositives: [...notes, ...(isEarly(way, own) ? [EARLY] : []), way.innocent],
    nextSteps: [way.next],
    ...(way.persistence ? { persistence: way.persistence } : {}),
    ...settings,
    file: file.path,
  }
}

const EARLY = 'The list holds its entries valid from a time on: what came before may have been another person’s.'

/** A file with a digest is the same file at any time. */
function isEarly(way: Way, own: readonly Indicator[]): boolean {
  return way.name !== 'hash' && own.some(({ valid }) => typeof valid?.from === 'number')
}

function timeNote(own: readonly Indicator[]): string {
  const ending = own.filter(({ valid }) => typeof valid?.until === 'number').length
  return ending > 0 ? ` ${ending} of them until a time that the list names; later events do not match them.` : ''
}

function hashNote(way: Way, own: readonly Indicator[]): string {
  const old = way.name === 'hash' && own.some((indicator) => indicator.type !== 'sha256')
  return old ? ' MD5 and SHA-1 are found where a log records them; files of the evidence are compared by SHA-256.' : ''
}

function freeId(parts: readonly string[], taken: Set<string>): string {
  const name = parts
    .map((part) => part.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 64))
    .filter(Boolean)
    .join('-')
  let id = name
  for (let n = 2; taken.has(id); n++) id = `${name}-${n}`
  taken.add(id)
  return id
}

// ---------------------------------------------------------------- looking

/**
 * `c-ip=192.0.2.1 (IOC0001: source of exploit requests)`: the field, the value, and which entry of the list. Lists begin
 * when they are written, which is after an attack: an earlier event is a hit, and says so.
 */
function says(
  field: string,
  { id, shown, context, valid }: Indicator,
  time: Event['time'],
  value: string = shown,
): string {
  const from = valid?.from ?? null
  const early = from !== null && time !== null && time < from ? `; listed as valid from ${iso(from)}` : ''
  return `${field}=${value} (${id}${value === shown ? '' : ` ${shown}`}${context === '' ? '' : `: ${context}`}${early})`
}

function texts(value: FieldValue | undefined): string[] {
  if (value === null || value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** Hostile text is looked at up to here. */
const LONGEST = 64 * 1024

function clients(indicators: readonly Indicator[]): Look {
  const find = addressFinder(indicators)
  return ({ client, fields, time }) => {
    const found = new Map<string, string>()
    for (const field of ['c-ip', 'IpAddress', 'SourceIp']) {
      for (const text of texts(fields[field])) {
        const ip = canonicalIp(text)
        const hit = ip === null ? null : find(ip, time)
        if (hit) found.set(ip!, says(field, hit, time, ip!))
      }
    }
    const hit = client === null || found.has(client) ? null : find(client, time)
    if (hit) found.set(client!, says('client', hit, time, client!))
    return [...found.values()]
  }
}

function namedInRequest(indicators: readonly Indicator[]): Look {
  const find = hostFinder(indicators)
  const urls = tableOf(indicators, 'url')
  const isListed = siteFinder(find, urls)
  return ({ fields, time }) => {
    const found: string[] = []
    for (const host of texts(fields.SsrfHost)) {
      const port = texts(fields.SsrfPort)[0]
      const path = texts(fields.SsrfPath)[0] ?? '/'
      const url =
        urls.size > 0
          ? urlKey(`http://${host}${port && port !== '443' ? `:${port}` : ''}${path.startsWith('/') ? '' : '/'}${path}`)
          : null
      const hit = find(host, time) ?? (url === null ? undefined : hitOf(urls, url, time))
      if (hit) found.push(says('SsrfHost', hit, time))
    }
    for (const referer of texts(fields['cs-referer'])) {
      const url = isListed(referer) ? urlKey(referer) : null
      const hit = url === null ? undefined : (hitOf(urls, url, time) ?? find(hostOf(url), time))
      if (hit) found.push(says('cs-referer', hit, time))
    }
    return found
  }
}

/** Maximum number of sites that are remembered. */
const SITES = 50_000

/**
 * May a URL be in a list, by its site alone? URLs with something of their own each are of few sites, and to take one apart costs more
 * than to look it up.
 */
function siteFinder(
  find: ReturnType<typeof hostFinder>,
  urls: ReadonlyMap<string, Indicator>,
): (url: string) => boolean {
  const siteOf = (key: string): string => key.slice(0, key.indexOf('/'))
  const listed = new Set([...urls.keys()].map(siteOf))
  const known = new Map<string, boolean>()
  return (url) => {
    const site = PLAIN_SITE.exec(url)?.[0]
    if (site === undefined) return true
    let is = known.get(site)
    if (is === undefined) {
      const key = urlKey(`${site}/`)
      is = key !== null && (listed.has(siteOf(key)) || find(hostOf(key), null) !== null)
      if (known.size >= SITES) known.clear()
      known.set(site, is)
    }
    return is
  }
}

/** A scheme and a host without anything that a browser writes in another form. */
const PLAIN_SITE = /^https?:\/\/[\w.:-]{1,255}(?=[/?#]|$)/i

function outbound(indicators: readonly Indicator[]): Look {
  const find = hostFinder(indicators)
  const urls = tableOf(indicators, 'url')
  return ({ fields, time }) => {
    const found: string[] = []
    for (const field of ['DestinationIp', 'DestinationHostname', 'QueryName']) {
      for (const text of texts(fields[field])) {
        const hit = find(text, time)
        if (hit) found.push(says(field, hit, time))
      }
    }
    for (const field of ['CommandLine', 'ScriptBlockText']) {
      const hits = new Set<Indicator>()
      for (const text of texts(fields[field])) {
        for (const hit of mentions(text.slice(0, LONGEST), find, urls, time)) hits.add(hit)
      }
      for (const hit of hits) found.push(says(field, hit, time))
    }
    return found
  }
}

function hostOf(url: string): string {
  return url.slice(0, url.indexOf('/')).replace(/:\d+$/, '')
}

function agents(indicators: readonly Indicator[]): Look {
  return whole(indicators, 'agent', ['cs-user-agent'], agentKey)
}

/** The whole value of a field, in the form of the list. */
function whole(
  indicators: readonly Indicator[],
  type: IndicatorType,
  names: readonly string[],
  form: (text: string) => string,
): Look {
  const table = tableOf(indicators, type)
  return ({ fields, time }) =>
    names.flatMap((name) =>
      texts(fields[name]).flatMap((text) => {
        const hit = hitOf(table, form(text), time)
        return hit ? [says(name, hit, time)] : []
      }),
    )
}

function parameters(indicators: readonly Indicator[]): Look {
  const table = tableOf(indicators, 'parameter')
  const lengths = new Set([...table.keys()].map((name) => name.length))
  return ({ fields, time }) => {
    const found = new Set<string>()
    for (const text of texts(fields['cs-uri-query'])) {
      for (const name of parameterNames(text.slice(0, LONGEST))) {
        // Most names are told by their length; an escape makes a name longer than it is.
        if (!lengths.has(name.length) && !name.includes('%')) continue
        const hit = hitOf(table, decoded(name).toLowerCase(), time)
        if (hit) found.add(says('cs-uri-query', hit, time))
      }
    }
    return [...found]
  }
}

/** What stands before `=` in each part of a query. */
function* parameterNames(query: string): Generator<string> {
  for (let at = 0; at <= query.length; ) {
    const and = query.indexOf('&', at)
    const end = and < 0 ? query.length : and
    const equals = query.indexOf('=', at)
    yield query.slice(at, equals < 0 || equals > end ? end : equals)
    at = end + 1
  }
}

// Folders whose content IIS serves: what lies below has the same path in a request.
const SERVED = /(?:inetpub\/wwwroot|frontend\/httpproxy|clientaccess)\/(.+)/s

function requested(indicators: readonly Indicator[]): Look {
  const names = tableOf(indicators, 'name')
  const paths = pathTable()
  for (const indicator of indicators) {
    if (indicator.type !== 'path') continue
    const served = SERVED.exec(indicator.value)?.[1]
    // Of other folders of a disk nothing can be asked for.
    if (served) enter(paths, `/${served}`, indicator)
    else if (!/^[a-z]:|^\\\\|^[%<]/i.test(indicator.shown)) enter(paths, indicator.value, indicator)
  }
  return ({ fields, time }) => {
    const found = new Set<string>()
    for (const stem of texts(fields['cs-uri-stem'])) {
      const parts = partsOf(decoded(stem.slice(0, LONGEST)))
      for (const part of parts) {
        const hit = hitOf(names, part, time)
        if (hit) found.add(says('cs-uri-stem', hit, time))
      }
      for (const hit of runs(parts, paths, true, time)) found.add(says('cs-uri-stem', hit, time))
    }
    return [...found]
  }
}

function filesNamed(indicators: readonly Indicator[]): Look {
  const names = tableOf(indicators, 'name')
  const extensions = tableOf(indicators, 'extension')
  const paths = pathTable()
  for (const indicator of indicators) {
    if (indicator.type !== 'path') continue
    // Only a drive says that the path begins there: that of a request lies somewhere below a web root.
    enter(paths, /^[a-z]:/i.test(indicator.shown) ? indicator.value : indicator.value.replace(/^\//, ''), indicator)
  }
  return ({ fields, time }) => {
    const found = new Set<string>()
    for (const field of ['TargetFilename', 'ImageLoaded']) {
      for (const text of texts(fields[field])) {
        const path = text.slice(0, LONGEST)
        const drive = /^[a-z]:[\\/]/i.test(path)
        const parts = partsOf(drive ? path.slice(2) : path)
        const name = parts.at(-1) ?? ''
        const extension = name.includes('.') ? name.slice(name.lastIndexOf('.')) : ''
        const hit = hitOf(names, name, time) ?? hitOf(extensions, extension, time)
        if (hit) found.add(says(field, hit, time))
        for (const other of runs(parts, paths, drive, time)) found.add(says(field, other, time))
      }
    }
    return [...found]
  }
}

/** The names in a path. Several lists look at one path, one after the other. */
function partsOf(path: string): readonly string[] {
  if (lastPath?.path !== path) {
    const parts = path
      .toLowerCase()
      .split(/[\\/]+/)
      .filter((part) => part !== '')
    lastPath = { path, parts }
  }
  return lastPath.parts
}

let lastPath: { readonly path: string; readonly parts: readonly string[] } | null = null

/**
 * Paths of a list: those that say where they begin, those that do not, the numbers of segments that occur, and the last
 * segments: a path that has none of these is in no list.
 */
type Paths = {
  readonly rooted: Map<string, Indicator>
  readonly free: Map<string, Indicator>
  readonly lengths: Set<number>
  readonly ends: Set<string>
}

function pathTable(): Paths {
  return { rooted: new Map(), free: new Map(), lengths: new Set(), ends: new Set() }
}

function enter(paths: Paths, path: string, indicator: Indicator): void {
  const parts = partsOf(path)
  const table = path.startsWith('/') ? paths.rooted : paths.free
  const key = parts.join('/')
  put(table, key, indicator)
  paths.lengths.add(parts.length)
  paths.ends.add(parts.at(-1) ?? '')
}

const DEEPEST = 64

/**
 * Entries whose segments stand one after the other in the path. One that says where it begins must stand at the
 * beginning when the path has one; otherwise an entry needs two segments, lest a bare name match anywhere.
 */
function* runs(
  parts: readonly string[],
  { rooted, free, lengths, ends }: Paths,
  begins: boolean,
  time: Event['time'],
): Generator<Indicator> {
  if (!parts.some((part) => ends.has(part))) return
  const most = Math.min(parts.length, DEEPEST)
  for (const length of lengths) {
    for (let begin = 0; begin + length <= most; begin++) {
      const key = parts.slice(begin, begin + length).join('/')
      const atRoot = begins ? begin === 0 : length > 1
      const hit = (atRoot ? hitOf(rooted, key, time) : undefined) ?? (length > 1 ? hitOf(free, key, time) : undefined)
      if (hit) yield hit
    }
  }
}

function digests(indicators: readonly Indicator[]): Look {
  const table = tableOf(
    indicators.filter(({ fileName }) => fileName === undefined),
    'sha256',
    'sha1',
    'md5',
  )
  const named = new Map<string, Indicator>()
  for (const indicator of indicators)
    if (indicator.fileName !== undefined) put(named, `${indicator.value}/${indicator.fileName}`, indicator)
  return ({ fields, time }) => {
    const names = named.size > 0 ? fileNames(fields) : []
    const found = new Map<Indicator, string>()
    for (const field of ['sha256', 'Hashes']) {
      for (const text of texts(fields[field])) {
        for (const part of text.slice(0, LONGEST).split(',')) {
          const digest = part
            .slice(part.indexOf('=') + 1)
            .trim()
            .toLowerCase()
          const hits = [hitOf(table, digest, time), ...names.map((name) => hitOf(named, `${digest}/${name}`, time))]
          for (const hit of hits) if (hit && !found.has(hit)) found.set(hit, says(field, hit, time))
        }
      }
    }
    return [...found.values()]
  }
}

/** Names of the file whose digest the event has: beside these two, `Image` is the program that wrote or loaded it. */
function fileNames(fields: Event['fields']): string[] {
  const field = ['TargetFilename', 'ImageLoaded'].find((name) => texts(fields[name]).length > 0) ?? 'Image'
  return [...new Set(texts(fields[field]).map((path) => partsOf(path.slice(0, LONGEST)).at(-1) ?? ''))]
}

/** Percent-decoded once; as it stands where the escapes are damaged. */
function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
