import { fieldText, type Event } from '../model/event.ts'
import type { Identities } from '../activity/identities.ts'
import { recordsCloudMail } from '../model/log-kinds.ts'
import { dayOf } from '../lib/time.ts'

/** By which a row of mail is known among those that are counted together: mailbox, day, address, session, application. */
export function placeOfMail(event: Event, identities: Pick<Identities, 'addressOf'>): string | null {
  if (!recordsCloudMail(event.log) || event.time === null) return null
  const operation = fieldText(event, 'Operation') ?? ''
  if (!/^(?:mailitemsaccessed|messagebind|send|sendas|sendonbehalf|mailboxlogin)$/i.test(operation)) return null
  const owner = fieldText(event, 'MailboxOwnerUPN') ?? event.user
  const app = fieldText(event, 'ClientAppId') ?? fieldText(event, 'AppId') ?? ''
  if (owner === null) return null
  const mailbox = identities.addressOf(owner).toLowerCase()
  return [mailbox, dayOf(event.time), event.client ?? '', event.session ?? '', app.toLowerCase()].join('\0')
}
