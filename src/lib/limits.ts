/**
 * The most entries of the lists of an answer that evidence can make longer. What is beyond is counted beside the list (`more`), and
 * findings.jsonl and coverage.jsonl hold every finding, file and gap. A person reads none of these lists to its end: each limit is
 * well above what servers that were really attacked have, and low enough that the whole answer stays a file that opens.
 */
export const limits = {
  /** Intrusions. A server under mass exploitation has some dozens; each may list a thousand findings. */
  intrusions: 1_000,
  intrusion: { clients: 200, findings: 1_000, attackChain: 200, joinedBy: 20, actors: 100 },
  /** What a hypothesis rests on. Sentences that say the same of several intrusions are one already. */
  actors: 500,
  actor: { supporting: 50, contradicting: 50, intrusions: 200, references: 100 },
  /** What an answer rests on: a reader wants the strongest, and the dates between which logs are missing. */
  answer: { because: 200, missing: 500, missingEvidence: 50 },
  /** What was weighed: each module, page, account and so on, and clients, which a scan makes many of. */
  subjects: 2_000,
  subject: { findings: 100 },
  mailboxes: 2_000,
  mailbox: { because: 100, undetermined: 50 },
  persistence: 2_000,
  persistent: { because: 50 },
  thirdPartyResults: 2_000,
  opinion: { because: 50 },
  clients: 1_000,
  client: { findings: 200 },
  statuses: 100,
  /** Builds of a server and what follows from them for each vulnerability: an update a month for ten years is 120. */
  builds: 200,
  intervals: 200,
  /** Of a log kind: ten years of days; log gaps. */
  days: 4_000,
  logGaps: 500,
  gaps: 5_000,
  unknown: 5_000,
  blindSpots: 5_000,
  notes: 1_000,
  brokenRules: 1_000,
  /** Findings of assessment.json, and the characters of the rows that they quote: a row has up to 64 KiB, a finding up to 20 rows. */
  findings: 5_000,
  findingText: 64_000_000,
  /** Files of assessment.json: a whole disk has more, and coverage.jsonl names them all. */
  manifest: 100_000,
} as const

/** The entries that weigh most, in the order in which they stand; of equal ones those that stand first. */
export function heaviest<T>(list: readonly T[], most: number, weight: (entry: T, at: number) => number): readonly T[] {
  if (list.length <= most) return list
  const weights = list.map(weight)
  const order = list.map((_, i) => i).sort((a, b) => weights[b]! - weights[a]! || a - b)
  return order
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((i) => list[i]!)
}

/** The first half and the last half of so many entries: how a list in the order of time begins, and what holds at its end. */
export function bothEnds<T>(list: readonly T[], most: number): readonly T[] {
  return list.length <= most ? list : [...list.slice(0, most / 2), ...list.slice(-most / 2)]
}

type Limited = { readonly more?: Readonly<Record<string, number>> }

/** The object with shorter lists in the place of its own; how many entries each of them lacks is added to `more`. */
export function shortened<T extends Limited>(value: T, lists: Partial<T>): T {
  const more: Record<string, number> = { ...value.more }
  for (const [name, list] of Object.entries(lists) as [keyof T & string, unknown][]) {
    const left = lengthOf(value[name]) - lengthOf(list)
    if (left > 0) more[name] = (more[name] ?? 0) + left
  }
  return { ...value, ...lists, ...(Object.keys(more).length === 0 ? {} : { more }) }
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0)

/** The object with the first entries of its lists, as many as the limits allow. */
export function withLimits<T extends Limited>(value: T, most: { readonly [Name in keyof T]?: number }): T {
  const cut = Object.entries(most).map(([name, limit]) => {
    const list = value[name as keyof T] as unknown
    return [name, Array.isArray(list) ? list.slice(0, limit as number) : list] as const
  })
  return shortened(value, Object.fromEntries(cut) as Partial<T>)
}
