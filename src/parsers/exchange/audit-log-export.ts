import { canonicalIp } from '../../lib/ip.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import { certainTime, cultureTime, ordersOf } from '../common/local-time.ts'
import { hostName } from '../common/lines.ts'
import { sendConnectorOf } from './send-connector.ts'

// Audit logs of Exchange Server itself, as administrators export them. Mailbox audit: Search-MailboxAuditLog -ShowDetails and
// the SearchResult.xml that New-MailboxAuditLogSearch sends
// (https://learn.microsoft.com/exchange/policy-and-compliance/mailbox-audit-logging/mailbox-audit-logging). Admin audit:
// Search-AdminAuditLog and New-AdminAuditLogSearch
// (https://learn.microsoft.com/exchange/policy-and-compliance/admin-audit-logging/log-structure).

/** A row of an audit log. What was exported is a choice of rows, so it covers nothing. */
export type Audited = {
  readonly log: 'mailbox-audit' | 'admin-audit'
  readonly sources: readonly LogSource[]
  readonly fields: Record<string, FieldValue>
  readonly target: string
  readonly host: string | null
  readonly client: string | null
  readonly user: string | null
  /** As it is written. */
  readonly when: string | null
}

/** A parameter of a cmdlet, or a property that it changed. */
export type Pair = { readonly name: string; readonly value: string }

/** The text of a property, whatever the case of its name; null where it has none. */
type Read = (name: string) => string | null

const mailboxSources: readonly LogSource[] = [{ product: 'exchange', service: 'mailbox-audit' }]
const adminSources: readonly LogSource[] = [{ category: 'cmdlet', product: 'exchange', service: 'admin-audit' }]

const MAILBOX_FIELDS = [
  'Operation',
  'OperationResult',
  'LogonType',
  'InternalLogonType',
  'ExternalAccess',
  'MailboxOwnerUPN',
  'MailboxOwnerSid',
  'MailboxResolvedOwnerName',
  'MailboxGuid',
  'LogonUserDisplayName',
  'LogonUserSid',
  'FolderPathName',
  'DestFolderPathName',
  'DestMailboxOwnerUPN',
  'CrossMailboxOperation',
  'ClientInfoString',
  'ClientIPAddress',
  'ClientMachineName',
  'ClientProcessName',
  'ClientVersion',
  'ItemSubject',
  'SourceItemSubjectsList',
  'SourceItemFolderPathNamesList',
  'DirtyProperties',
  'LastAccessed',
  'OriginatingServer',
] as const

export function isMailboxAudit(of: Read): boolean {
  return ['LastAccessed', 'Operation', 'LogonType'].every((name) => of(name) !== null)
}

export function isAdminAudit(of: Read): boolean {
  return of('CmdletName') !== null && of('RunDate') !== null
}

/** Who did what in whose mailbox. */
export function mailboxAudit(of: Read): Audited {
  const fields: Record<string, FieldValue> = {}
  for (const name of MAILBOX_FIELDS) fields[name] = of(name)
  const user = of('LogonUserDisplayName')
  const owner = of('MailboxOwnerUPN') ?? of('MailboxResolvedOwnerName')
  const client = of('ClientIPAddress') ?? of('ClientIP')
  return {
    log: 'mailbox-audit',
    sources: mailboxSources,
    fields,
    target: owner ?? 'mailbox',
    host: serverOf(of),
    client: client === null ? null : canonicalIp(client),
    user,
    when: of('LastAccessed'),
  }
}

/** Which cmdlet an administrator ran; the fields of other records of cmdlets stand beside those of the format. */
export function adminAudit(of: Read, parameters: readonly Pair[], changed: readonly Pair[]): Audited {
  const succeeded = of('Succeeded')
  const caller = of('Caller')
  const cmdlet = of('CmdletName') ?? of('Cmdlet')
  const object = of('ObjectModified')
  const written = parameters.length === 0 ? null : parameters.map(({ name, value }) => `-${name} "${value}"`).join(' ')
  return {
    log: 'admin-audit',
    sources: adminSources,
    fields: {
      Cmdlet: cmdlet,
      Parameters: written,
      SendConnector: sendConnectorOf({ Cmdlet: cmdlet, Parameters: written }),
      Succeeded: succeeded === null ? null : /^true$/i.test(succeeded),
      Caller: caller,
      ObjectModified: object,
      ModifiedProperties: changed.length === 0 ? null : changed.map(({ name, value }) => `${name}=${value}`),
      Error: of('Error'),
      RunDate: of('RunDate'),
      OriginatingServer: of('OriginatingServer'),
      ExternalAccess: of('ExternalAccess'),
    },
    target: object ?? cmdlet ?? 'cmdlet',
    host: serverOf(of),
    client: null,
    user: caller,
    when: of('RunDate'),
  }
}

// `MAIL01 (15.01.2176.002)`
function serverOf(of: Read): string | null {
  const server = /^[\w.-]{1,255}/.exec(of('OriginatingServer') ?? '')?.[0]
  return server === undefined ? null : hostName(server)
}

/** Rows that are held until it is known in which order they write a date. */
const HELD = 10_000

/**
 * Gives rows of an audit log their times. Shells write `3/4/2021 6:44:38 AM` or `04/03/2021 06:44:38` as the culture of the
 * machine has it: which it is, the other rows of the file tell. Where none tells, a row has no time.
 */
export class AuditTimes {
  readonly #emit: (event: Event) => void
  /** Texts whose order is certain by themselves. */
  readonly #certain = new Set<string>()
  #held: { readonly event: Event; readonly when: string }[] = []

  constructor(emit: (event: Event) => void) {
    this.#emit = emit
  }

  take(event: Event, when: string | null): void {
    if (when === null) return this.#emit(event)
    const time = statedTime(when) ?? certainTime(when)
    if (time === null) {
      this.#held.push({ event, when })
      if (this.#held.length >= HELD) this.finish()
      return
    }
    if (isoTime(when) === null && this.#certain.size < HELD) this.#certain.add(when)
    this.#emit({ ...event, time, timeBasis: statedTime(when) === null ? 'assumed' : 'stated' })
  }

  finish(): void {
    const orders = ordersOf([...this.#certain, ...this.#held.map(({ when }) => when)])
    for (const { event, when } of this.#held) {
      const time = orders.length === 1 ? cultureTime(when, orders[0]!) : null
      this.#emit(time === null ? event : { ...event, time, timeBasis: 'assumed' })
    }
    this.#held = []
  }
}

/** A time that says its zone. JSON of Windows PowerShell counts milliseconds of UTC. */
function statedTime(when: string): number | null {
  const counted = /^\/Date\((\d{9,14})\)\/$/.exec(when)
  if (counted) return Number(counted[1])
  return statesZone(when) ? isoTime(when) : null
}
