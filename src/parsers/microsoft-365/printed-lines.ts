import { plainName, type PrintedRecord } from './printed-table.ts'

/** Members of a record as authors write them, one a line, in small letters without blanks and marks. */
const MEMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CreationTime: 'creationtime creationdate time timestamp date datetime',
    Operation: 'operation operations activity',
    UserId: 'userid userids user username userprincipalname upn',
    ClientIP: 'clientip clientipaddress ip ipaddress actoripaddress sourceip',
    Workload: 'workload',
    RecordType: 'recordtype',
    ResultStatus: 'resultstatus result',
    UserAgent: 'useragent',
    ClientInfoString: 'clientinfostring',
    MailboxOwnerUPN: 'mailbox mailboxowner mailboxownerupn',
    ObjectId: 'objectid',
    SessionId: 'sessionid',
    Parameters: 'parameters',
  }).flatMap(([name, said]) => said.split(' ').map((one): [string, string] => [one, name])),
)
/** Parameters of a cmdlet that stand on lines of their own. */
const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['rulename', 'Name'],
  ...[
    'ForwardTo',
    'RedirectTo',
    'ForwardAsAttachmentTo',
    'ForwardingSmtpAddress',
    'ForwardingAddress',
    'DeliverToMailboxAndForward',
    'DeleteMessage',
    'SoftDeleteMessage',
    'MarkAsRead',
    'MoveToFolder',
    'StopProcessingRules',
    'SubjectContainsWords',
    'BodyContainsWords',
    'SubjectOrBodyContainsWords',
    'FromAddressContainsWords',
    'AccessRights',
  ].map((name): [string, string] => [name.toLowerCase(), name]),
])
const OF_CMDLETS: ReadonlySet<string> = new Set(PARAMETERS.values())
const LINE =
  /^[\s>*•-]{0,12}(?:\d\d?:\d\d(?::\d\d)?\s{1,4})?[*`"]{0,3}@?([A-Za-z][A-Za-z _]{1,30})[*`"]{0,3}\s{0,30}[:=]\s{0,4}(\S.{0,8191})$/
/** What the audit log calls what users and cmdlets do with mail and accounts. */
const OPERATION =
  /^(?:(?:New|Set|Enable|Disable|Remove|Add|Search|Update)-[A-Z]\w{2,40}|MailItemsAccessed|UserLoggedIn|UserLoginFailed|UpdateInboxRules|(?:Hard|Soft)Delete|Send(?:As|OnBehalf)?|Consent to application\.?)$/
const FORWARDS = /\b(forward|redirect)s?(?:ed)?\s(?:\w{1,10}\s){0,3}to:?\s{1,4}([^\s@;,]{1,64}@[\w.-]{3,128})/i
/** A line that heads such a record. */
export const PRINTED_LINE = /(?:^|[\s*`"])(?:operations?|activity)[*`"]{0,3}\s{0,30}[:=]\s{0,4}\S/im

/** Records of the audit log of Microsoft 365 whose members stand one a line: `Operation: New-InboxRule`, `UserId: …`. */
export function recordsOfLines(text: string): PrintedRecord[] {
  if (!PRINTED_LINE.test(text)) return []
  const found: PrintedRecord[] = []
  let block = new Map<string, unknown>()
  let [start, end] = [0, 0]
  const close = (): void => {
    const value = recordOfBlock(block)
    if (value !== null) found.push({ value, from: start, to: end })
    block = new Map()
  }
  let from = 0
  for (const line of text.split('\n')) {
    const m = line.length > 8_400 ? null : LINE.exec(line.trimEnd())
    const name = m === null ? undefined : nameOf(m[1]!)
    // A record begins again where a member comes a second time.
    if (m === null || (name !== undefined && block.has(name))) close()
    if (m !== null) {
      if (block.size === 0) start = from
      end = from + line.length
      block.set(name ?? m[1]!, withoutRemark(m[2]!).replaceAll(/^["'`*]{1,3}|["'`*,]{1,4}$/g, ''))
    }
    from += line.length + 1
  }
  close()
  return found
}

/** What an author remarks behind a value: `True  ← the victim does not see it`. */
function withoutRemark(value: string): string {
  const at = value.search(/\s{1,8}(?:<-|\u2190|\u27f5|\/\/|#)\s/)
  return at < 0 ? value : value.slice(0, at)
}

function nameOf(said: string): string | undefined {
  const name = plainName(said)
  return MEMBERS.get(name) ?? PARAMETERS.get(name)
}

/** Only what names a user of Microsoft 365 and one of its operations is one; the whole record may stand in the lines, too. */
function recordOfBlock(block: ReadonlyMap<string, unknown>): Record<string, unknown> | null {
  const text = (name: string): string => (block.get(name) as string | undefined) ?? ''
  if (!OPERATION.test(text('Operation')) || !/^[^\s@]{1,64}@[\w.-]{3,253}$/.test(text('UserId'))) return null
  if ([...block.keys()].some((name) => /^AuditData$/i.test(name))) return null
  const own = [...block].flatMap(([Name, Value]) => (OF_CMDLETS.has(Name) ? [{ Name, Value }] : []))
  const forwards = FORWARDS.exec(text('Actions'))
  if (forwards) own.push({ Name: /^r/i.test(forwards[1]!) ? 'RedirectTo' : 'ForwardTo', Value: forwards[2]! })
  const members = [...block].filter(([name]) => MEMBERS.get(name.toLowerCase()) === name)
  return { ...Object.fromEntries(members), ...(own.length > 0 && !block.has('Parameters') ? { Parameters: own } : {}) }
}
