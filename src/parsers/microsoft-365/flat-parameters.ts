import { type Members, memberText } from './members.ts'

// Shippers flatten a record and analysts keep the parameters that matter, so that parameters of an Exchange cmdlet are members beside
// `Operation` instead of pairs in `Parameters`: {"Operation":"New-InboxRule","MoveToFolder":"RSS Feeds","DeleteMessage":"True"}.

/** Parameters of cmdlets that no record of the unified audit log has as a member of its own. */
const DISTINCT = [
  'AccessRights',
  'AlwaysDeleteOutlookRulesBlob',
  'AuditBypassEnabled',
  'AutoReplyState',
  'BlindCopyTo',
  'BodyContainsWords',
  'DeleteMessage',
  'DeliverToMailboxAndForward',
  'ForwardAsAttachmentTo',
  'ForwardingAddress',
  'ForwardingSmtpAddress',
  'ForwardTo',
  'FromAddressContainsWords',
  'GrantSendOnBehalfTo',
  'HeaderContainsWords',
  'MarkAsRead',
  'MoveToFolder',
  'RedirectMessageTo',
  'RedirectTo',
  'SoftDeleteMessage',
  'StopProcessingRules',
  'SubjectContainsWords',
  'SubjectOrBodyContainsWords',
]
/** Parameters whose names other members have, too: taken where a distinct one is there. */
const SHARED = ['Delegate', 'From', 'Identity', 'InheritanceType', 'Mailbox', 'Name', 'Trustee', 'User']

const namesOf = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [name.toLowerCase(), name]))
const distinct = namesOf(DISTINCT)
const all = namesOf([...DISTINCT, ...SHARED])
const CMDLET = /^(?:New|Set|Enable|Disable|Add|Remove|Update)-[A-Za-z]{2,60}$/i
/** Flattened names keep their path: `Parameters.MoveToFolder`, `Parameters_MoveToFolder`. */
const PATH = /^parameters[._]/

/** Is a member (in lower case) a parameter of a cmdlet that stands beside the record's other members? */
export function isFlatParameter(name: string): boolean {
  return distinct.has(name.replace(PATH, ''))
}

/** The members with flat parameters of an Exchange cmdlet as `Parameters`; unchanged where it has `Parameters` or no flat ones. */
export function withParameters(members: Members): Members {
  if (members.has('parameters') || !CMDLET.test(memberText(members, 'operation', 'operations') ?? '')) return members
  const pairs: { Name: string; Value: unknown }[] = []
  let isFlat = false
  for (const [key, [name, value]] of members) {
    const isPath = PATH.test(key)
    const own = isPath ? name.slice('parameters.'.length) : all.get(key)
    if (own === undefined || value === null || value === '') continue
    isFlat ||= isPath || distinct.has(key)
    pairs.push({ Name: own, Value: value })
  }
  return isFlat ? new Map([...members, ['parameters', ['Parameters', pairs]]]) : members
}
