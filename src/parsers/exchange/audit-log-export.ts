import { canonicalIp } from '../../lib/ip.ts'
import type { FieldValue, LogSource } from '../../model/event.ts'
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
