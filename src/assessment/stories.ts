import { againstBuild } from '../findings/baseline-builds.ts'
import { type CompromisedAccounts, type Joined, joinIntrusions, type Tie } from '../findings/intrusions.ts'
import { tenantAccounts } from '../findings/tenant-accounts.ts'
import { mailInStories, withCloudActs } from '../findings/cloud-mail.ts'
import type { CloudRun } from '../activity/cloud-audit.ts'
import { tiesElsewhere } from '../findings/case-ties.ts'
import type { Elsewhere } from '../model/case-keys.ts'
import type { CoverageMeter } from './coverage/coverage.ts'
import type { ServedAt } from '../findings/client-addresses.ts'
import { canonicalIp } from '../lib/ip.ts'
import { compareByTime, detect, type FindingWithHits, type KnownActivity } from '../findings/findings.ts'
import { intrudersMail } from '../findings/intruders-mail.ts'
import { actsInSessions } from '../findings/account-sessions.ts'
import { guessingFindings } from '../findings/guessing.ts'
import { withCustomExports } from '../findings/custom-exports.ts'
import { withPageUsers } from '../findings/page-users.ts'
import { ownGrants } from '../findings/own-grants.ts'
import { devicesInStories, withNewDevices } from '../findings/devices.ts'
import type { Scan } from '../model/scan.ts'
import type { Intrusion } from '../model/finding.ts'
import type { Knowledge } from '../knowledge/load-packs.ts'
import type { ReadEvidence } from './read-evidence.ts'
import { KnownOrigins } from '../activity/known-origins.ts'
import type { Identities } from '../activity/identities.ts'
import type { Origins } from '../activity/origins.ts'
import { SharedClients } from '../activity/shared-clients.ts'
import type { IsShared, Writers } from '../findings/joins.ts'
import { laterLogons } from './later-logons.ts'
import { withServedFiles } from './served.ts'
import { isOfTenant } from '../model/log-kinds.ts'
import type { TenantFacts } from '../model/sign-ins.ts'
import type { ServerFacts } from './server/server.ts'

/** What findings and intrusions are made of. */
export type StoryInput = {
  readonly scans: readonly Scan[]
  readonly cloud: CloudRun
  readonly read: Pick<ReadEvidence, 'requests' | 'devices' | 'mail' | 'logons'>
  readonly server: ServerFacts
  readonly proxies: ReadonlySet<string>
  readonly meter: CoverageMeter
  /** What is known of tenants: their applications and networks. */
  readonly tenant: TenantFacts
  readonly known: KnownActivity
  readonly window: { readonly from: number | null; readonly to: number | null } | null
  readonly elsewhere: Elsewhere
  readonly addresses: AddressUse
  readonly origins: Origins
  /** Who wrote the files whose requests the second lookup found. */
  readonly writers?: Writers
}

export type Stories = {
  readonly intrusions: readonly Intrusion[]
  readonly found: readonly FindingWithHits[]
  /** Findings, by their numbers, that belong together for certain. */
  readonly ties: readonly Tie[]
  /** Pages that were first served after acts that may have written them. */
  readonly written: Joined['written']
  /** The intrusions with what was done in the cloud and by new devices in their stories. */
  readonly told: readonly Intrusion[]
  readonly notes: readonly string[]
}

/** What is known of addresses by the people who use them. */
export type AddressUse = {
  /** Do people log on from there? */
  readonly logsOn: (client: string) => boolean
  readonly shared: SharedClients
  /** The same, by what a tenant records alone. */
  readonly sharedInTenant: SharedClients
  readonly knownOrigins: KnownOrigins
  /** Since when the logs that the general question needs go on without a break: what lies before explains nothing that came later. */
  readonly explainsFrom: number | null
}

/** What a tenant records, without anything that the logs of a server show: who controls the server may have written these. */
export function tenantAlone(identities: Identities, cloud: CloudRun) {
  return { mail: { uses: none, identities }, devices: { uses: () => [] }, cloud: cloud.explaining('tenant') }
}

function* none(): Generator<never> {}

/** The same in every round of intrusions: neither a compromised account nor a second lookup changes it. */
export function addressUse(
  { mail, devices, logons }: StoryInput['read'],
  cloud: CloudRun,
  tenant: ReturnType<typeof tenantAlone>,
  explainsFrom: number | null,
): AddressUse {
  let byClient: ReturnType<typeof mail.mailboxesByClient> | null = null
  return {
    logsOn: (client) => (byClient ??= mail.mailboxesByClient()).of(client) !== null,
    shared: new SharedClients({ mail, devices, cloud, logons }),
    sharedInTenant: new SharedClients(tenant),
    knownOrigins: new KnownOrigins(logons, mail.identities, explainsFrom),
    explainsFrom,
  }
}

/** Findings before any intrusion, and what has to be said of them. */
export type Alone = Pick<Stories, 'found' | 'notes'>

/** Hits → findings, with those that are computed from counted logons. */
export function findingsAlone(input: StoryInput, { infos, rules }: Pick<Knowledge, 'infos' | 'rules'>): Alone {
  const { scans, cloud, server, known, addresses, read } = input
  const here = serverOf(input)
  const { identities } = read.mail
  const sole = read.mail.soleAccounts()
  // Behind a front end or a balancer that hides clients, more than one account has its address.
  const servedAt: ServedAt = (name, client) => {
    const account = identities.accountOf(name)
    return addresses.knownOrigins.isServedAt(account, client) || sole.get(canonicalIp(client) ?? client) === account
  }
  const detected = againstBuild(
    detect(withServedFiles(scans), infos, { ...here, servedAt }, known, input.window, input.elsewhere),
    server.builds,
    rules.baselines,
  )
  const federation = { tokens: read.logons.tokens(), identities }
  const since = (time: number): number | null => input.meter.since(time, 'tenant')
  const accounts = tenantAccounts(detected, cloud, infos, here, known, input.tenant, federation, since)
  const { knownOrigins, explainsFrom } = addresses
  const counted = { ...read, identities, knownOrigins, explainsFrom }
  const guessing = guessingFindings(detected, counted, infos, here, known)
  const own = ownGrants([...detected, ...accounts.found], { identities, origins: input.origins }, infos, here, known)
  const computed = [...withCustomExports(accounts.found, scans), ...guessing.found, ...own]
  const all = computed.length === 0 ? detected : [...detected, ...computed].sort(compareByTime)
  return {
    found: withPageUsers(all, knownOrigins),
    notes: [...accounts.notes, ...guessing.notes],
  }
}

/** Findings → intrusions; mail and devices that only a story makes findings are joined to theirs. */
export function storiesOf(
  input: StoryInput,
  { found, notes }: Alone,
  { infos }: Pick<Knowledge, 'infos'>,
  byAccount: CompromisedAccounts = new Map(),
): Stories {
  const { cloud, known, elsewhere, addresses } = input
  const { requests, devices, mail, logons } = input.read
  const { identities } = mail
  const here = serverOf(input)
  const isShared: IsShared = (client, time, log) =>
    (isOfTenant(log) ? addresses.sharedInTenant : addresses.shared).isSharedBefore(client, time)
  const accountOf = (name: string): string => identities.accountOf(name)
  const join = (
    all: readonly FindingWithHits[],
    afterSign?: ReadonlyMap<string, string>,
    opened: readonly FindingWithHits[] = [],
  ): Joined => {
    // An account that is served at the attacker's address is in the attacker's hands there.
    const there = new Set(opened.map(({ finding }) => finding.id))
    const signs = { has: (id: string): boolean => byAccount.has(id) || there.has(id) }
    return joinIntrusions(all, addresses.logsOn, {
      ...(afterSign ? { afterSign } : {}),
      elsewhere: tiesElsewhere(all, elsewhere.hostile, accountOf),
      byAccount,
      inSessions: actsInSessions(all, { logons, identities }, signs),
      isShared,
      writers: input.writers ?? new Map(),
    })
  }
  const alone = join(found)
  const mailed = mailInStories(alone.found, cloud, infos, here, known)
  const mobile = devicesInStories(alone.found, devices, requests, infos, here, known, (client, time) =>
    addresses.knownOrigins.isUsedBefore(client, time),
  )
  const { explainsFrom } = addresses
  const opened = intrudersMail(alone.found, { logons, mail, identities, explainsFrom, byAccount }, infos, here, known)
  const later = laterLogons(alone.found, { logons, identities, origins: input.origins }, byAccount, infos, here, known)
  const more = [...mailed.found, ...mobile.found, ...opened.found, ...later.found]
  const joined = more.length === 0 ? alone : join([...found, ...more].sort(compareByTime), later.after, opened.found)
  const acts = withCloudActs(joined.intrusions, joined.found, cloud, identities)
  return {
    ...joined,
    told: withNewDevices(acts, joined.found, devices, requests, identities),
    notes: [...notes, ...mailed.notes, ...mobile.notes, ...opened.notes],
  }
}

function serverOf({ server, proxies, meter }: StoryInput) {
  return { name: server.name, names: server.names, proxies, logs: meter }
}
