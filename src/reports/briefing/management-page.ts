import { tenths } from '../../lib/amounts.ts'
import { clip } from '../../lib/truncate.ts'
import type { SubjectKind } from '../../model/sign.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Action, Duty } from '../../model/response.ts'
import { type PackTexts, packTextOf, type Translations } from '../../model/pack-texts.ts'
import type { Mailbox } from '../../model/mailbox.ts'
import { catalogues, typeset } from '../../locales/catalogues.ts'
import { type Facts, briefingFacts } from './facts.ts'
import { formats } from '../../locales/formats.ts'
import type { Language } from '../../locales/languages.ts'
import { weighedWords } from '../../locales/catalogues.ts'
import {
  type Block,
  type BriefingPage,
  packText,
  type Quoted,
  quotedText,
  type Say,
  say,
  sentences,
  type BriefingText,
} from '../../locales/briefing-text.ts'
import {
  type Count,
  type DutyWords,
  type KnownDuty,
  knownDuties,
  type KnownMeans,
  knownMeans,
  type ManagementSection,
  managementSections,
} from '../../locales/briefing.ts'

/** The page for management, one or two pages long: made from the facts of the assessment, in any of the languages. */
export function managementPage(a: Assessment, language: Language, texts: PackTexts, names = false): BriefingPage {
  const facts = briefingFacts(a, texts)
  const pen = penOf(facts, language)
  const { words } = pen
  const blocks: Readonly<Record<ManagementSection, readonly Block[]>> = {
    happened: happened(facts, pen),
    taken: taken(facts, pen, names),
    'still-there': stillThere(facts, pen),
    'not-known': notKnown(facts, pen),
    decide: decide(facts, a.actions, texts, pen),
    duties: dutiesOf(a.duties, pen),
    sure: howSure(facts, pen),
    about: about(facts, pen),
  }
  return typeset({
    language,
    title: words.management.title,
    headline: headlineOf(facts, pen),
    lead: [text(leadOf(facts, pen))],
    sections: managementSections
      .filter((id) => id !== 'about' && blocks[id].length > 0)
      .map((id) => ({ id, heading: words.management.headings[id], blocks: blocks[id] })),
    foot: blocks.about,
  })
}

/** What writes a page in one language. */
export type Pen = ReturnType<typeof penOf>

export function penOf({ zone }: Pick<Facts, 'zone'>, language: Language) {
  const [words, format] = [catalogues[language], formats[language]]
  return {
    language,
    words,
    format,
    /** A time, with the server's own beside it. */
    moment: (iso: string): string => format.moment(iso, zone),
    span: (from: string | null, to: string | null): string | null => format.span(from, to, zone),
    /** In UTC alone, where many times are together. */
    utc: (from: string | null, to: string | null): string | null => format.span(from, to),
    count: (n: number): Count => ({ n, is: format.number(n) }),
    /** Hours as days, to a tenth; what was covered is never rounded up. */
    days: (hours: number, whole: (n: number) => number = Math.floor): Count => {
      const n = whole((hours / 24) * 10) / 10
      return { n, is: format.decimal(n) }
    },
    prose: (...parts: readonly Say[]): BriefingText =>
      sentences(
        parts.filter((part) => part !== ''),
        words.between,
      ),
  }
}

const text = (of: BriefingText): Block => ({ block: 'text', text: of })
const list = (items: readonly BriefingText[], ordered = false): Block => ({ block: 'list', ordered, items })

export function subjectOf({ kind, name }: Pick<Facts, 'kind' | 'name'>) {
  return { kind, name: quotedText(name) }
}

export function headlineOf(facts: Facts, { words }: Pen): BriefingText {
  return words.management.headline(subjectOf(facts), facts.headline, facts.sure)
}

export function leadOf({ headline, sure, kind, beyond, why }: Facts, { words }: Pen): BriefingText {
  return say`${words.management.lead(headline, sure, kind, beyond, why)}`
}

const isIntrusion = ({ headline }: Facts): boolean =>
  headline !== 'targeted' && headline !== 'cannot-tell' && headline !== 'no-evidence'

function happened(facts: Facts, pen: Pen): readonly Block[] {
  const m = pen.words.management
  const intrusion = isIntrusion(facts)
  if (!intrusion && facts.headline !== 'targeted') return [text(lookedFor(facts, pen))]
  const steps = facts.steps.map(
    ({ kind, sure, first, last }) => say`${m.step(m.steps[kind], sure, pen.utc(first, last))}`,
  )
  return [
    ...facts.doors.map((door) => text(doorText(door, intrusion, pen))),
    ...(facts.otherDoor || facts.doors.length === 0
      ? [text(say`${m.otherDoor(facts.doors.length === 0, intrusion)}`)]
      : []),
    text(pen.prose(timeText(facts, pen), facts.inexact ? m.inexact : '')),
    ...(steps.length > 0 ? [text(say`${m.stepsIntro}`), list(steps)] : []),
    ...(intrusion ? [text(whoText(facts, pen))] : []),
  ]
}

function lookedFor({ is, askedDoors, product, kind }: Facts, pen: Pen): BriefingText {
  const m = pen.words.management
  return pen.prose(
    product === null ? m.noProduct : '',
    askedDoors > 0 ? m.asked(pen.count(askedDoors)) : '',
    is.exposed === 'not-asked' || product === null || kind === 'tenant' ? '' : m.exposed(is.exposed),
  )
}

export function doorText(door: Facts['doors'][number], intrusion: boolean, pen: Pen): BriefingText {
  const m = pen.words.management
  return pen.prose(
    m.door(door.text?.name ?? quotedText(door.name), door.sure, intrusion),
    door.text === null ? '' : inLanguage(door.text.summary, door.text.ownSummary, pen.language),
    door.hole === null ? '' : m.hole(door.hole, door.fixedAt === null ? null : pen.moment(door.fixedAt), door.tooLate),
  )
}

function timeText({ first, last }: Facts, pen: Pen): string {
  const m = pen.words.management
  if (first === null) return m.noTime
  return last === null || pen.moment(last) === pen.moment(first)
    ? m.firstTrace(pen.moment(first))
    : m.firstAndLast(pen.moment(first), pen.moment(last))
}

function whoText({ actors }: Facts, pen: Pen): BriefingText {
  const m = pen.words.management
  if (actors.length === 0) return say`${m.noActor}`
  return pen.prose(...actors.map(({ actor, words }) => m.actor(quotedText(actor), words)))
}

export function takenText({ is, taken }: Facts, pen: Pen): BriefingText {
  const m = pen.words.management
  const mail = is['mail-taken']
  const more = taken.certain > 0
  return pen.prose(
    mail === 'yes' || mail === 'likely' ? m.mailTaken(mail, pen.count(taken.certain)) : m.mailNot(mail),
    taken.possible > 0 ? m.mailPossible(pen.count(taken.possible), more) : '',
    ...taken.any.map(({ from, to }) => m.mailAny(pen.utc(from, to), more)),
    taken.unknown && (mail === 'yes' || mail === 'likely') ? m.mailUnknown(more || taken.possible > 0) : '',
    taken.secrets === 'no' ? '' : m.secrets(taken.secrets === 'yes', mail === 'yes' || mail === 'likely'),
  )
}

function taken(facts: Facts, pen: Pen, names: boolean): readonly Block[] {
  if (!isIntrusion(facts)) return facts.headline === 'targeted' ? [text(takenText(facts, pen))] : []
  const m = pen.words.management
  const { taken: t } = facts
  const when = pen.span(t.from, t.to)
  const some = t.requests > 0 || when !== null || t.means.length > 0
  const isTold = some && t.certain + t.possible + t.any.length > 0
  return [
    text(takenText(facts, pen)),
    ...(isTold
      ? [
          {
            block: 'facts',
            facts: [
              ...(when === null ? [] : [[m.amounts.when, say`${when}`] as const]),
              ...(t.means.length === 0 ? [] : [[m.amounts.ways, waysText(t.means, pen)] as const]),
              ...(t.requests === 0 ? [] : [[m.amounts.amount, amountText(t, pen)] as const]),
            ],
          } as const,
        ]
      : []),
    ...(t.mailboxes.length === 0 ? [] : names ? [namesTable(t.mailboxes, pen)] : [text(say`${m.namesLeftOut}`)]),
  ]
}

function namesTable(mailboxes: Facts['taken']['mailboxes'], pen: Pen): Block {
  const m = pen.words.management
  return {
    block: 'table',
    head: [m.names.mailbox, m.names.sure, m.names.when, m.names.amount],
    rows: mailboxes.map(([box, sure]) => [
      [quotedText(box.mailbox)],
      say`${pen.words.certainties[sure]}`,
      say`${pen.utc(box.first, box.last) ?? pen.words.notice.noWhen}`,
      amountText(box, pen),
    ]),
  }
}

/** By which ways; one that the catalogues do not know stays as its pack names it. */
export function waysText(means: readonly string[], { words }: Pen): BriefingText {
  return sentences(
    means.map((way) =>
      (knownMeans as readonly string[]).includes(way) ? words.means[way as KnownMeans] : quotedText(way),
    ),
    words.comma,
  )
}

export function amountText(
  { requests, bytes, items }: Pick<Mailbox, 'requests' | 'bytes' | 'items'>,
  pen: Pen,
): BriefingText {
  const { amounts } = pen.words.management
  const parts = [
    amounts.requests(pen.count(requests)),
    bytes === 0 ? amounts.noSize : amounts.bytes(pen.format.bytes(bytes)),
    ...(items === null ? [] : [amounts.items(pen.count(items))]),
  ]
  return sentences(parts, pen.words.comma)
}

function stillThere(facts: Facts, pen: Pen): readonly Block[] {
  if (!isIntrusion(facts)) return []
  const m = pen.words.management
  const items = facts.left.map(
    ({ kind, state, count }) => say`${m.leftItem(m.left[kind](pen.count(count)), m.states[state])}`,
  )
  return [text(stillText(facts, pen)), ...(items.length > 0 ? [list(items), text(say`${m.leftNot}`)] : [])]
}

export function stillText({ is: { 'still-there': is }, left, logs }: Facts, pen: Pen): BriefingText {
  const end = logs.to === null ? null : pen.format.day(logs.to)
  const isUnclear = is !== 'yes' && is !== 'likely' && left.some(({ state }) => state === 'present')
  return say`${pen.words.management.still(isUnclear ? 'unclear' : is, end)}`
}

function notKnown(facts: Facts, pen: Pen): readonly Block[] {
  const m = pen.words.management
  const { taken: t, open, logs } = facts
  const asked = open.map(({ question, why, covered, of }) =>
    m.openItem(
      m.open[question],
      m.openWhy(why === 'hours' ? partWord(covered) : why, pen.days(covered).is, pen.days(of, upFrom(covered, of))),
    ),
  )
  const items = [
    ...asked,
    ...(t.certain > 0 && (t.means.includes('ews') || t.means.includes('mapi')) ? [m.openMessages] : []),
    ...(isIntrusion(facts) && (t.any.length > 0 || (t.unknown && t.certain > 0)) ? [m.openWho] : []),
    ...(logs.to === null ? [] : [m.openAfter(pen.format.moment(logs.to))]),
    m.openBefore,
  ]
  const { asks } = weighedWords[pen.language]
  const leads = facts.leads.map(({ kind, name }) => m.notSettled(thing(kind, name, pen), asks[kind]))
  const beyond = facts.beyondLogs.map(({ name, from, to }) =>
    m.beyondLogs(quotedText(name), `${pen.format.day(from)} – ${pen.format.day(to)}`),
  )
  return [
    list([...leads, ...items.map((item) => say`${item}`), ...beyond]),
    ...(asked.length > 0 ? [text(say`${m.openSettle}`)] : []),
  ]
}

/** A part never looks like the whole. */
function upFrom(covered: number, of: number): (n: number) => number {
  return covered < of && tenths(covered) === tenths(of) ? Math.ceil : Math.floor
}

/** A part of a day is no number of days. */
function partWord(covered: number): 'none' | 'little' | 'hours' {
  return covered === 0 ? 'none' : covered < 24 ? 'little' : 'hours'
}

/** A sentence of a pack in the language of the page; where the pack has none, its own words, quoted. */
export function inLanguage(sentences: Translations | undefined, own: string, language: Language): string | Quoted {
  return sentences !== undefined && Object.hasOwn(sentences, language) ? sentences[language]! : packText(own)
}

function decide(facts: Facts, actions: readonly Action[], texts: PackTexts, pen: Pen): readonly Block[] {
  const m = pen.words.management
  const items: BriefingText[] = [...actions]
    .sort((a, b) => a.order - b.order)
    .map(({ id, title }) => say`${inLanguage(packTextOf(texts.actions, id), title, pen.language)}`)
  const hasCollect = actions.some(({ id }) => texts.asksForEvidence.includes(id))
  if (facts.open.length > 0 && !hasCollect) items.push(say`${m.decideOpen(pen.count(facts.open.length))}`)
  const { exposure, support } = facts
  const rest = pen.prose(
    exposure.open === 0 ? '' : m.openHoles(pen.count(exposure.open), pen.count(exposure.used)),
    support === null
      ? ''
      : (support.ended ? m.supportEnded : m.supportEnds)(support.product, pen.format.day(support.end)),
  )
  return [
    items.length === 0 ? text(say`${m.noActions}`) : list(items, true),
    ...(rest.length === 0 ? [] : [text(rest)]),
  ]
}

function dutiesOf(duties: readonly Duty[], pen: Pen): readonly Block[] {
  if (duties.length === 0) return []
  const m = pen.words.management
  return [
    text(say`${m.dutiesIntro}`),
    {
      block: 'table',
      head: m.dutiesHead,
      rows: duties.map((duty) => {
        const known = (knownDuties as readonly string[]).includes(duty.id)
        if (!known)
          return [
            [quotedText(duty.law)],
            [quotedText(duty.appliesTo)],
            [quotedText(duty.notify)],
            [quotedText(`${duty.deadline}, ${duty.from}`)],
          ]
        const { law, binds, tell, within, from }: DutyWords = m.duties[duty.id as KnownDuty]
        return [law, binds, tell, m.dutyClock(within, from)].map((cell) => say`${cell}`)
      }),
    },
  ]
}

export function howSureText(facts: Facts, pen: Pen): BriefingText {
  const m = pen.words.management
  const { headline, sure, logs } = facts
  const period = pen.utc(logs.from, logs.to)
  const certain = headline === 'no-evidence' || headline === 'cannot-tell' ? headline : sure ? 'yes' : 'likely'
  const reach =
    logs.of === 0 || logs.covered === 0
      ? m.reachNone
      : logs.covered >= logs.of
        ? m.reachWhole(pen.days(logs.of))
        : logs.covered < 24
          ? m.reachLittle(pen.days(logs.of))
          : m.reachPart(pen.days(logs.covered).is, pen.days(logs.of, upFrom(logs.covered, logs.of)))
  return pen.prose(
    m.certain[certain],
    reach,
    period === null ? '' : m.period(period),
    facts.evidence.gaps === 0 ? '' : m.gaps(pen.count(facts.evidence.gaps)),
    facts.whole ? '' : m.notWhole,
  )
}

function howSure(facts: Facts, pen: Pen): readonly Block[] {
  const m = pen.words.management
  const rests = facts.rests.map(({ kind, name, signs }) =>
    m.rest(
      thing(kind, name, pen),
      signs.map((sign) => weighedWords[pen.language].signs[sign]),
    ),
  )
  return [
    text(howSureText(facts, pen)),
    ...(rests.length === 0 ? [] : [text(m.restsOn(sentences(rests, pen.words.comma)))]),
  ]
}

/** `page system_web/x.aspx`. */
function thing(kind: SubjectKind, name: string, { language }: Pen): BriefingText {
  return say`${weighedWords[language].subjects[kind]} ${quotedText(clip(name, 120))}`
}

function about(facts: Facts, pen: Pen): readonly Block[] {
  const m = pen.words.management
  const { files, bytes } = facts.evidence
  return [
    {
      block: 'note',
      text: pen.prose(
        m.technical,
        m.utc,
        facts.masked ? m.masked : '',
        m.about(facts.tool, pen.count(files), pen.format.bytes(bytes), facts.digest),
      ),
    },
  ]
}
