import { fieldText, type Event } from '../model/event.ts'
import { trim } from '../lib/trim.ts'
import { isMailboxOpenedBy, isPerson } from '../activity/identities.ts'

// Whose mail a row is about, where no field of its own says so: cmdlets by their parameters, audit logs and message tracking
// by their columns, requests of a user by the user. Names are as written: an address, an alias, `DOMAIN\name`.

/** The mailboxes that cmdlets, audit rows, tracked messages and requests of a user name; none where they name no one. */
export function mailboxesNamed(event: Event): readonly string[] {
  const owner = fieldText(event, 'MailboxOwnerUPN') ?? fieldText(event, 'MailboxResolvedOwnerName')
  if (owner) return [owner]
  if (event.log === 'message-tracking' || event.log === 'm365-message-trace') return ofMessage(event)
  if (event.log === 'exchange-config') return ofSetting(event)
  const cmdlet = fieldText(event, 'Cmdlet')
  if (cmdlet) {
    const named = ofCmdlet(cmdlet, fieldText(event, 'Parameters') ?? '')
    return named.length === 0 && INBOX_RULE.test(cmdlet) && event.user !== null ? [event.user] : named
  }
  const script = fieldText(event, 'ScriptBlockText') ?? fieldText(event, 'CommandLine')
  if (script) return ofScript(script)
  return ofRequest(event)
}

/** The mailbox of an exported inbox rule (`contoso.example/Users/ann\\1234` is one of its rules), and an exported mailbox itself. */
function ofSetting(event: Event): string[] {
  const isMailbox = event.fields.ForwardingSmtpAddress !== undefined || event.fields.ForwardingAddress !== undefined
  const identity = fieldText(event, 'Identity')
  const ofRule = fieldText(event, 'MailboxOwnerId') ?? (RULE.test(identity ?? '') ? identity!.replace(RULE, '') : null)
  const owner = ofRule ?? (isMailbox ? (fieldText(event, 'PrimarySmtpAddress') ?? identity) : null)
  return owner === null ? [] : [owner]
}

/** Behind the mailbox the number of the rule. */
const RULE = /\\\d{1,20}$/

/** Conditions of a transport rule that name the users whose mail it is about. */
const WHOSE_MAIL = ['SentTo', 'From', 'AnyOfToHeader', 'AnyOfToCcHeader', 'AnyOfCcHeader']

/** The parameter that names the mailbox whose mail a cmdlet takes, by cmdlet. The first that is there counts. */
const PARAMETERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['new-mailboxexportrequest', ['Mailbox']],
  ['new-mailboxrestorerequest', ['SourceStoreMailbox', 'SourceMailbox']],
  ['new-moverequest', ['Identity']],
  ['search-mailbox', ['Identity']],
  ['new-mailboxsearch', ['SourceMailboxes']],
  ['new-compliancesearch', ['ExchangeLocation']],
  ['set-mailbox', ['Identity']],
  ['new-inboxrule', ['Mailbox']],
  ['set-inboxrule', ['Mailbox']],
  ['enable-inboxrule', ['Mailbox']],
  ['new-journalrule', ['Recipient']],
  ['set-journalrule', ['Recipient']],
  ['new-transportrule', WHOSE_MAIL],
  ['set-transportrule', WHOSE_MAIL],
  ['add-mailboxpermission', ['Identity']],
  ['add-mailboxfolderpermission', ['Identity']],
  ['set-mailboxfolderpermission', ['Identity']],
  ['set-casmailbox', ['Identity']],
  ['set-transportservice', ['PipelineTracingSenderAddress']],
  ['set-transportserver', ['PipelineTracingSenderAddress']],
  ['set-mailboxtransportservice', ['PipelineTracingSenderAddress']],
])

/** Without a mailbox these set a rule of the account that runs them. */
const INBOX_RULE = /(?:^|\\)(?:new|set|enable)-inboxrule$/i

/** Parameters that name a mailbox or its user, whatever the cmdlet does with it. */
const PEOPLE = ['Mailbox', 'SourceMailbox', 'SourceMailboxes', 'SourceStoreMailbox', 'TargetMailbox', 'RecoveryMailbox']
/** Cmdlets that are about a mailbox, whose name may stand as `-Identity` or `-User`. */
const OF_MAILBOX =
  /\b[a-z]+-(?:(?:Remote|CAS|UM)?Mailbox(?:AuditBypassAssociation|AutoReplyConfiguration|(?:Folder)?Permission|(?:Folder)?Statistics|JunkEmailConfiguration)?|MailUser|User|Recipient(?:Permission)?|ADPermission|InboxRule|MoveRequest|ActiveSyncDevice\w*|MobileDevice\w*)\b/i

/** All persons that a parameter of a cmdlet names, whether or not their mail was taken. */
export function peopleNamed(event: Event): readonly string[] {
  const cmdlet = fieldText(event, 'Cmdlet')
  const written =
    cmdlet === null
      ? (fieldText(event, 'ScriptBlockText') ?? fieldText(event, 'CommandLine'))
      : `${cmdlet} ${fieldText(event, 'Parameters') ?? ''}`
  if (!written) return []
  const text = written.slice(0, LONGEST)
  const names = OF_MAILBOX.test(text) ? [...PEOPLE, 'Identity', 'User'] : PEOPLE
  return names.flatMap((name) => valuesOf(text, name))
}

const LONGEST = 16_384
const MANY = 50

function ofCmdlet(cmdlet: string, parameters: string): string[] {
  for (const name of PARAMETERS.get(cmdlet.replace(/^.*\\/, '').toLowerCase()) ?? []) {
    const values = valuesOf(parameters.slice(0, LONGEST), name)
    if (values.length > 0) return values
  }
  return []
}

const TYPED = new RegExp(`\\b(${[...PARAMETERS.keys()].join('|')})\\b([^\\r\\n;|]{0,4096})`, 'gi')

function ofScript(script: string): string[] {
  const found = [...script.slice(0, LONGEST).matchAll(TYPED)].slice(0, MANY).flatMap(([, cmdlet, rest]) => {
    const named = ofCmdlet(cmdlet!, rest!)
    // The name may stand first, without its parameter: `Search-Mailbox ann -TargetMailbox …`.
    const first = /^\s+["']?([^\s"'$(@{;|-][^\s"';|]{0,255})["']?(?=\s|$)/.exec(rest!)?.[1]
    return named.length > 0 || !first || !PARAMETERS.get(cmdlet!.toLowerCase())!.includes('Identity') ? named : [first]
  })
  return [...new Set(found)]
}

// `-Mailbox "a"`, `-Mailbox:'a'`, `-SourceMailboxes ("a", "b")`, `-Mailbox a,b`, and quotes that are doubled.
const VALUE = `["']{1,2}[^"']{1,256}["']{1,2}|[^\\s"',;|()@{}][^\\s"',;|(){}]{0,255}`

function valuesOf(text: string, parameter: string): string[] {
  const list = new RegExp(`(?<![\\w-])-${parameter}[\\s:]+[@(]{0,2}\\s?((?:${VALUE})(?:\\s?,\\s?(?:${VALUE}))*)`, 'i')
  const written = list.exec(text)?.[1]
  if (written === undefined) return []
  return [...written.matchAll(new RegExp(VALUE, 'g'))].slice(0, MANY).flatMap(([value]) => nameOf(value) ?? [])
}

function nameOf(written: string): string | null {
  // Of a folder the mailbox: `ann@contoso.example:\Calendar`.
  const name = trim(written, '"\'')
    .replace(/:\\.*$/s, '')
    .trim()
  return name === '' || /^(?:\$|all$|-)/i.test(name) || name.endsWith('$') ? null : name
}

/** Of a message that was sent on the mailbox that it was for, else whose it is. */
function ofMessage(event: Event): string[] {
  const redirected = /^redirect$/i.test(fieldText(event, 'event-id') ?? '')
  const name = fieldText(event, redirected ? 'related-recipient-address' : 'sender-address')
  return name === null || name === '<>' ? [] : [...new Set(name.split(';'))].slice(0, MANY)
}

const OWN = /^\/+(?:owa|microsoft-server-activesync)(?:\/|$)/i
/** Outlook on the web names a mailbox in the address of its page where it belongs to another user. */
const OTHER = /^\/+owa\/+([^/@?\s]{1,128}(?:@|%40)[^/?\s]{1,255})\/+(?:service\.svc|attachment\.ashx|ev\.owa|$)/i
/** The control panel names the mailbox whose settings are changed in the address, whether anyone is logged on or not. */
const SETTINGS = /^\/+ecp\/+([^/@?\s]{1,128}(?:@|%40)[^/?\s]{1,255})\//i
const CHANGED = /\.svc\/{1,9}(?:New|Set|Remove|Enable|Disable)/i
/** RPC over HTTP asks for a mailbox by its number. */
const RPC = /^\/+rpc(?:withcert)?\/+rpcproxy\.dll$/i
const NUMBER = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^:&\s]{1,255}):600\d/i

/** Outlook on the web and ActiveSync show a user their own mailbox, where the address names no other. */
function ofRequest(event: Event): string[] {
  const user = fieldText(event, 'cs-username')
  const path = fieldText(event, 'cs-uri-stem') ?? ''
  const changed = CHANGED.test(path) ? SETTINGS.exec(path)?.[1] : undefined
  if (changed !== undefined) return [changed.replace(/%40/i, '@')]
  if (user === null || user.endsWith('$')) return []
  if (RPC.test(path)) return NUMBER.exec(fieldText(event, 'cs-uri-query') ?? '')?.slice(1) ?? []
  if (!OWN.test(path)) return []
  return [OTHER.exec(path)?.[1]!.replace(/%40/i, '@') ?? user]
}

/** Is it a log of a back-end service whose entries are about one mailbox each? */
export function isMailboxLog(log: string): boolean {
  return log === 'ews' || log === 'mapihttp'
}

/** The mailboxes that a row names: acted as, impersonated, exported or asked for; never the machine account. */
export function mailboxesIn(event: Event): readonly string[] {
  for (const name of ['ActAsUser', 'ImpersonatedUser', 'ActAsUserEmail', 'MailboxId']) {
    const value = fieldText(event, name)
    if (value && isMailboxOpenedBy(event.user ?? '', value)) return [value]
  }
  const query = fieldText(event, 'SsrfQuery') ?? fieldText(event, 'cs-uri-query')
  for (const [, id] of query?.matchAll(/(?:^|[?&])MailboxId=([^&\s#]+)/gi) ?? [])
    if (id!.slice(1, -1).includes('@')) return [id!]
  const named = mailboxesNamed(event)
  // As the count of mail has it: an entry of these logs that names no mailbox is about that of its account.
  const isOwn = named.length === 0 && isMailboxLog(event.log) && event.user !== null && isPerson(event.user)
  return isOwn ? [event.user!] : named
}
