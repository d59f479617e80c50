import { isPerson } from '../activity/identities.ts'
import { withoutDomain } from '../model/account-names.ts'
import { parameterOf } from '../model/cmdlet-parameters.ts'
import { type Event, fieldText } from '../model/event.ts'

/** A right to mailboxes that a cmdlet gave; `mailbox` is null for all of them. Names are without their domain. */
export type Grant = {
  readonly by: string
  readonly to: string
  readonly mailbox: string | null
  readonly time: number
}

/**
 * The rights to mailboxes that the entry of a cmdlet records as given. What the server itself gave explains nothing: code that runs
 * there does so under its name.
 */
export function grantsIn(event: Event): readonly Grant[] {
  const { user, time } = event
  const cmdlet = fieldText(event, 'Cmdlet')?.replace(/^.*\\/, '').toLowerCase()
  if (cmdlet === undefined || user === null || !isPerson(user) || time === null || event.fields.Succeeded === false)
    return []
  const [to, mailbox] = [parameterOf(event, 'User'), parameterOf(event, 'Identity')]
  if (to === null) return []
  const by = withoutDomain(user)
  const given = (of: string | null): Grant[] => [{ by, to: withoutDomain(to), mailbox: of, time }]
  if (cmdlet === 'add-mailboxpermission') return mailbox === null ? [] : given(withoutDomain(mailbox))
  const role = parameterOf(event, 'Role') ?? ''
  return cmdlet === 'new-managementroleassignment' && /^applicationimpersonation$/i.test(role) ? given(null) : []
}
