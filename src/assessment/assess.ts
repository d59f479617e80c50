import { actionsOf } from './response/actions.ts'
import { actorsOf } from './attribution/attribution.ts'
import { judge, type JudgedQuestions } from './answers/answers.ts'
import { type CloudRun, withoutCopies } from '../activity/cloud-audit.ts'
import { withCorrelations } from '../findings/correlations.ts'
import { CoverageMeter } from './coverage/coverage.ts'
import { type FindingWithHits, type KnownActivity, nothingKnown, proxyNote } from '../findings/findings.ts'
import { proxiesByDay } from '../findings/client-addresses.ts'
import { dutiesOf } from '../knowledge/reporting-duties.ts'
import { doorOf, exposureOf, type ExposureTimeline, supportOf } from './exposure/exposure.ts'
import { type ExposureFacts } from '../knowledge/exposure-tables.ts'
import { knowledgeDigest } from '../knowledge/digest.ts'
import { pageFactsOf } from './page-facts.ts'
import { addTo, leastOf } from '../lib/collections.ts'
import { mailboxesOf, openMailboxes } from './mailboxes/mailboxes.ts'
import { withoutMisplaced } from './server/misplaced.ts'
import { type CaseKeys, type Elsewhere, nothingElsewhere } from '../model/case-keys.ts'
import { caseKeysOf, elsewhereNotes } from './case-keys.ts'
import { hidden } from './hide-secrets.ts'
import { masked } from './pseudonymize.ts'
import { caseKey } from '../lib/secrets.ts'
import type { Pool, Scan } from '../model/scan.ts'
import type { Assessment } from '../model/assessment.ts'
import type { Mailbox } from '../model/mailbox.ts'
import type { Coverage } from '../model/coverage.ts'
import type { BrokenRule } from '../model/rule.ts'
import type { GapReason } from '../model/evidence.ts'
import { type Knowledge, ruleName } from '../knowledge/load-packs.ts'
import { kindTitle, type LogKind } from '../model/log-kinds.ts'
import { DAY } from '../lib/time.ts'
import { opinionsOf } from './other-tools.ts'
import { type Persistent, persistenceOf } from './persistence.ts'
import { mitigationsOf, protectionsOf } from './exposure/protections.ts'
import { counted } from '../lib/amounts.ts'
import { countedNote, type ReadEvidence, readEvidence } from './read-evidence.ts'
import { type ReadingOptions } from '../evidence/list-all.ts'
import { asBuilds, isOfSeveral, type ServerFacts, serverFacts } from './server/server.ts'
import type { Intrusion } from '../model/finding.ts'
import { withBelowWorkers } from '../findings/below-workers.ts'
import { withCompiledPages } from '../findings/compiled-pages.ts'
import { type LookupResult, secondLookup } from './second-lookup.ts'
import {
  addressUse,
  type Alone,
  findingsAlone,
  type Stories,
  storiesOf,
  type StoryInput,
  tenantAlone,
} from './stories.ts'
import { asWeighed, compromisedAccounts, weigh, type Weighing, type WeighingContext } from './weighing/weigh.ts'
import { requestsOf } from './rare-requests.ts'
import { logsThatExplainNothing } from '../findings/second-series.ts'
import { Administration } from '../activity/administration.ts'
import { configuredPaths, folderIn, knownLibraries } from './served.ts'
import { configurationCopies } from './configuration-copies.ts'
import { contradictionNotes } from '../activity/front-end-logs.ts'
import { HiddenAddresses, isHiddenAt } from '../activity/hidden-addresses.ts'
import { Origins } from '../activity/origins.ts'
import { removalsOf } from '../findings/removed-pages.ts'
import { clientsOf } from '../activity/requests.ts'

/** What the user may say about how to assess. */
export type Options = ReadingOptions & {
  readonly fallbackName: string
  readonly known?: KnownActivity
  /** Campaigns named by the user: asked whatever the evidence. */
  readonly campaigns?: readonly string[]
  readonly window?: { readonly from: number | null; readonly to: number | null }
  /** Sector of the organization: a weak sign for and against actors. */
  readonly sector?: string
  /** Pseudonyms for your users. */
  readonly mask?: boolean
  /** What the tags of secrets are made with; without it the evidence itself. */
  readonly caseKey?: string
  readonly tool: string
  /** Files of knowledge besides the packs, and the signed bundle that all of it came from. */
  readonly tables?: Assessment['knowledge']['tables']
  readonly bundle?: Assessment['knowledge']['bundle']
  /** Options as they are recorded in the assessment. */
  readonly recorded?: Readonly<Record<string, string>>
  /** Keys from other servers of the case, and the receiver of the keys of this one. */
  readonly elsewhere?: Elsewhere
  readonly onKeys?: (keys: CaseKeys, server: string) => void
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
  const read = await readEvidence(evidence, pool, knowledge, options)
  let kept = keptOf(read.scans, knowledge)

  // 2. The server itself: its name, its product, its builds over time.
  const server = serverFacts(kept.scans, options.fallbackName)
  const meter = new CoverageMeter(kept.scans, server.power, server.restored)

  // 3. Hits → findings → intrusions.
  const hides = hiddenBy(read)
  kept = { ...kept, notes: [...kept.notes, ...contradicted(read, meter, hides)] }
  const known = options.known ?? nothingKnown
  const tenant = facts.tenant ?? { applications: new Map(), networks: [] }
  const { window = null, elsewhere = nothingElsewhere } = options
  const explainingCloud = kept.cloud.explaining(server.product === 'exchange-online' ? 'tenant' : 'server')
  const ofTenant = tenantAlone(read.mail.identities, kept.cloud)
  const addresses = addressUse(read, explainingCloud, ofTenant, explainsFrom(meter, knowledge, server.product))
  const explainsTenantFrom = meter.tenant && explainsFrom(meter, knowledge, 'exchange-online')
  const origins = originsIn(read, kept.cloud, ofTenant, meter, addresses.explainsFrom)
  const ofRun = { meter, tenant, known, window, elsewhere, addresses }
  const input = { ...kept, read, origins, server, proxies: hides, ...ofRun }
  const alone = findingsAlone(input, knowledge)

  // 4. What each finding comes to: signs by subject, explanations, ties to an intrusion; then requests for files that attackers wrote.
  const doors = doorsOf(knowledge, server, facts)
  const pages = pageFactsOf(kept.scans)
  const hasAllPages = meter.has('web-roots') && meter.has('iis-config')
  const { knownOrigins, explainsFrom: from } = addresses
  const hasFolders = meter.has('iis-config')
  const administration = new Administration(kept.scans, logsThatExplainNothing(kept.scans))
  const exposedSince = exposedSinceOf(knowledge, doors)
  const areSeveral = isOfSeveral(server)
  const starts = { explainsFrom: from, explainsTenantFrom }
  const seen = { logs: meter, origins, knownOrigins, ...starts, pages, hasAllPages, areSeveral, hasFolders }
  const explaining = { administration, exposedSince, known, ...servedContext(kept.scans, read) }
  const around = { server, doors, ...seen, elsewhere: elsewhere.hostile, ...explaining }
  let { stories, weighing } = toldAndWeighed(input, alone, knowledge, around)
  const again = await lookedUp(stories, input, origins, knowledge, options)
  if (again !== null) {
    kept = { ...kept, scans: again.scans, notes: [...kept.notes, ...again.notes] }
    const withLookup = { ...input, ...again }
    const more = findingsAlone(withLookup, knowledge)
    ;({ stories, weighing } = toldAndWeighed(withLookup, more, knowledge, around))
  }
  const { infos } = knowledge
  const keySource = {
    ...kept,
    infos,
    proxies: hides,
    found: stories.found,
    weighed: weighing.of,
    origins,
    elsewhere,
    server,
  }
  if (options.onKeys) options.onKeys(caseKeysOf(keySource), server.name)
  const run: Run = { knowledge, facts, options, read, kept, server, meter, proxies: hides, doors, stories, weighing }

  // 5. Builds × fixes → exposure; findings + coverage + exposure → the six answers and the verdict.
  const judgement = judgementOf(run)

  // 6. Whose mail, what is left, who, and what now.
  const outcome = outcomeOf(run, judgement)
  const assessment = assessmentOf(run, judgement, outcome)

  // All that leaves is made of this: nothing else is given to a report.
  const { credited } = outcome
  const seeds = read.scans.map(({ seed }) => seed)
  const shown = hidden(assessment, credited, caseKey(options.caseKey, seeds))
  const operators = (options.known?.accepted ?? []).map(({ by }) => by)
  return options.mask ? masked(shown, { ...read.mail.people(), found: credited, operators }) : shown
}

/** Addresses of proxies that hide clients, on each day. Logons behind them become those of whom they name. */
function hiddenBy({ requests, mail, logons }: ReadEvidence): ReadonlySet<string> {
  const proxiesOn = proxiesByDay(requests.of, mail.mailboxesByClient(), requests.days)
  const direct = logons.direct((user) => mail.identities.accountOf(user))
  const hides = new HiddenAddresses((day) =>
    [proxiesOn(day), logons.forwarders(day)].map((proxies) => direct.withoutDirect(proxies, day)),
  )
  logons.reveal(hides)
  return hides
}

/** Logons that one log of the front end has and the other one lacks explain nothing from now on. */
function contradicted(
  { requests, mail, logons }: ReadEvidence,
  meter: CoverageMeter,
  hides: ReadonlySet<string>,
): readonly string[] {
  const mirror = {
    covers: (kind: LogKind, hour: number) => meter.covers(kind, hour),
    paths: requests.of.path.values,
    isHidden: (client: string, day: number) => isHiddenAt(hides, client, day * DAY),
  }
  return contradictionNotes(logons.compare(mirror, (user) => mail.identities.accountOf(user)))
}

/** From where accounts work, by the server's logs and what the user gives of the tenant; what a tenant records is compared with that alone. */
function originsIn(
  read: ReadEvidence,
  cloud: CloudRun,
  ofTenant: ReturnType<typeof tenantAlone>,
  meter: CoverageMeter,
  from: number | null,
): Origins {
  // Where a tenant's records begin with the acts, no account was at work there before; logs of a server that begin later say nothing of it.
  const { first, tenant } = meter
  const origins =
    tenant &&
    new Origins(ofTenant, Math.min(tenant.first, first ?? Infinity), (time) => meter.since(time, 'tenant'), null, first)
  return new Origins({ ...read, cloud: cloud.explaining('server') }, first, () => from, origins)
}

/** Since when the logs that show whether a vulnerability worked go on without a break; null where they are not all there. */
function explainsFrom(meter: CoverageMeter, { general }: Knowledge, product: string): number | null {
  const { first, last } = (product === 'exchange-online' ? meter.tenant : null) ?? meter
  const needs = general === null ? [] : ((general.needsOf[product] ?? general.needs).exploited ?? [])
  return needs.length === 0 || first === null || last === null ? null : meter.stretch(first, last, needs)
}

/** What the configuration of IIS serves, how old its copies are, and which paths were requested. */
function servedContext(
  scans: readonly Scan[],
  { requests }: ReadEvidence,
): Pick<WeighingContext, 'paths' | 'clients' | 'isConfigured' | 'isKnownLibrary' | 'configurations'> {
  const libraries = knownLibraries(scans)
  return {
    isKnownLibrary: (path) => libraries.has(folderIn(path.toLowerCase().replaceAll('\\', '/'))),
    paths: requests.of.path,
    clients: requests.of.client,
    isConfigured: configuredPaths(scans),
    configurations: configurationCopies(scans),
  }
}

/** What the second lookup finds for the intrusions so far; null where there is nothing more. */
function lookedUp(
  { found }: Stories,
  { scans, read, addresses, proxies, cloud }: StoryInput & { readonly read: ReadEvidence },
  origins: Origins,
  { infos, rules }: Knowledge,
  { passwords = [] }: Options,
): Promise<LookupResult | null> {
  const { requests, requestsBeside, requestLogs, mail, mailLogs, sent, trackingLogs, logons } = read
  return secondLookup({
    mail,
    mailLogs,
    sent,
    trackingLogs,
    cloud,
    logons,
    origins,
    proxies,
    events: rules.events,
    scans,
    found,
    requests: [requests, requestsBeside],
    requestLogs,
    infos,
    baselines: rules.baselines,
    passwords,
    logsOn: addresses.logsOn,
    isUsedBefore: (client, time) =>
      addresses.shared.isSharedBefore(client, time) || addresses.knownOrigins.isUsedBefore(client, time),
    explainsFrom: addresses.explainsFrom,
  })
}

function doorsOf(
  { campaigns }: Knowledge,
  server: ServerFacts,
  facts: ExposureFacts,
): ReadonlyMap<string, ExposureTimeline> {
  return new Map(campaigns.map(({ id, vulnerabilities }) => [id, doorOf(vulnerabilities, server, facts)]))
}

/** The first day on which a vulnerability was used anywhere that was, or may have been, open on this server. */
function exposedSinceOf({ campaigns }: Knowledge, doors: ReadonlyMap<string, ExposureTimeline>): number | null {
  const began = campaigns.flatMap(({ id, exploitation }) => {
    const door = doors.get(id)
    const isClosed = !door?.affected || (door.spans.length > 0 && door.spans.every(({ state }) => state === 'fixed'))
    return isClosed ? [] : [Date.parse(exploitation.from)]
  })
  return leastOf(began.filter(Number.isFinite), null)
}

/** Intrusions and what the evidence comes to, with those of accounts that come to more than a lead without one. */
function toldAndWeighed(
  input: StoryInput,
  alone: Alone,
  knowledge: Knowledge,
  around: WeighingContext,
): { readonly stories: Stories; readonly weighing: Weighing } {
  let joined = storiesOf(input, alone, knowledge)
  let weighing = weigh(joined.found, joined.ties, around, joined.written)
  const accounts = compromisedAccounts(joined.found, weighing)
  if (accounts.size > 0) {
    joined = storiesOf(input, alone, knowledge, accounts)
    weighing = weigh(joined.found, joined.ties, around, joined.written)
  }
  return { stories: weighedStories(joined, weighing), weighing }
}

/** The stories with what each finding comes to, and the intrusions that are such. */
function weighedStories(joined: Stories, weighing: Weighing): Stories {
  const found = asWeighed(joined.found, weighing)
  const entered = new Set(found.map(({ finding }) => finding.intrusion))
  const isEntered = ({ id }: Intrusion): boolean => entered.has(id)
  return { ...joined, found, intrusions: joined.intrusions.filter(isEntered), told: joined.told.filter(isEntered) }
}

/** What counts of what was read. */
type Kept = { readonly scans: readonly Scan[]; readonly cloud: CloudRun; readonly notes: readonly string[] }

/** The scans without copies and without what is not this server's, with the findings that rows make together. */
function keptOf(all: readonly Scan[], { rules }: Knowledge): Kept {
  const once = withoutCopies(all)
  const placed = withoutMisplaced(once.scans)
  const { scans, notes } = withCorrelations(withBelowWorkers(withCompiledPages(placed.scans), rules.events), rules)
  return { scans, cloud: once.cloud, notes: [...placed.notes, ...once.notes, ...notes] }
}

/** What the last two stages are given. */
type Run = {
  readonly knowledge: Knowledge
  readonly facts: ExposureFacts
  readonly options: Options
  readonly read: ReadEvidence
  readonly kept: Kept
  readonly server: ServerFacts
  readonly meter: CoverageMeter
  /** Addresses of proxies that hide clients. */
  readonly proxies: ReadonlySet<string>
  /** When the server was open to the vulnerabilities of each campaign. */
  readonly doors: ReadonlyMap<string, ExposureTimeline>
  readonly stories: Stories
  readonly weighing: Weighing
}

type Judgement = {
  readonly judged: JudgedQuestions
  readonly persistent: Persistent
  readonly taken: readonly Mailbox[]
  readonly exposure: ReturnType<typeof exposed>
}

/** The six answers and the verdict, with what they rest on. */
function judgementOf({
  knowledge,
  facts,
  options,
  read,
  kept,
  server,
  meter,
  doors,
  stories,
  weighing,
}: Run): Judgement {
  const { found } = stories
  const { scans, cloud } = kept
  const { identities } = read.mail
  const persistent = persistenceOf(
    found,
    meter,
    removalsOf(found, scans, read.requests.of.path),
    identities,
    isOfSeveral(server),
  )
  const taken = mailboxesOf(found, { server: server.name, meter, identities, use: read.mail, cloud })
  const exposure = exposed(scans, server, facts, meter.last)
  const judged = judge({
    server,
    exposure,
    campaigns: knowledge.campaigns,
    general: knowledge.general,
    doors,
    found,
    meter,
    stillThere: persistent.stillThere,
    mailboxes: taken,
    subjects: weighing.subjects,
    openLeads: weighing.subjects.filter(({ is }) => is === 'open-lead'),
    named: options.campaigns ?? [],
    narrowed: options.window ?? null,
    known: facts.known,
    areTokensUnknown: areTokensUnknown(read, cloud),
    nothingRecognized: scans.every((scan) => scan.artifact.parser === null || scan.artifact.parser === 'scan'),
  })
  return { judged, persistent, taken, exposure }
}

type Outcome = ReturnType<typeof actorsOf> & {
  /** The findings, each with the campaign that it is credited to. */
  readonly credited: readonly FindingWithHits[]
  readonly mailboxes: readonly Mailbox[]
  readonly exposure: ReturnType<typeof exposed>
  readonly actions: Assessment['actions']
  readonly coverage: Coverage
}

function areTokensUnknown({ logons }: ReadEvidence, cloud: Pick<CloudRun, 'signIns'>): boolean {
  const tokens = logons.tokens()
  if (tokens !== null && tokens.size > 0) return false
  for (const { issuer } of cloud.signIns()) if (issuer === 'federated') return true
  return false
}

/** What follows from the judgement: whose mail, who, what was open, what now. */
function outcomeOf({ knowledge, options, kept, server, meter, stories }: Run, judgement: Judgement): Outcome {
  const { judged, persistent, taken, exposure } = judgement
  const credited = stories.found.map((f) => ({
    ...f,
    finding: { ...f.finding, campaign: judged.credited.get(f.finding.id) ?? 'unknown' },
  }))
  const mailboxes = [...taken, ...openMailboxes(judged.answers, server.name)]
  const ruleNames = new Map([...knowledge.infos].map(([id, info]) => [id, ruleName(info)]))
  const coverage = meter.report(kept.scans, kindTitle)
  const byCampaign = new Map(judged.campaigns.flatMap((c) => (c.assessed ? [[c.campaign, c.answers]] : [])))
  const actions = actionsOf(
    knowledge.actions,
    {
      product: server.product,
      answers: judged.answers,
      byCampaign,
      found: credited,
      persistence: persistent.list,
      mailboxes,
      campaigns: knowledge.campaigns.filter(({ id }) => byCampaign.has(id)),
      cves: exposure.cves,
    },
    ruleNames,
  )
  const weighed = actorsOf(stories.intrusions, credited, {
    campaigns: knowledge.campaigns,
    facts: knowledge.actors,
    ruleNames,
    sector: options.sector ?? null,
  })
  return { ...weighed, credited, mailboxes, exposure, actions, coverage }
}

/** All of it in the form that reports are made of. */
function assessmentOf(run: Run, { judged, persistent }: Judgement, outcome: Outcome): Assessment {
  const { knowledge, read, kept, server, stories } = run
  const { actors, attribution, credited, mailboxes, exposure, actions, coverage } = outcome
  const findings = credited.map(({ finding }) => finding)
  const weighedFor = new Map<string, string[]>()
  for (const actor of actors) for (const intrusion of actor.intrusions) addTo(weighedFor, intrusion, actor.id)
  const slow = slowRules(kept.scans)
  const evidence = evidenceOf(run, coverage)
  return {
    schema: 'postern-assessment/2',
    server: { name: server.name, product: server.product, builds: asBuilds(server.builds) },
    verdict: judged.verdict,
    answers: judged.answers,
    campaigns: judged.campaigns,
    exposure: { ...exposure, known: run.facts.known, patchedTooLate: judged.patchedTooLate },
    intrusions: stories.told.map((intrusion) => ({ ...intrusion, actors: weighedFor.get(intrusion.id) ?? [] })),
    findings,
    subjects: run.weighing.subjects.filter(({ is }) => is !== 'nothing'),
    clients: clientsOf(findings, read.requests.of.client),
    requests: requestsOf(read.requests, knowledge.rules.baselines),
    mailboxes,
    persistence: persistent.list,
    actors,
    attribution,
    actions,
    duties: dutiesOf(judged.answers),
    thirdPartyResults: opinionsOf(kept.scans, credited, exposure.cves, run.facts),
    coverage,
    evidence,
    knowledge: knowledgeOf(run, slow),
    degraded: slow.length > 0 || evidence.gaps.some(({ reason }) => reason === 'timeout' || reason === 'memory'),
    incomplete: evidence.gaps.some(({ reason }) => reason === 'bomb' || reason === 'depth'),
  }
}

/** What was there, what of it could not be read, and what has to be said of it. */
function evidenceOf(
  { read, kept, server, proxies, stories, options }: Run,
  coverage: Coverage,
): Assessment['evidence'] {
  const manifest = kept.scans.map((scan) => scan.artifact)
  const byReason = new Map<GapReason, { count: number; bytes: number }>()
  for (const gap of coverage.gaps) {
    const sum = byReason.get(gap.reason) ?? { count: 0, bytes: 0 }
    byReason.set(gap.reason, { count: sum.count + 1, bytes: sum.bytes + gap.length })
  }
  return {
    manifest,
    files: manifest.length,
    bytes: manifest.reduce((sum, artifact) => sum + artifact.size, 0),
    gaps: [...byReason].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, sum]) => ({ reason, ...sum })),
    notes: [
      ...read.counted.map(countedNote),
      ...server.notes,
      ...proxyNote(proxies, read.requests.of.client),
      ...kept.notes,
      ...stories.notes,
      ...sentNote(read.sent.beyond),
      ...elsewhereNotes(options.elsewhere ?? nothingElsewhere),
    ],
  }
}

function sentNote(beyond: number): string[] {
  if (beyond === 0) return []
  return [
    `message tracking: ${counted(beyond, 'message')} beyond the limit of senders and hours; mail that an account sent to many may be among them`,
  ]
}

/** What it was judged with. */
function knowledgeOf({ knowledge, options }: Run, slow: readonly BrokenRule[]): Assessment['knowledge'] {
  return {
    tool: options.tool,
    sha256: knowledgeDigest(knowledge.packs, options.tables ?? []),
    bundle: options.bundle ?? null,
    tables: options.tables ?? [],
    packs: knowledge.packs,
    brokenRules: [...knowledge.broken, ...slow],
    options: options.recorded ?? {},
  }
}

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
): Omit<Assessment['exposure'], 'patchedTooLate' | 'known'> {
  const isExchange = server.product !== 'none' && server.product !== 'exchange-online'
  const protections = isExchange ? protectionsOf(scans, server, facts) : []
  const settled = { protections, mitigations: mitigationsOf(scans, server, facts) }
  return {
    cves: exposureOf(server.product, server.builds, facts, settled),
    protections,
    support: supportOf(server.product, server.builds, facts, end),
  }
}
