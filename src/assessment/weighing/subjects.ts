import type { FindingWithHits } from '../../findings/findings.ts'
import { pageNameOf } from '../../findings/removed-pages.ts'
import { applicationsIn } from '../../findings/applications.ts'
import { mailboxesIn } from '../../findings/mailbox-names.ts'
import { type Event, fieldText } from '../../model/event.ts'
import type { SubjectKind } from '../../model/sign.ts'
import { nameOfSetting } from '../persistent-settings.ts'

/** What a finding is about: the same key for all findings about one thing or person. */
export type Subject = { readonly kind: SubjectKind; readonly key: string; readonly name: string }

/** The subject of a finding, by the kind that its rule gives it and by what its first row names. */
export function subjectOf(f: FindingWithHits): Subject {
  const { finding } = f
  const { subject: kind } = finding.sign
  const name = nameOf(kind, f)
  // Requests of one client and its address are one subject; accounts are known to their sessions.
  const key = kind === 'request' || kind === 'client' ? 'client' : kind
  return { kind, key: `${key}\0${name.toLowerCase()}`, name }
}

function nameOf(kind: SubjectKind, { finding, hits }: FindingWithHits): string {
  const { event } = hits[0]!
  const fallback = finding.target ?? finding.user ?? finding.client ?? finding.host ?? finding.id
  switch (kind) {
    case 'request':
    case 'client':
      return finding.client ?? finding.user ?? fallback
    case 'page':
      return pageOf(event) ?? fallback
    case 'module':
    case 'agent':
    case 'task':
    case 'service':
    case 'program':
      return nameOfSetting(event) ?? fallback
    case 'account':
    case 'session':
    case 'device':
      return finding.user ?? fallback
    case 'application':
      return applicationsIn(event)[0] ?? finding.user ?? fallback
    case 'mailbox':
    case 'inbox-rule':
    case 'grant':
      return mailboxesIn(event)[0] ?? finding.user ?? fallback
    case 'host':
      return finding.host ?? fallback
    case 'export':
    case 'virtual-directory':
      return fallback
  }
}

/** A page by its last names, which a URL and a path have in common: `owa/auth/name.aspx`. */
function pageOf(event: Event): string | null {
  const path = fieldText(event, 'virtualPath') ?? fieldText(event, 'cs-uri-stem') ?? fieldText(event, 'TargetFilename')
  return path === null ? null : pageNameOf(path)
}
