import type { Likelihood } from '../model/actor.ts'
import type { Mailbox } from '../model/mailbox.ts'
import type { Question } from '../model/answer.ts'
import type { Persistence } from '../model/persistence.ts'
import type { Stage } from '../model/stages.ts'
import type { BlankField, Quoted, BriefingText } from './briefing-text.ts'

// What a catalog must hold. A text with values in it is a function of them; numbers and times come as that language
// writes them. Adding a language: docs/extend/locale.md.

/** The headline of the verdict. `left`: it rests on persistence only; `mail`: on mail access only. */
export type Headline =
  | 'compromised'
  | 'accounts'
  | 'left'
  | 'exploited'
  | 'mail'
  | 'targeted'
  | 'cannot-tell'
  | 'no-evidence'

export const headlines: readonly Headline[] = [
  'compromised',
  'accounts',
  'left',
  'exploited',
  'mail',
  'targeted',
  'cannot-tell',
  'no-evidence',
]

/** What it is about: a server, or a tenant of Microsoft 365. */
export type Kind = 'server' | 'tenant'

/**
 * What followed an exploited vulnerability: nothing was found where complete logs would show it (`no-evidence`), only mail
 * access, or it cannot be determined completely.
 */
export type Beyond = 'no-evidence' | 'mail' | 'cannot-tell'

/** Why it cannot be determined: something has no known owner, nothing was recognized, hours are missing, or no log shows it. */
export type CannotTellWhy = 'lead' | 'nothing' | 'hours' | 'silent'

/** Certainty that a mailbox was read: a finding makes it certain or probable, it is possible, or undetermined. */
export type Sure = 'certain' | 'probable' | 'possible' | 'unknown'

export type VulnerabilityState = 'open' | 'mitigated' | 'fixed' | 'unknown'

/** A stage; `guessing`: passwords were guessed, `account`: a stolen account was used. */
export type StepKind = Exclude<Stage, 'context'> | 'guessing' | 'account'

export type OpenQuestion = {
  readonly question: Question
  readonly why: 'hours' | 'state' | 'silent'
  readonly covered: number
  readonly of: number
}

/** What the pages are about, as a sentence names it. */
export type Subject = { readonly kind: Kind; readonly name: Quoted }
/** A number as it is written, beside itself for its plural form. */
export type Count = { readonly n: number; readonly is: string }

/** The ways by which mail goes, as packs name them (`means`). */
export const knownMeans = [
  'ews',
  'mapi',
  'owa',
  'oab',
  'export',
  'download',
  'forwarding',
  'search',
  'rights',
  'mobile',
  'database',
  'application',
  'mailbox',
  'transport',
  'queue',
  'sync',
  'sent',
  'logon',
  'unknown',
] as const
export type KnownMeans = (typeof knownMeans)[number]

/** The duties of knowledge/duties.csv, by their ids. */
export const knownDuties = [
  'gdpr-33',
  'gdpr-34',
  'uk-gdpr-33',
  'nis2-23',
  'dora-19',
  'sec-8k',
  'hipaa',
  'us-banks',
  'nydfs-500-17',
  'dfars-7012',
  'cert-in',
  'soci-2b',
  'ch-isg',
  'br-lgpd-48',
  'jp-appi-26',
] as const
export type KnownDuty = (typeof knownDuties)[number]
/** A duty in the language of the page. */
export type DutyWords = {
  readonly law: string
  readonly binds: string
  readonly tell: string
  readonly within: string
  readonly from: string
}

export const managementSections = [
  'happened',
  'taken',
  'still-there',
  'not-known',
  'decide',
  'duties',
  'sure',
  'about',
] as const
export type ManagementSection = (typeof managementSections)[number]

export type Words = {
  /** Between two sentences of a paragraph: a blank, or nothing. */
  readonly between: string
  /** Between the parts of a list in a sentence. */
  readonly comma: string
  readonly management: {
    readonly title: string
    readonly headings: Readonly<Record<ManagementSection, string>>
    readonly headline: (subject: Subject, headline: Headline, sure: boolean) => BriefingText
    /** What the headline means. `beyond`: whether what was not found behind it is an answer. */
    readonly lead: (headline: Headline, sure: boolean, kind: Kind, beyond: Beyond, why: CannotTellWhy) => string
    readonly door: (name: string | Quoted, sure: boolean, intrusion: boolean) => BriefingText
    /** Traces that belong to none of the known ways in: all, or some beside others. */
    readonly otherDoor: (alone: boolean, intrusion: boolean) => string
    readonly hole: (hole: VulnerabilityState, fixedAt: string | null, tooLate: boolean) => string
    readonly firstTrace: (moment: string) => string
    readonly firstAndLast: (first: string, last: string) => string
    readonly noTime: string
    readonly inexact: string
    readonly stepsIntro: string
    readonly steps: Readonly<Record<StepKind, string>>
    /** One step with its time. */
    readonly step: (step: string, sure: boolean, when: string | null) => string
    readonly actor: (actor: Quoted, words: Likelihood) => BriefingText
    readonly noActor: string
    readonly asked: (vulnerabilities: Count) => string
    readonly exposed: (is: 'yes' | 'likely' | 'no-evidence' | 'cannot-tell') => string
    readonly openHoles: (open: Count, used: Count) => string
    readonly supportEnded: (product: string, end: string) => string
    readonly supportEnds: (product: string, end: string) => string

    /** Of how many mailboxes for certain (0: no number is known). */
    readonly mailTaken: (is: 'yes' | 'likely', certain: Count) => string
    readonly mailNot: (is: 'no-evidence' | 'cannot-tell' | 'not-asked') => string
    /** `more`: beside certain ones. */
    readonly mailPossible: (possible: Count, more: boolean) => string
    readonly mailAny: (when: string | null, more: boolean) => string
    readonly mailUnknown: (more: boolean) => string
    readonly secrets: (sure: boolean, beside: boolean) => string
    readonly amounts: {
      readonly when: string
      readonly ways: string
      readonly amount: string
      readonly requests: (n: Count) => string
      readonly bytes: (bytes: string) => string
      readonly items: (n: Count) => string
      readonly noSize: string
    }
    readonly names: { readonly mailbox: string; readonly sure: string; readonly when: string; readonly amount: string }
    readonly namesLeftOut: string

    /** `unclear`: something was there, and the answer is neither yes nor probably. */
    readonly still: (
      is: 'yes' | 'likely' | 'no-evidence' | 'cannot-tell' | 'not-asked' | 'unclear',
      end: string | null,
    ) => string
    readonly left: Readonly<Record<Persistence['kind'], (n: Count) => string>>
    readonly states: Readonly<Record<Persistence['state'], string>>
    readonly leftItem: (what: string, state: string) => string
    readonly leftNot: string

    readonly open: Readonly<Record<Question, string>>
    /** `none`, `little`: hours of which no log covers any, or less than a day. */
    readonly openWhy: (why: OpenQuestion['why'] | 'none' | 'little', covered: string, of: Count) => string
    readonly openItem: (what: string, why: string) => string
    readonly openMessages: string
    readonly openWho: string
    readonly openAfter: (end: string) => string
    readonly openBefore: string
    readonly openSettle: string

    readonly noActions: string
    readonly decideOpen: (open: Count) => string
    readonly duties: Readonly<Record<KnownDuty, DutyWords>>
    readonly dutiesIntro: string
    readonly dutiesHead: readonly [law: string, binds: string, tell: string, within: string]
    readonly dutyClock: (within: string, from: string) => string

    /** What the verdict rests on. */
    readonly restsOn: (what: BriefingText) => BriefingText
    /** An item of it: a thing, and what of it counts. */
    readonly rest: (what: BriefingText, signs: readonly string[]) => BriefingText
    /** A thing that may be an attacker's, with the question that settles it. */
    readonly notSettled: (what: BriefingText, asks: string) => BriefingText
    readonly beyondLogs: (campaign: Quoted, period: string) => BriefingText
    readonly certain: Readonly<Record<'yes' | 'likely' | 'no-evidence' | 'cannot-tell', string>>
    readonly reachWhole: (days: Count) => string
    readonly reachPart: (covered: string, of: Count) => string
    readonly reachLittle: (of: Count) => string
    readonly reachNone: string
    readonly gaps: (n: Count) => string
    readonly notWhole: string
    readonly about: (tool: string, files: Count, bytes: string, digest: string) => string
    readonly period: (period: string) => string
    readonly noProduct: string
    readonly utc: string
    readonly masked: string
    readonly technical: string
  }
  readonly notice: {
    readonly title: string
    readonly titleAll: string
    readonly blanks: Readonly<Record<BlankField, string>>
    readonly headings: Readonly<
      Record<'what' | 'facts' | 'sure' | 'unknown' | 'consequences' | 'do' | 'measures' | 'contact', string>
    >
    readonly greeting: string
    /** To the owner of a mailbox, by its certainty; `entered`: access is certain, else probable. */
    readonly what: (
      subject: Subject,
      entered: boolean,
      mailbox: Quoted,
      sure: 'certain' | 'probable' | 'possible',
    ) => BriefingText
    /** To all owners of a mailbox on the server. */
    readonly whatAll: (subject: Subject, entered: boolean, certainty: 'possible' | 'unknown') => BriefingText
    readonly facts: {
      readonly mailbox: string
      readonly names: string
      readonly when: string
      readonly way: string
      readonly amount: string
      readonly sure: string
    }
    readonly noWhen: string
    readonly noWay: string
    readonly sure: Readonly<Record<Mailbox['certainty'] | 'probable', string>>
    readonly unknown: Readonly<
      Record<'possible' | 'messages' | 'messages-counted' | 'export' | 'way' | 'which' | 'whether' | 'end', string>
    >
    readonly consequences: string
    readonly todo: Readonly<
      Record<'password' | 'mistrust' | 'content' | 'others' | 'rules' | 'device' | 'report', string>
    >
    readonly maskedName: string
    readonly fillIn: string
    readonly none: string
    readonly choose: string
    readonly chosen: (n: Count) => string
    readonly all: string
    /** What opens the blanks to be filled in once for all letters. */
    readonly fields: string
  }
  readonly means: Readonly<Record<KnownMeans, string>>
  readonly certainties: Readonly<Record<Sure, string>>
  readonly language: string
  readonly showNames: string
  readonly print: string
  /** What the choices above a page are called. */
  readonly tools: string
}
