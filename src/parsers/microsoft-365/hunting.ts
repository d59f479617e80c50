import { isoTime } from '../../lib/time.ts'
import { certainTime } from '../common/local-time.ts'
import { membersOf, type Members } from './members.ts'

// Tables that advanced hunting of Defender XDR exports and that hold no record of another log: their columns by the names that the
// logs themselves have for the same.

/**
 * EntraIdSignInEvents (AADSignInEventsBeta until 2025) and EntraIdSpnSignInEvents.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-entraidsigninevents-table
 */
const SIGN_IN: ReadonlyMap<string, string> = new Map([
  ['application', 'appDisplayName'],
  ['applicationid', 'appId'],
  ['accountupn', 'userPrincipalName'],
  ['accountdisplayname', 'userDisplayName'],
  ['accountobjectid', 'userId'],
  ['serviceprincipalname', 'servicePrincipalName'],
  ['serviceprincipalid', 'servicePrincipalId'],
  ['errorcode', 'resultType'],
  ['requestid', 'id'],
  ['correlationid', 'correlationId'],
  ['sessionid', 'sessionId'],
  ['resourcedisplayname', 'resourceDisplayName'],
  ['resourceid', 'resourceId'],
  ['ipaddress', 'ipAddress'],
  ['useragent', 'userAgent'],
  ['clientappused', 'clientAppUsed'],
  ['authenticationrequirement', 'authenticationRequirement'],
  ['aaddeviceid', 'deviceDetail.deviceId'],
  ['entraiddeviceid', 'deviceDetail.deviceId'],
  ['osplatform', 'deviceDetail.operatingSystem'],
  ['country', 'location.countryOrRegion'],
  ['city', 'location.city'],
])
/** Numbers that these tables have where the log has words. */
const WORDS: ReadonlyMap<string, readonly [name: string, words: Readonly<Record<string, string>>]> = new Map([
  ['tokenissuertype', ['tokenIssuerType', { 0: 'AzureAD', 1: 'ADFederationServices' }]],
  ['risklevelaggregated', ['riskLevelAggregated', { 0: 'none', 1: 'low', 10: 'medium', 50: 'medium', 100: 'high' }]],
  ['conditionalaccessstatus', ['conditionalAccessStatus', { 0: 'success', 1: 'failure', 2: 'notApplied' }]],
])

/** Are these (in lower case) the columns of sign-ins in advanced hunting? */
export function areHuntedSignIns(has: (name: string) => boolean): boolean {
  const isOfAccount = has('accountupn') || has('serviceprincipalid')
  return isOfAccount && ['timestamp', 'applicationid', 'errorcode', 'ipaddress', 'requestid'].every(has)
}

/** A sign-in of advanced hunting by the names of the sign-in log; null where it is none, or has no time. */
export function huntedSignIn(members: Members): Members | null {
  if (!areHuntedSignIns((name) => members.has(name))) return null
  const time = timeIn(members)
  if (time === null) return null
  const named: Record<string, unknown> = { createdDateTime: time }
  for (const [key, [name, value]] of members) {
    if (key === 'timestamp' || value === null || value === '') continue
    const word = WORDS.get(key)
    if (word) named[word[0]] = word[1][String(value as string | number)] ?? value
    else named[SIGN_IN.get(key) ?? name] = value
  }
  return membersOf(named)
}

/** Are these (in lower case) the columns of CloudAppEvents? https://learn.microsoft.com/defender-xdr/advanced-hunting-cloudappevents-table */
export function areCloudAppEvents(has: (name: string) => boolean): boolean {
  return ['timestamp', 'actiontype', 'application', 'accountobjectid', 'activitytype'].every(has)
}

/**
 * A row of CloudAppEvents without the record of the unified audit log, which Microsoft keeps for its own services alone: what was
 * done, by whom and from where; null where it is none.
 */
export function cloudAppEvent(members: Members): Members | null {
  if (!areCloudAppEvents((name) => members.has(name))) return null
  const time = timeIn(members)
  const value = (name: string): unknown => members.get(name)?.[1]
  // Where tables were united, rows of the others have this column, too, and nothing in it.
  if (time === null || !value('activitytype')) return null
  return membersOf({
    CreationTime: time,
    Operation: value('actiontype'),
    Workload: value('application'),
    UserId: value('accountdisplayname') || value('accountobjectid'),
    ClientIP: value('ipaddress'),
    UserAgent: value('useragent'),
    ObjectId: value('objectname'),
    Id: value('reportid'),
  })
}

function timeIn(members: Members): string | null {
  const written = members.get('timestamp')?.[1]
  if (typeof written !== 'string') return null
  if (isoTime(written) !== null) return written
  const time = certainTime(written)
  return time === null ? null : new Date(time).toISOString()
}
