import type { Opinion } from '../model/other-tools.ts'
import type { Mailbox, Spread } from '../model/mailbox.ts'
import type { Condition, CveState, KnownUntil } from '../model/exposure.ts'
import type { AnswerCoverage, Is, Question, VerdictIs } from '../model/answer.ts'
import type { Persistence } from '../model/persistence.ts'
import type { Level, Stage } from '../model/stages.ts'
import type { TimeBasis } from '../model/event.ts'
import type { GapReason } from '../model/evidence.ts'
import { formats } from './formats.ts'
import type { Language } from './languages.ts'
import { tenths } from '../lib/amounts.ts'
import { capital } from '../lib/amounts.ts'
import { isProven, isState } from '../model/answer.ts'
import { sayingOf, settles, utc } from './en/words.ts'
import { exposureGroups, fixWords, isBeyond } from './en/exposure.ts'
import { summarizeMailboxes } from './en/mailboxes.ts'
import type { en } from './en/page.ts'

/** The words of a language for which English has `words.ts`, `exposure.ts` and `mailboxes.ts`. Numbers are passed as text. */
export type Phrases = {
  readonly questions: Readonly<Record<Question, { readonly short: string; readonly asks: string }>>
  readonly is: Readonly<Record<Is, string>>
  readonly verdict: (is: VerdictIs, sure: boolean) => string
  readonly verdictMeans: Readonly<Record<VerdictIs, string>>
  readonly late: (late: boolean | null) => string
  readonly noExchange: string
  readonly stages: Readonly<Record<Stage, string>>
  readonly levels: Readonly<Record<Level, string>>
  readonly means: Readonly<Record<string, string>>
  readonly certainties: Readonly<Record<Mailbox['certainty'], string>>
  readonly persistenceKinds: Readonly<Record<Persistence['kind'], string>>
  readonly persistenceStates: Readonly<Record<Persistence['state'], string>>
  readonly opinion: Readonly<Record<Opinion['is'], string>>
  readonly gapReasons: Readonly<Record<GapReason, string>>
  readonly timeBases: Readonly<Record<TimeBasis, string>>
  readonly cveStates: Readonly<Record<CveState, string>>
  readonly conditionStates: Readonly<Record<Condition['is'], string>>
  readonly weighedOnly: string
  readonly likelihood: string

  readonly comma: string
  readonly semicolon: string
  readonly colon: string
  readonly stop: string
  readonly timeUnknown: string
  readonly unknown: string
  readonly until: (time: string) => string
  readonly since: (time: string) => string
  readonly hours: (n: number, is: string) => string
  readonly days: (n: number, is: string) => string
  /** The same behind `of`: `16.2 of 77 days`. */
  readonly ofDays: (n: number, is: string) => string

  readonly requests: (n: number, is: string) => string
  readonly items: (n: number, is: string) => string
  readonly sizeNotTold: string
  readonly busiest: (requests: string, bytes: string) => string
  readonly noOtherDay: string
  readonly ownDays: (n: number, is: string, of: string) => string
  readonly houseDays: (n: number, is: string, of: string) => string
  readonly spread: (median: string, p95: string, medianBytes: string, p95Bytes: string) => string
  readonly beyondRows: (n: number, is: string) => string
  readonly certain: (n: string) => string
  readonly possible: (n: string) => string
  readonly anyForATime: string
  readonly whose: (else_: boolean) => string
  readonly unknownWhich: string
  readonly mitigatedBy: (what: string) => string

  readonly openHoles: (n: number, is: string) => string
  readonly noneOpen: string
  readonly used: (n: string) => string
  readonly mitigated: (n: string) => string
  readonly knownLater: (n: string) => string
  readonly wasOpen: (n: string) => string
  readonly notKnown: (n: string) => string
  /** A sentence: until when builds and vulnerabilities are known; `beyond`: the evidence is newer. */
  readonly knownUntil: (known: KnownUntil, beyond: boolean) => string
  readonly updateUnknown: (newest: string) => string
  readonly none: string
  readonly released: (day: string) => string
  readonly isNewest: string
  readonly isNewestForIt: string
  readonly newestForIt: (update: string) => string
  readonly newestOfProduct: (update: string) => string
  readonly support: (is: 'supported' | 'ended' | 'unknown', product: string, end: string, paid: boolean) => string
  readonly asked: (rows: string, addresses: string, programs: string, paths: string) => string
  readonly rareNote: string
  readonly rowsBeyond: (n: string) => string
  readonly reachAll: (time: string) => string
  readonly reachNone: (time: string) => string
  /** All but so many hours, in the place of a part. */
  readonly allBut: (hours: string) => string
  readonly reachPart: (covered: string, of: string, hours: string | null) => string
  readonly stateSeen: (whole: boolean) => string
  readonly missingOf: (missing: string, of: string) => string
  readonly missingAll: (time: string) => string
  /** Of logs that are missing: what is proven stands without them. */
  readonly notNeeded: string
}

/** The words of the report in a language that is not English: the same facts, put together by its phrases. */
export function wordsOf(language: Language, p: Phrases): (typeof en)['words'] {
  const f = formats[language]
  const count = f.number
  const counted = (n: number, one: string, many = one): string => `${count(n)} ${f.plural(n, one, many)}`
  const hours = (n: number): string => p.hours(n, count(n))
  const lasting = (n: number): string => (n < 240 ? hours(n) : p.days(Math.round(n / 24), count(Math.round(n / 24))))
  const means = (way: string): string => p.means[way] ?? way
  const part = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/
  const at = (m: RegExpExecArray): string => `${m[1]} ${m[2]!.slice(0, 5)}`

  const spread = ({ requests, bytes }: Spread): string =>
    p.spread(count(requests.median), count(requests.p95), f.bytes(bytes.median), f.bytes(bytes.p95))
  /** A part of so many hours that is neither nothing nor all, and the whole behind `of`. */
  const partOf = (n: number, of: number): readonly [part: string, whole: string] => {
    if (of < 72) return [count(n), hours(of)]
    const whole = p.ofDays(tenths(of), f.decimal(tenths(of)))
    if (n < 24) return [hours(n), whole]
    return [of - n < 24 ? p.allBut(hours(of - n)) : f.decimal(tenths(n)), whole]
  }
  const reach = (coverage: AnswerCoverage): string | null => {
    const { covered, of } = coverage

    if (of <= 0) return null
    if (isState(coverage)) return p.stateSeen(covered >= 1)
    if (covered >= of) return p.reachAll(lasting(of))
    if (covered === 0) return p.reachNone(lasting(of))
    const [part, whole] = partOf(covered, of)
    const isRounded = of >= 72 && covered >= 24 && of - covered >= 24
    return p.reachPart(part, whole, isRounded ? `${count(covered)}/${hours(of)}` : null)
  }

  return {
    questions: p.questions,
    is: p.is,
    verdict: ({ is, sure }) => p.verdict(is, sure),
    verdictMeans: p.verdictMeans,
    patchedTooLate: p.late,
    product: (product) => {
      if (product === '' || product === 'none') return p.noExchange
      if (product === 'exchange-online') return 'Exchange Online'
      const year = /^(?:exchange-?)?(20\d\d|se)$/i.exec(product)
      return year ? `Exchange Server ${year[1]!.toUpperCase()}` : product
    },
    stages: p.stages,
    levels: p.levels,
    means,
    certainties: p.certainties,
    mailboxes: (assessment) =>
      summarizeMailboxes(assessment, {
        ...p,
        certain: (mailboxes) => p.certain(count(mailboxes)),
        possible: (mailboxes) => p.possible(count(mailboxes)),
      }),
    amount: ({ requests, operations, bytes, items }) => {
      const what = operations.slice(0, 6).map(([operation, n]) => `${operation} ${count(n)}`)
      return [
        `${p.requests(requests, count(requests))}${what.length === 0 ? '' : ` (${what.join(', ')})`}`,
        bytes === 0 ? p.sizeNotTold : f.bytes(bytes),
        ...(items === null ? [] : [p.items(items, count(items))]),
      ].join(p.comma)
    },
    ordinary: ({ ordinary, days }) => {
      if (ordinary === null || days.length === 0) return ''
      const sums = [...Map.groupBy(days, ({ day }) => day).values()].map((of) => ({
        requests: of.reduce((sum, { requests }) => sum + requests, 0),
        bytes: of.reduce((sum, { bytes }) => sum + bytes, 0),
      }))
      const most = sums.reduce((a, b) => (b.requests > a.requests ? b : a))
      const { thisMailbox, organization, mailboxes, beyond } = ordinary
      return [
        p.busiest(p.requests(most.requests, count(most.requests)), f.bytes(most.bytes)),
        thisMailbox.days === 0
          ? p.noOtherDay
          : p.ownDays(thisMailbox.days, count(thisMailbox.days), spread(thisMailbox)),
        p.houseDays(mailboxes, count(mailboxes), spread(organization)),
        ...(beyond === 0 ? [] : [p.beyondRows(beyond, count(beyond))]),
      ].join(p.semicolon)
    },
    persistenceKinds: p.persistenceKinds,
    persistenceStates: p.persistenceStates,
    fact: ({ subject, what, is }) => {
      if (is === null) return what
      if (subject === 'mailboxes') return `${what} (${p.certainties[is as Mailbox['certainty']]})`
      return `${p.persistenceKinds[subject as Persistence['kind']]} ${what}${p.comma}${p.persistenceStates[is as Persistence['state']]}`
    },
    opinion: p.opinion,
    gapReasons: p.gapReasons,
    timeBases: p.timeBases,
    cveStates: p.cveStates,
    conditionStates: p.conditionStates,
    condition: ({ conditions, mitigations }) =>
      [
        ...conditions.map(({ title, is, why }) => `${title}${p.colon}${p.conditionStates[is]} (${why})`),
        ...mitigations.map(p.mitigatedBy),
      ].join(p.semicolon),
    fix: fixWords,
    exposure: (assessment) => {
      const { open, since, was, unknown } = exposureGroups(assessment)
      const used = (list: typeof open): string => {
        const n = list.filter(({ exploited }) => exploited).length
        return n === 0 ? '' : p.used(count(n))
      }
      const mitigated = open.filter(({ state }) => state === 'mitigated').length
      const parts = [
        `${open.length === 0 ? p.noneOpen : p.openHoles(open.length, count(open.length))}${used(open)}`,
        ...(mitigated > 0 ? [p.mitigated(count(mitigated))] : []),
        ...(since.length > 0 ? [p.knownLater(count(since.length)) + used(since)] : []),
        ...(was.length > 0 ? [p.wasOpen(count(was.length)) + used(was)] : []),
        ...(unknown.length > 0 ? [p.notKnown(count(unknown.length)) + used(unknown)] : []),
      ]
      return (
        parts.join(p.semicolon) +
        p.stop +
        p.knownUntil(assessment.exposure.known, isBeyond(assessment.exposure.known, assessment.coverage))
      )
    },
    update: ({ update, released, newestOfCu, newest }) => {
      if (update === null) return p.updateUnknown(newest ?? p.none)
      const own = `${update}${released ? p.released(released) : ''}`
      const isNewest = (other: string | null): boolean => other?.startsWith(`${update} (`) === true
      if (isNewest(newest)) return own + p.isNewest
      const cu = isNewest(newestOfCu) ? p.isNewestForIt : newestOfCu ? p.newestForIt(newestOfCu) : ''
      return `${own}${cu}${newest ? p.newestOfProduct(newest) : ''}`
    },
    support: ({ product, end, later, is }) => p.support(is, product, end, later !== null),
    requests: ({ rows, clients, agents, paths, beyond }) => {
      const many = Math.max(beyond.client, beyond.agent, beyond.path, beyond.status)
      const rest = many === 0 ? '' : p.rowsBeyond(count(many))
      return `${p.asked(count(rows), count(clients), count(agents), count(paths))}${p.rareNote}${rest}`
    },
    saying: sayingOf,
    settles,
    reach,
    missing: ({ answers, verdict }) => {
      const missing = verdict.covers.missingHours
      if (missing <= 0) return p.none
      const of = answers.find((a) => a.question !== 'still-there' && a.coverage.of - a.coverage.covered === missing)
        ?.coverage.of
      const words =
        of === undefined
          ? lasting(missing)
          : missing >= of
            ? p.missingAll(of < 72 ? hours(of) : p.days(tenths(of), f.decimal(tenths(of))))
            : p.missingOf(...partOf(missing, of))
      return isProven(verdict) ? `${words}${p.semicolon}${p.notNeeded}` : words
    },
    weighedOnly: p.weighedOnly,
    likelihood: p.likelihood,
    count,
    counted,
    bytes: f.bytes,
    span: (from, to) => {
      const a = from === null ? null : part.exec(from)
      const b = to === null ? null : part.exec(to)
      if (!a && !b) return p.timeUnknown
      if (!a) return p.until(`${at(b!)} UTC`)
      if (!b) return p.since(`${at(a)} UTC`)
      if (a[0] === b[0] || from === to) return `${a[1]} ${a[2]} UTC`
      if (a[1] === b[1]) return `${a[1]} ${a[2]} – ${b[2]} UTC`
      return `${at(a)} – ${at(b)} UTC`
    },
    utc: (time) => (time !== null && part.test(time) ? utc(time) : p.timeUnknown),
    day: (time) => {
      const m = time === null ? null : part.exec(time)
      return m ? `${m[1]} UTC` : p.unknown
    },
    capital,
  }
}
