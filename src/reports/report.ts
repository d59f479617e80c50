import type { Assessment } from '../model/assessment.ts'
import type { PackTexts } from '../model/pack-texts.ts'
import type { FailedFile } from './html/data.ts'
import type { Language } from '../locales/languages.ts'

/** One form of the answer: one file (or the terminal). The same assessment and wishes give the same bytes. */
export type Report = {
  /** Name for `--format`. */
  readonly name: string
  /** File name inside the server's folder. */
  readonly file: string
  /** For recipients outside your organization: names nothing of the victim unless requested. */
  readonly shared?: true
  /** Its text; what grows with the evidence comes in pieces. */
  write(assessment: Assessment, wishes?: Partial<Wishes>): string | Iterable<string>
}

/** What a run may ask of the forms: how far those that are meant for others may go, and the language of those that have several. */
export type Wishes = Sharing & {
  readonly language: Language
  /** Plain words of the packs for their campaigns and actions. */
  readonly texts: PackTexts
  /** Files of this server that could not be written, and why: the page names them. */
  readonly failed?: readonly FailedFile[]
}

/** How far a form that is meant for others may go. */
export type Sharing = {
  /** May it name the server, its people, their mailboxes and paths, and quote rows? */
  readonly victim: boolean
  /** To whom it may be passed on; null: `amber`, and `amber+strict` where it names the victim. */
  readonly tlp: Tlp | null
}

/** Labels of the Traffic Light Protocol, version 2.0: https://www.first.org/tlp/ */
export const tlps = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const
export type Tlp = (typeof tlps)[number]

export const nothingNamed: Sharing = { victim: false, tlp: null }

/** The label that holds. */
export function tlpOf({ victim, tlp }: Sharing): Tlp {
  return tlp ?? (victim ? 'amber+strict' : 'amber')
}
