import { counted } from './lib/amounts.ts'
import { actionsOf } from './actions.ts'
import { actorsOf } from './actors.ts'
import { judge } from './answers.ts'
import { joinChains } from './chains.ts'
import { mailInStories, withCloudActs } from './cloud-story.ts'
import { withoutCopies } from './cloud-use.ts'
import { againstBuild } from './baselines.ts'
import { KeptTrails, trailed, withCorrelations } from './correlations.ts'
import { CoverageMeter } from './coverage.ts'
import { byTime, detect, type Found, type Known, nothingKnown, proxies, proxyNote } from './detection.ts'
import { Devices } from './devices.ts'
import { devicesInStories, withNewDevices } from './device-story.ts'
import { dutiesOf } from './duties.ts'
import { PosternError } from './errors.ts'
import type { ListingGap, Member } from './evidence/container.ts'
import { type ListedEvidence, listEvidence } from './evidence/index.ts'
import { doorOf, type ExposureFacts, exposureOf, supportOf } from './exposure.ts'
import { inOrder, isJoinable, KeptHits } from './kept-hits.ts'
import { knowledgeDigest } from './knowledge-tables.ts'
import { addTo } from './lib/lists.ts'
import { mailboxesOf, openMailboxes } from './mailboxes.ts'
import { isMisplaced, withoutMisplaced } from './misplaced.ts'
import { MailUse, NO_MAIL } from './mail-use.ts'
import { hidden } from './hidden.ts'
import { masked } from './mask.ts'
import { caseKey } from './secrets.ts'
import type { BrokenRule, Assessment, Gap, GapReason, Pool, Scan } from './model.ts'
import { type Knowledge, ruleName } from './packs.ts'
import { titleOf } from './parsers/kinds.ts'
import { opinionsOf } from './opinions.ts'
import { persistenceOf } from './persistence.ts'
import { mitigationsOf, protectionsOf } from './protections.ts'
import { asBuilds, type ServerFacts, serverFacts } from './server-facts.ts'
import { requestsOf } from './rarities.ts'
import { removalsOf } from './removed-pages.ts'
import { askAll } from './rules/ask.ts'
import { scanUnlisted } from './scan.ts'
import { clientsOf, NO_REQUESTS, RequestTables } from './traffic.ts'

/** What the user may say about how to assess. */
export type Options = {
  readonly fallbackName: string
  readonly known?: Known
  /** Campaigns named by the user: asked whatever the evidence. */
  readonly campaigns?: readonly string[]
  readonly window?: { readonly from: number | null; readonly to: number | null }
  /** Sector of the organisation: a weak sign for and against actors. */
  readonly sector?: string
  /** Pseudonyms for the people of the house. */
  readonly mask?: boolean
  /** What the tags of secrets are made with; without it the evidence itself. */
  readonly caseKey?: string
  readonly tool: string
  /** What opens encrypted archives of the evidence. */
  readonly passwords?: readonly string[]
  /** Files of knowledge besides the packs, and the signed bundle that all of it came from. */
  readonly tables?: Assessment['knowledge']['tables']
  readonly bundle?: Assessment['knowledge']['bundle']
  /** Options as they are recorded in the assessment. */
  readonly recorded?: Readonly<Record<string, string>>
  readonly onProgress?: (progress: Progress) => void
  /** Is told now and then how many files have been found so far. */
  readonly onFound?: (files: number) => void
  /** So many archives may be looked into at the same time. */
  readonly jobs?: number
  /** Lists evidence, where that is not done here. */
  readonly list?: (root: string, onFound: (files: number) => void) => Promise<ListedEvidence>
}
export type Progress = {
  readonly files: number
  readonly filesDone: number
  /** Null where the size of a file shows only when it is unpacked. */
  readonly bytes: number | null
  readonly bytesDone: number
  /** Rows and files that rules matched, as far as they are kept, and how many rules these are. */
  readonly hits: number
  readonly rules: number
}

/** The whole of Postern: evidence of one server in, the assessment out. */
export async function assess(
  evidence: readonly string[],
  knowledge: Knowledge,
  facts: ExposureFacts,
  pool: Pool,
  options: Options,
): Promise<Assessment> {
  // 1. Evidence → artifacts: list every file, read each once, and ask every rule of what it holds.
  const read = await readAll(evidence, pool, knowledge, options)
  checkOpened(read.scans, options.passwords ?? [])
  const { requests, mail, devices } = read
  const once = withoutCopies(read.scans)
  const { cloud } = once
  const placed = withoutMisplaced(once.scans)
  const { scans, notes } = withCorrelations(placed.scans, knowledge.rules)

  // 2. The server itself: its name, its product, its builds over time.
  const server = serverFacts(scans, options.fallbackName)
  const meter = new CoverageMeter(scans, server.power, server.restored)

  // 3. Hits → findings → chains.
  const here = { name: server.name, names: server.names, proxies: proxies(requests.of.client), logs: meter }
  const known = options.known ?? nothingKnown
  const found = againstBuild(
    detect(scans, knowledge.infos, here, known, options.window ?? null),
    server.builds,
    knowledge.rules.baselines,
  )
  const alone = joinChains(found)
  const mailed = mailInStories(alone.found, cloud, knowledge.infos, here, known)
  const mobile = devicesInStories(alone.found, devices, requests, knowledge.infos, here, known)
  const more = [...mailed.found, ...mobile.found]
  const joined = more.length === 0 ? alone : joinChains([...found, ...more].sort(byTime))

  // 4. Builds × fixes → exposure; findings + coverage + exposure → the six answers and the verdict.
  const doors = new Map(knowledge.campaigns.map((c) => [c.id, doorOf(c.door, server, facts)]))
  const persistent = persistenceOf(joined.found, meter, removalsOf(joined.found, scans, requests.of.path))
  const { identities } = mail
  const taken = mailboxesOf(joined.found, { server: server.name, meter, identities, use: mail, cloud })
  const judged = judge({
    server,
    campaigns: knowledge.campaigns,
    doors,
    found: joined.found,
    meter,
    stillThere: persistent.stillThere,
    mailboxes: taken,
    named: options.campaigns ?? [],
    narrowed: options.window ?? null,
    nothingRecognised: scans.every((scan) => scan.artifact.parser === null || scan.artifact.parser === 'scan'),
  })

  // 5. Whose mail, what is left, who, and what now.
  const credited: Found[] = joined.found.map((f) => ({
    ...f,
    finding: { ...f.finding, campaign: judged.credited.get(f.finding.id) ?? 'unknown' },
  }))
  const mailboxes = [...taken, ...openMailboxes(judged.answers, server.name)]
  const asked = new Set(judged.campaigns.flatMap((c) => (c.asked ? [c.campaign] : [])))
  const ruleNames = new Map([...knowledge.infos].map(([id, info]) => [id, ruleName(info)]))
  const { actors, attribution } = actorsOf(joined.chains, credited, {
    campaigns: knowledge.campaigns,
    facts: knowledge.actors,
    ruleNames,
    sector: options.sector ?? null,
  })
  const weighedFor = new Map<string, string[]>()
  for (const actor of actors) for (const chain of actor.chains) addTo(weighedFor, chain, actor.id)
  const { coverage, gaps, manifest } = accounts(scans, meter)
  const slow = slowRules(scans)
  const exposure = exposed(scans, server, facts, coverage.last === null ? null : Date.parse(coverage.last))
  const assessment: Assessment = {
    schema: 'postern-assessment/1',
    server: { name: server.name, product: server.product, builds: asBuilds(server.builds) },
    verdict: judged.verdict,
    answers: judged.answers,
    campaigns: judged.campaigns,
    exposure: { ...exposure, patchedTooLate: judged.patchedTooLate },
    chains: withNewDevices(
      withCloudActs(joined.chains, joined.found, cloud, identities),
      joined.found,
      devices,
      requests,
      identities,
    ).map((chain) => ({ ...chain, actors: weighedFor.get(chain.id) ?? [] })),
    findings: credited.map((f) => f.finding),
    clients: clientsOf(
      credited.map((f) => f.finding),
      requests.of.client,
    ),
    requests: requestsOf(requests, knowledge.rules.baselines),
    mailboxes,
    persistence: persistent.list,
    actors,
    attribution,
    actions: actionsOf(
      knowledge.actions,
      {
        product: server.product,
        answers: judged.answers,
        byCampaign: new Map(judged.campaigns.flatMap((c) => (c.asked ? [[c.campaign, c.answers]] : []))),
        found: credited,
        persistence: persistent.list,
        mailboxes,
        campaigns: knowledge.campaigns.filter(({ id }) => asked.has(id)),
        cves: exposure.cves,
      },
      ruleNames,
    ),
    duties: dutiesOf(judged.answers),
    opinions: opinionsOf(scans, credited, exposure.cves),
    coverage,
    evidence: {
      manifest,
      files: manifest.length,
      bytes: manifest.reduce((sum, artifact) => sum + artifact.size, 0),
      gaps,
      notes: [
        ...read.counted.map(countedNote),
        ...server.notes,
        ...proxyNote(here.proxies, requests.of.client),
        ...placed.notes,
        ...once.notes,
        ...notes,
        ...mailed.notes,
        ...mobile.notes,
      ],
    },
    knowledge: {
      tool: options.tool,
      sha256: knowledgeDigest(knowledge.packs, options.tables ?? []),
      bundle: options.bundle ?? null,
      tables: options.tables ?? [],
      packs: knowledge.packs,
      brokenRules: [...knowledge.broken, ...slow],
      options: options.recorded ?? {},
    },
    degraded: slow.length > 0 || gaps.some((gap) => gap.reason === 'timeout' || gap.reason === 'memory'),
    incomplete: gaps.some((gap) => gap.reason === 'bomb' || gap.reason === 'depth'),
  }
  const operators = (options.known?.accepted ?? []).map(({ by }) => by)
  // All that leaves is made of this: nothing else is given to a report.
  const shown = hidden(
    assessment,
    credited,
    caseKey(
      options.caseKey,
      read.scans.map(({ seed }) => seed),
    ),
  )
  return options.mask ? masked(shown, { ...mail.people(), found: credited, operators }) : shown
}

/** What every file gives, and what was asked of the front end and of mailboxes in all of them. */
type Read = {
  readonly scans: Scan[]
  readonly requests: RequestTables
  readonly mail: MailUse
  readonly devices: Devices
  /** Files that are there and are not among the scans. */
  readonly counted: ListedEvidence['counted']
}

/** Reads everything. The list itself is not needed any more then: of hundreds of thousands it is large. */
async function readAll(
  evidence: readonly string[],
  pool: Pool,
  { infos, rules }: Pick<Knowledge, 'infos' | 'rules'>,
  options: Options,
): Promise<Read> {
  const { members, refused, counted } = await listAll(evidence, options.passwords ?? [], options)
  const ofTrails = trailed(rules)
  const joins = (rule: string): boolean => isJoinable(infos.get(rule)) || ofTrails.has(rule)
  const read = await scanAll(members, pool, joins, options)
  const settings = { rules, ask: askAll(rules.events) }
  for (const gap of refused) read.scans.push(scanUnlisted(gap, settings))
  return { ...read, counted }
}

/** Every file of all evidence, and what could not be listed. */
export async function listAll(
  evidence: readonly string[],
  passwords: readonly string[],
  { onFound = () => undefined, jobs = 1, list }: Pick<Options, 'onFound' | 'jobs' | 'list'> = {},
): Promise<ListedEvidence> {
  const members: Member[] = []
  const refused: ListingGap[] = []
  const counted: ListedEvidence['counted'] = []
  for (const path of evidence) {
    const before = members.length
    const found = (files: number): void => onFound(before + files)
    const listed = await (list?.(path, found) ?? listEvidence(path, { passwords }, { jobs, onFound: found }))
    // One by one: a list of hundreds of thousands is more than a call takes arguments.
    for (const member of listed.members) members.push(member)
    for (const gap of listed.refused) refused.push(gap)
    for (const one of listed.counted) counted.push(one)
  }
  return { members, refused, counted }
}

/** What is said of files that were counted and not listed. */
function countedNote({ path, empty }: ListedEvidence['counted'][number]): string {
  return `${path}: ${counted(empty, 'more file')} without content, with a name that says nothing, counted and not listed`
}

async function scanAll(
  members: readonly Member[],
  pool: Pool,
  joins: (rule: string) => boolean,
  options: Options,
): Promise<Omit<Read, 'counted'>> {
  const scans: Scan[] = []
  const requests = new RequestTables()
  const mail = new MailUse('run')
  const devices = new Devices()
  const bytes = bytesOf(members)
  const matched = new Set<string>()
  const kept = new KeptHits(joins)
  const trails = new KeptTrails()
  let [filesDone, bytesDone, hits] = [0, 0, 0]
  await pool.run<Member, Scan>('scan', members, (scan, index) => {
    scans[index] = small(scan)
    // Who asks most, and whose client or device is known of old, is told by the server's own logs.
    if (!isMisplaced(scan)) {
      requests.addFile(scan)
      mail.addFile(scan.mail, scan.artifact.sha256)
      devices.addFile(scan.devices, scan.artifact.path, scan.artifact.sha256)
    }
    kept.came(scans, index)
    trails.came(scans, index)
    filesDone++
    bytesDone += scan.artifact.size
    hits += scan.hits.length
    for (const { rule } of scan.hits) matched.add(rule)
    options.onProgress?.({ files: members.length, filesDone, bytes, bytesDone, hits, rules: matched.size })
  })
  kept.finish(scans)
  trails.finish(scans)
  return { scans: inOrder(scans), requests, mail, devices }
}

/** The sum of all sizes; null where not all are known. */
export function bytesOf(members: readonly Member[]): number | null {
  return members.some(({ size }) => size === null) ? null : members.reduce((sum, { size }) => sum + (size ?? 0), 0)
}

/**
 * Of most files nothing is said but that they are there: those share what is the same in all of them. What was asked of
 * the front end is counted once for all files.
 */
function small(scan: Scan): Scan {
  const { kinds } = scan.artifact
  const isPlain =
    kinds.length === 1 && kinds[0] === 'files' && scan.hours.length === 1 && scan.hours[0]![1].length === 0
  const or = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? NOTHING : list)
  return {
    artifact: isPlain ? { ...scan.artifact, kinds: PLAIN.kinds } : scan.artifact,
    gaps: or(scan.gaps),
    hits: or(scan.hits),
    more: or(scan.more),
    trails: or(scan.trails),
    facts: or(scan.facts),
    hours: isPlain ? PLAIN.hours : scan.hours,
    requests: NO_REQUESTS,
    mail: NO_MAIL,
    ...(scan.cloud ? { cloud: scan.cloud } : {}),
    hosts: or(scan.hosts),
    recorded: or(scan.recorded),
    said: or(scan.said),
    saidMore: scan.saidMore,
    ...(scan.slow ? { slow: scan.slow } : {}),
    ...(scan.seed ? { seed: scan.seed } : {}),
  }
}

const NOTHING: readonly never[] = []
const PLAIN: Pick<Scan, 'hours'> & Pick<Scan['artifact'], 'kinds'> = { kinds: ['files'], hours: [['files', []]] }

/** Each rule once that was left out somewhere for its time. */
function slowRules(scans: readonly Scan[]): BrokenRule[] {
  const slow = scans.flatMap((scan) => scan.slow ?? [])
  const byKey = new Map(slow.map((rule) => [`${rule.file}\0${rule.detail}`, rule]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule)
}
/** Builds, settings and mitigations together: what was open, and what is. */
function exposed(
  scans: readonly Scan[],
  server: ServerFacts,
  facts: ExposureFacts,
  end: number | null,
): Omit<Assessment['exposure'], 'patchedTooLate'> {
  const isExchange = server.product !== 'none' && server.product !== 'exchange-online'
  const protections = isExchange ? protectionsOf(scans, server) : []
  const settled = { protections, mitigations: mitigationsOf(scans, server) }
  return {
    cves: exposureOf(server.product, server.builds, facts, settled),
    protections,
    support: supportOf(server.product, server.builds, facts, end),
  }
}

/**
 * Was anything opened? Passwords were given for something: where they open nothing, and nothing else is a log or page of a
 * server (a note, the collector's own description of the archive), there is nothing to assess either.
 */
function checkOpened(scans: readonly Scan[], passwords: readonly string[]): void {
  if (scans.length === 0)
    throw new PosternError(
      'nothing-opened',
      'There is no file in the evidence: name the folder or archive that holds what was copied from the server.',
    )
  const locked = scans.filter(({ artifact, gaps }) => artifact.sha256 === '' && gaps.some(isLocked))
  const isWrong = passwords.length > 0 && locked.length > 0 && !scans.some(isRecognised)
  if (isWrong) {
    const [{ artifact }] = locked as [Scan, ...Scan[]]
    throw new PosternError('nothing-opened', wrongPassword(passwords.length, locked.length, artifact.path))
  }
  const opened = scans.some((scan) => scan.artifact.sha256 !== '')
  if (!opened) {
    // Many files, one reason: it is said once.
    const reasons = new Map<string, { readonly path: string; more: number }>()
    for (const { path, detail } of scans.flatMap((scan) => scan.gaps)) {
      const known = reasons.get(detail)
      if (known) known.more++
      else reasons.set(detail, { path, more: 0 })
    }
    const why = [...reasons]
      .slice(0, 3)
      .map(([detail, { path, more }]) => `${path}${more > 0 ? ` and ${counted(more, 'more file')}` : ''}: ${detail}`)
    throw new PosternError('nothing-opened', `Nothing in the evidence could be opened. ${why.join('; ')}`)
  }
}

function wrongPassword(passwords: number, files: number, first: string): string {
  const isOne = passwords === 1
  const given = isOne ? 'The password given opens' : `None of the ${passwords} passwords given opens`
  const which =
    files === 1
      ? `${isOne ? 'nothing of ' : ''}the encrypted ${first}`
      : `${isOne ? 'none' : 'one'} of the ${files} encrypted files (${first} and ${files - 1} more)`
  return `${given} ${which}, and nothing else in the evidence is a log or page of a server.`
}

function isLocked({ reason }: Gap): boolean {
  return reason === 'encrypted'
}

/** Is it a log, a state or a page, or something that a rule matches, and not just any file? */
function isRecognised({ artifact: { parser, kinds }, hits }: Scan): boolean {
  return hits.length > 0 || (parser !== null && parser !== 'scan') || kinds.some((kind) => kind !== 'files')
}

function accounts(
  scans: readonly Scan[],
  meter: CoverageMeter,
): Pick<Assessment, 'coverage'> & {
  manifest: Assessment['evidence']['manifest']
  gaps: Assessment['evidence']['gaps']
} {
  const coverage = meter.report(scans, titleOf)
  const byReason = new Map<GapReason, { count: number; bytes: number }>()
  for (const gap of coverage.gaps) {
    const sum = byReason.get(gap.reason) ?? { count: 0, bytes: 0 }
    byReason.set(gap.reason, { count: sum.count + 1, bytes: sum.bytes + gap.length })
  }
  const gaps = [...byReason].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, sum]) => ({ reason, ...sum }))
  return { coverage, gaps, manifest: scans.map((scan) => scan.artifact) }
}
