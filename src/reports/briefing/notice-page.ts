import type { Assessment } from '../../model/assessment.ts'
import type { Mailbox } from '../../model/mailbox.ts'
import { typeset } from '../../locales/catalogues.ts'
import { type Facts, briefingFacts, isCertain, sureOf } from './facts.ts'
import type { Sure } from '../../locales/briefing.ts'
import type { Language } from '../../locales/languages.ts'
import { amountText, penOf, type Pen, subjectOf, waysText } from './management-page.ts'
import {
  type BlankField,
  type Block,
  type BriefingPage,
  quotedText,
  say,
  type BriefingText,
} from '../../locales/briefing-text.ts'

/** Whom a notice is for. */
export type Recipient = {
  /** Null for the notice to all owners of a mailbox on the server. */
  readonly mailbox: string | null
  readonly sure: Sure
  readonly of: Mailbox
}

/** The people whose mailbox was read, for certain or possibly, the certain first; and everybody, where it could be any. */
export function recipientsOf({ mailboxes, findings, verdict }: Assessment): readonly Recipient[] {
  // Who was not let in has read nothing.
  if (verdict.is !== 'compromised' && verdict.is !== 'exploited') return []
  const own = mailboxes.filter(({ scope }) => scope === 'mailbox')
  const people = [...own.filter(isCertain), ...own.filter(({ certainty }) => certainty === 'possible')]
  const whole = mailboxes.filter(({ scope }) => scope === 'server')
  const any = whole.find(({ certainty }) => certainty === 'possible') ?? whole[0]
  return [
    ...people.map((of) => ({ mailbox: of.mailbox, sure: sureOf(of, findings), of })),
    ...(any ? [{ mailbox: null, sure: sureOf(any, findings), of: any }] : []),
  ]
}

/** The letter to one of them: what a notification has to say, and blanks for what only its sender knows. */
export function noticePage(a: Assessment, recipient: Recipient, language: Language): BriefingPage {
  const facts = briefingFacts(a)
  const pen = penOf(facts, language)
  const { notice } = pen.words
  const { mailbox, sure, of } = recipient
  const text = (value: string | BriefingText): Block => ({ block: 'text', text: say`${value}` })
  const blank = (field: BlankField): Block => ({ block: 'blank', field, label: notice.blanks[field] })
  const list = (items: readonly string[]): Block => ({
    block: 'list',
    ordered: false,
    items: items.map((item) => say`${item}`),
  })
  const subject = subjectOf(facts)
  const what =
    mailbox === null || sure === 'unknown'
      ? notice.whatAll(subject, facts.sure, sure === 'possible' ? 'possible' : 'unknown')
      : notice.what(subject, facts.sure, quotedText(mailbox), sure)
  return typeset({
    language,
    title: mailbox === null ? notice.titleAll : notice.title,
    headline: [],
    lead: [blank('organization'), ...(mailbox === null ? [] : [blank('recipient')]), blank('date')],
    sections: [
      { id: 'what', heading: notice.headings.what, blocks: [text(notice.greeting), text(what)] },
      {
        id: 'facts',
        heading: notice.headings.facts,
        blocks: [
          { block: 'facts', facts: factsText(recipient, pen) },
          ...(facts.masked && mailbox !== null ? [{ block: 'note', text: say`${notice.maskedName}` } as const] : []),
        ],
      },
      { id: 'sure', heading: notice.headings.sure, blocks: [text(sureText(of, sure, pen))] },
      { id: 'unknown', heading: notice.headings.unknown, blocks: [list(unknownText(of, facts, pen))] },
      { id: 'consequences', heading: notice.headings.consequences, blocks: [text(notice.consequences)] },
      { id: 'do', heading: notice.headings.do, blocks: [list(todoText(of, pen))] },
      { id: 'measures', heading: notice.headings.measures, blocks: [blank('measures')] },
      { id: 'contact', heading: notice.headings.contact, blocks: [blank('contact')] },
    ],
    foot: [blank('signature')],
  })
}

function factsText({ mailbox, of }: Recipient, pen: Pen): readonly (readonly [string, BriefingText])[] {
  const { notice } = pen.words
  return [
    ...(mailbox === null ? [] : [[notice.facts.mailbox, [quotedText(mailbox)]] as const]),
    [notice.facts.when, say`${pen.span(of.first, of.last) ?? notice.noWhen}`],
    [notice.facts.way, of.accessMethods.length === 0 ? say`${notice.noWay}` : waysText(of.accessMethods, pen)],
    ...(of.requests === 0 ? [] : [[notice.facts.amount, amountText(of, pen)] as const]),
  ]
}

export function sureText({ certainty }: Mailbox, sure: Sure, { words: { notice } }: Pen): string {
  return sure === 'probable' ? notice.sure.probable : notice.sure[certainty]
}

/** What cannot be known of it, by how the access is known and by which way it went. */
export function unknownText(
  { scope, certainty, accessMethods, items }: Mailbox,
  facts: Facts,
  pen: Pen,
): readonly string[] {
  const { unknown } = pen.words.notice
  const rows = accessMethods.includes('ews') || accessMethods.includes('mapi')
  if (scope === 'server') return [certainty === 'possible' ? unknown.which : unknown.whether, unknown.end]
  return [
    ...(certainty === 'possible' ? [unknown.possible] : []),
    ...(accessMethods.includes('export') ? [unknown.export] : []),
    ...(rows || !accessMethods.includes('export')
      ? [items === null ? unknown.messages : unknown['messages-counted']]
      : []),
    ...(accessMethods.length === 0 || accessMethods.includes('unknown') ? [unknown.way] : []),
    ...(facts.logs.to === null ? [] : [unknown.end]),
  ]
}

/** What the owner should do, by the way that was taken. */
export function todoText({ accessMethods }: Mailbox, { words: { notice } }: Pen): readonly string[] {
  const { todo } = notice
  const settings = ['forwarding', 'rights', 'mailbox', 'owa', 'application']
  return [
    todo.password,
    todo.mistrust,
    todo.content,
    ...(accessMethods.some((way) => settings.includes(way)) ? [todo.rules] : []),
    ...(accessMethods.includes('mobile') ? [todo.device] : []),
    todo.others,
    todo.report,
  ]
}
