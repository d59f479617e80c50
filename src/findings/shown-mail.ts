import type { FindingWithHits } from './findings.ts'
import { mailboxesIn } from './mailbox-names.ts'

/** Mail that findings show already: who opened it, from where, by which access method, and which mailboxes the row names. */
export type ShownMail = {
  readonly user: string | null
  readonly client: string | null
  readonly means: string | null
  readonly mailboxes: readonly string[]
  readonly counts: boolean
}

/** Mail that was opened or taken away, by what findings show of each row. */
export function* shownMail(found: readonly FindingWithHits[]): Generator<ShownMail> {
  for (const { counts, finding, hits } of found) {
    const { stage, user, accessMethod } = finding
    if (stage !== 'collection' && stage !== 'exfiltration') continue
    for (const { event } of hits)
      yield {
        user: event.user ?? user,
        client: event.client,
        means: accessMethod,
        mailboxes: mailboxesIn(event),
        counts,
      }
  }
}
