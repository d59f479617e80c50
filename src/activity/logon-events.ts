import { canonicalIp, isPrivate } from '../lib/ip.ts'
import { accountAndMailbox } from '../model/account-names.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isFrontEnd, type LogKind } from '../model/log-kinds.ts'
import { type CountedLogon, LOGON, logonOf, valueOf } from '../parsers/exchange/logons.ts'
import { DAY } from '../lib/time.ts'

// Logons that logs record one by one: the protocol logs of IMAP, POP and SMTP, and the events of Windows. Those of the front end are
// counted as requests (parsers/exchange/logons.ts).

/** Sub-statuses of Windows with which the password was right: expired, must change, not at this hour, place or time. */
const RIGHT = /^0xc00000(?:71|6f|70)$|^0xc0000(?:224|193|15b)$/i
/** Logons over the network, with a password in clear (Basic), and by remote desktop. */
const TYPES: ReadonlySet<string> = new Set(['3', '8', '10'])
/** Kerberos: the password was wrong. */
const WRONG = /^0x18$/i

/** The logon that is counted of a row or record of any log; null where it has none. */
export function countedLogon(event: Event): CountedLogon | null {
  // Of a table of events each row is an event, though it is no whole log.
  if ((event.snippet && event.log !== 'windows-security') || event.time === null) return null
  return isFrontEnd(event.log) ? logonOf(event.fields, event.client, event.log) : logonOfEvent(event)
}

/** Was it served, or refused? `token`: neither. */
export function outcomeOf({ value }: CountedLogon): 'served' | 'refused' | 'token' {
  const bits = Number(value.slice(value.lastIndexOf('\0') + 1))
  if ((bits & LOGON.token) !== 0) return 'token'
  return (bits & LOGON.refused) === 0 ? 'served' : 'refused'
}

/** The logon of a row or record; null where it is none. */
export function logonOfEvent(event: Event): CountedLogon | null {
  if (event.log === 'smtp-receive') return ofSmtp(event)
  if (event.log === 'imap-pop') return ofMailProtocol(event)
  if (event.log === 'windows-security') return ofWindows(event)
  return null
}

/** `User Name: ann@contoso.example` behind a refusal, and `CONTOSO\ann,authenticated`. */
function ofSmtp(event: Event): CountedLogon | null {
  const context = fieldText(event, 'context') ?? ''
  const client = fieldText(event, 'ClientIP')
  const refused = /^user name:\s*(\S.*)$/i.exec(context)?.[1]
  if (refused !== undefined) return /^null$/i.test(refused) ? null : made(refused, client, 'smtp', LOGON.refused)
  const user = /^authenticated$/i.test(context) ? fieldText(event, 'data') : null
  return user === null ? null : made(user, client, 'smtp', 0)
}

/** `login,ann *****,R=ok`; of POP `pass`, behind `user`, with the name in its own column. */
function ofMailProtocol(event: Event): CountedLogon | null {
  const command = (fieldText(event, 'command') ?? '').toLowerCase()
  if (!/^(?:login|authenticate|auth|pass)$/.test(command)) return null
  const said = `${fieldText(event, 'parameters') ?? ''} ${fieldText(event, 'context') ?? ''}`
  const typed = command === 'login' ? /^"?([^\s"]{1,256})/.exec(fieldText(event, 'parameters') ?? '')?.[1] : undefined
  const user = fieldText(event, 'user') ?? typed ?? /\bUser:([^\s;:"]{1,256})/i.exec(said)?.[1] ?? null
  if (user === null || user.startsWith('*')) return null
  const isRefused = /R="?(?:\S{1,32} )?(?:NO|-ERR)\b|LogonFailed|AuthFailed|LogonDenied/i.test(said)
  if (!isRefused && !/R="?(?:ok|\S{1,32} OK|\+OK)\b/i.test(said)) return null
  const { account, mailbox } = accountAndMailbox(user.trim())
  return isRefused
    ? made(account, event.client, 'imap-pop', LOGON.refused)
    : made(account, event.client, 'imap-pop', LOGON.mail, mailbox ?? '')
}

/**
 * Has an event what Windows writes into each of its kind: whose logon it was and from where, which program, script or service it was?
 * Where its fields have other names, that is lost.
 */
export function isWholeEvent({ log, fields, snippet }: Event): boolean {
  const events = NEEDED.get(log)
  if (events === undefined || snippet === true) return true
  const needed = events.get(Number(fields.EventID))
  return needed === undefined || needed.every((name) => fields[name] !== undefined)
}

const NEEDED: ReadonlyMap<LogKind, ReadonlyMap<number, readonly string[]>> = new Map([
  [
    'windows-security',
    new Map([
      [4624, ['TargetUserName', 'LogonType', 'IpAddress']],
      [4625, ['TargetUserName', 'LogonType', 'IpAddress']],
      [4688, ['NewProcessName']],
      [4771, ['TargetUserName', 'Status', 'IpAddress']],
    ]),
  ],
  [
    'windows-sysmon',
    new Map([
      [1, ['Image']],
      [11, ['TargetFilename']],
    ]),
  ],
  ['windows-powershell', new Map([[4104, ['ScriptBlockText']]])],
  ['windows-system', new Map([[7045, ['ServiceName']]])],
  [
    'msexchange-management',
    new Map([
      [1, ['Cmdlet']],
      [6, ['Cmdlet']],
    ]),
  ],
])

function ofWindows(event: Event): CountedLogon | null {
  const id = Number(event.fields.EventID)
  if (id === 1200 || id === 1202) return tokenOf(event)
  const user = fieldText(event, 'TargetUserName')
  if (user === null || (id !== 4624 && id !== 4625 && id !== 4771)) return null
  const client = event.client
  const table = event.snippet === true ? LOGON.table : 0
  if (id === 4771)
    return WRONG.test(fieldText(event, 'Status') ?? '') ? made(user, client, 'windows', LOGON.refused + table) : null
  if (!TYPES.has(String(event.fields.LogonType))) return null
  if (id === 4624) return client === null || isPrivate(client) ? null : made(user, client, 'windows', table)
  const isRight = RIGHT.test(fieldText(event, 'SubStatus') ?? '') || RIGHT.test(fieldText(event, 'Status') ?? '')
  return isRight ? null : made(user, client, 'windows', LOGON.refused + table)
}

/**
 * A token of AD FS for Microsoft 365, by account and day: 1200 that it was issued, 1202 that the password was right. The audit is XML in
 * data without a name. https://learn.microsoft.com/windows-server/identity/ad-fs/troubleshooting/ad-fs-tshoot-logging
 */
function tokenOf({ fields, time, snippet }: Event): CountedLogon | null {
  if (time === null) return null
  const audit = Object.values(fields).find((value) => typeof value === 'string' && value.includes('<AuditBase'))
  if (typeof audit !== 'string' || !audit.includes(MICROSOFT_365) || !audit.includes(ISSUED)) return null
  const user = USER_ID.exec(audit)?.[1]
  const table = snippet === true ? LOGON.table : 0
  return user === undefined ? null : made(user, null, 'token', table, String(Math.floor(time / DAY)))
}

const MICROSOFT_365 = '<RelyingParty>urn:federation:MicrosoftOnline</RelyingParty>'
const ISSUED = '<AuditResult>Success</AuditResult>'
const USER_ID = /<UserId>([^<>\s]{1,256})<\/UserId>/

/** `detail`: the mailbox that was opened where it is not the account's own, and the day of a token. */
function made(
  user: string,
  client: string | null,
  of: keyof typeof LOGON,
  bits: number,
  detail = '',
): CountedLogon | null {
  const name = user.trim()
  if (name === '' || name === '-' || name.endsWith('$')) return null
  const address = client === null ? '' : (canonicalIp(client) ?? '')
  return { value: valueOf(name, address, detail, LOGON[of] + bits), client: address }
}
