import type { FindingWithHits } from '../../src/findings/findings.ts'
import {
  confidenceOfStrength,
  type Sign,
  type SignKind,
  type Strength,
  type SubjectKind,
} from '../../src/model/sign.ts'
import { isByStrength, levelBefore } from '../../src/findings/serious.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Stage } from '../../src/model/stages.ts'

/** What a made finding is: `shell page decisive content`, and what differs from the usual. */
type Made = Partial<Finding> & {
  readonly fields?: Readonly<Record<string, unknown>>
  readonly joined?: readonly string[]
  readonly users?: readonly (string | null)[]
  readonly clients?: readonly string[]
  readonly times?: readonly string[]
  readonly counts?: boolean
}

let made = 0

/** A finding as the rules make it, for tests of the weighing. */
export function found(what: string, more: Made = {}): FindingWithHits {
  const [stage, subject, strength, kind] = what.split(' ') as [Stage, SubjectKind, Strength, SignKind]
  const sign: Sign = { subject, kind, strength }
  const { fields = {}, joined, users, clients, times, counts = true, ...own } = more
  const finding = {
    id: `f${++made}`,
    rule: `rule of ${what}`,
    title: `Title of ${what}`,
    stage,
    sign,
    level: levelBefore(stage, sign),
    confidence: confidenceOfStrength[strength],
    is: isByStrength[strength],
    campaign: 'unknown',
    client: null,
    user: null,
    target: null,
    host: 'MAIL01',
    log: 'iis-frontend',
    time: '2026-03-03T04:00:00.000Z',
    first: '2026-03-03T04:00:00.000Z',
    last: '2026-03-03T04:00:00.000Z',
    cves: [],
    facts: {},
    intrusion: null,
    notes: [],
    ...own,
  } as unknown as Finding
  const rows = Math.max(users?.length ?? 1, clients?.length ?? 1, times?.length ?? 1)
  const hits = Array.from({ length: rows }, (_, i) => ({
    rule: finding.rule,
    matched: [],
    ...(joined ? { joined } : {}),
    event: {
      log: finding.log,
      time: Date.parse(times?.[i] ?? times?.[0] ?? finding.time!),
      fields,
      user: users?.[i] ?? finding.user,
      client: clients?.[i] ?? finding.client,
      target: finding.target,
      host: finding.host,
      at: { path: 'made.log', offset: i },
    },
  }))
  return { finding, hits, counts } as unknown as FindingWithHits
}
