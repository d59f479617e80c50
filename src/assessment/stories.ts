import { againstBuild } from '../findings/baseline-builds.ts'
import { type CompromisedAccounts, type Joined, joinIntrusions, type Tie } from '../findings/intrusions.ts'
import { tenantAccounts } from '../findings/tenant-accounts.ts'
import { mailInStories, withCloudActs } from '../findings/cloud-mail.ts'
import type { CloudRun } from '../activity/cloud-audit.ts'
import { tiesElsewhere } from '../findings/case-ties.ts'
import type { Elsewhere } from '../model/case-keys.ts'
import type { CoverageMeter } from './coverage/coverage.ts'
import { compareByTime, detect, type FindingWithHits, type KnownActivity } from '../findings/findings.ts'
import { intrudersMail } from '../findings/intruders-mail.ts'
import { guessingFindings } from '../findings/guessing.ts'
import { devicesInStories, withNewDevices } from '../findings/devices.ts'
import type { Scan } from '../model/scan.ts'
import type { Intrusion } from '../model/finding.ts'
import type { Knowledge } from '../knowledge/load-packs.ts'
import type { ReadEvidence } from './read-evidence.ts'
import { SharedClients } from '../activity/shared-clients.ts'
import type { IsShared, Writers } from '../findings/joins.ts'
import { withServedFiles } from './served.ts'
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

/** Hits → findings → intrusions; mail and devices that only a story makes findings are joined to theirs. */
export function storiesOf(
  input: StoryInput,
  { infos, rules }: Pick<Knowledge, 'infos' | 'rules'>,
  byAccount: CompromisedAccounts = new Map(),
): Stories {
  const { scans, cloud, server, meter, known, elsewhere } = input
  const { requests, devices, mail } = input.read
  const here = { name: server.name, names: server.names, proxies: input.proxies, logs: meter }
  const detected = againstBuild(
    detect(withServedFiles(scans), infos, here, known, input.window, elsewhere),
    server.builds,
    rules.baselines,
  )
  const accounts = tenantAccounts(detected, cloud, infos, here, known, input.tenant)
  const counted = { ...input.read, identities: mail.identities }
  const guessing = guessingFindings(detected, counted, infos, here, known)
  const computed = [...accounts.found, ...guessing.found]
  const found = computed.length === 0 ? detected : [...detected, ...computed].sort(compareByTime)
  const logsOn = peopleAt(mail)
  const shared = new SharedClients({ mail, devices, cloud })
  const isShared: IsShared = (client, time) => shared.isSharedBefore(client, time)
  const accountOf = (name: string): string => mail.identities.accountOf(name)
  const join = (all: readonly FindingWithHits[]): Joined =>
    joinIntrusions(all, logsOn, {
      elsewhere: tiesElsewhere(all, elsewhere.hostile, accountOf),
      byAccount,
      isShared,
      writers: input.writers ?? new Map(),
    })
  const alone = join(found)
  const mailed = mailInStories(alone.found, cloud, infos, here, known)
  const mobile = devicesInStories(alone.found, devices, requests, infos, here, known)
  const opened = intrudersMail(alone.found, counted, infos, here, known)
  const more = [...mailed.found, ...mobile.found, ...opened.found]
  const joined = more.length === 0 ? alone : join([...found, ...more].sort(compareByTime))
  const acts = withCloudActs(joined.intrusions, joined.found, cloud, mail.identities)
  return {
    ...joined,
    told: withNewDevices(acts, joined.found, devices, requests, mail.identities),
    notes: [...accounts.notes, ...guessing.notes, ...mailed.notes, ...mobile.notes, ...opened.notes],
  }
}

/** Do people log on from an address? Counted at the first question. */
export function peopleAt(mail: StoryInput['read']['mail']): (client: string) => boolean {
  let known: ReturnType<typeof mail.mailboxesByClient> | null = null
  return (client) => (known ??= mail.mailboxesByClient()).of(client) !== null
}
