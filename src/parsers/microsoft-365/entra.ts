import { fieldValue } from '../common/field-value.ts'
import { canonicalIp } from '../../lib/ip.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import { cloudTime } from '../common/local-time.ts'
import {
  type CloudRecord,
  jsonListOf,
  type Members,
  membersOf,
  jsonObjectOf,
  propertiesOf,
  type Property,
  memberText,
  writtenOut,
} from './record.ts'
import { modifiedOf } from './unified.ts'

/**
 * Sign-ins and changes of Entra (Azure AD) as Microsoft Graph, the portal, Azure Monitor and Sentinel write them.
 * https://learn.microsoft.com/graph/api/resources/signin, https://learn.microsoft.com/graph/api/resources/directoryaudit
 */
export function entraEvent(record: CloudRecord, raw: string, at: Place, isSnippet: boolean): Event {
  const { members } = record
  const isSignIn = record.kind === 'signin'
  const fields = fieldsOf(members)
  if (isSignIn) addSignIn(fields, members)
  else addAudit(fields, members)
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null)
  const client = canonicalIp(text('ClientIP') ?? '')
  fields['c-ip'] = client
  return {
    log: isSignIn ? 'entra-signin' : 'entra-audit',
    sources: isSignIn ? signInSources : auditSources,
    ...timeOf(members),
    fields,
    raw,
    at,
    host: null,
    client,
    user: text('UserId'),
    target: isSignIn ? memberText(members, 'resourcedisplayname', 'appdisplayname') : text('TargetName'),
    request: null,
    session: memberText(members, 'sessionid', 'correlationid')?.toLowerCase() ?? null,
    ...(isSnippet ? { snippet: true } : {}),
  }
}

const signInSources: readonly LogSource[] = [{ product: 'azure', service: 'signinlogs' }]
const auditSources: readonly LogSource[] = [{ product: 'azure', service: 'auditlogs' }]

function timeOf(members: Members): Pick<Event, 'time' | 'timeBasis'> {
  const text = memberText(members, 'createddatetime', 'activitydatetime', 'time', 'timegenerated')
  return text === null ? { time: null, timeBasis: 'assumed' } : cloudTime(text)
}

type Draft = Record<string, FieldValue>

/** Objects lie flat, each value under its path: `Status.errorCode`; names as they are written there. */
function fieldsOf(members: Members): Draft {
  const fields: Draft = Object.create(null) as Draft
  for (const [, [name, value]] of members) {
    fields[name] = fieldValue(value)
    const inner = jsonObjectOf(value)
    if (inner) addInner(fields, name, inner, 0)
  }
  return fields
}

const DEPTH = 3
const FIELDS = 500

function addInner(fields: Draft, path: string, object: Readonly<Record<string, unknown>>, depth: number): void {
  for (const [name, value] of Object.entries(object).slice(0, FIELDS)) {
    const inner = jsonObjectOf(value)
    if (inner && depth < DEPTH) addInner(fields, `${path}.${name}`, inner, depth + 1)
    else fields[`${path}.${name}`] = fieldValue(value)
  }
}

function addSignIn(fields: Draft, members: Members): void {
  const status = jsonObjectOf(members.get('status')?.[1])
  const of = status && membersOf(status)
  const code = members.get('resulttype')?.[1] ?? of?.get('errorcode')?.[1]
  // Sigma and Sentinel have the number of the error under this name, Graph within `status`.
  if (code !== undefined && code !== null && code !== '') fields.ResultType = fieldValue(code)
  const succeeded =
    code === undefined || code === null || code === ''
      ? /^success$/i.test(memberText(members, 'status') ?? '')
      : writtenOut(code) === '0'
  fields.Succeeded = succeeded
  if (typeof members.get('status')?.[1] !== 'string' || status) fields.Status = succeeded ? 'Success' : 'Failure'
  const reason = of && memberText(of, 'failurereason')
  if (reason && !members.has('resultdescription')) fields.ResultDescription = reason
  fields.UserId = memberText(members, 'userprincipalname', 'identity', 'serviceprincipalname', 'userdisplayname')
  fields.ClientIP = memberText(members, 'ipaddress', 'calleripaddress')
  fields.AuthenticationRequirement = requirementOf(memberText(members, 'authenticationrequirement'))
}

/** The portal writes `Single-factor authentication` for `singleFactorAuthentication`. */
function requirementOf(text: string | null): string | null {
  if (text === null) return null
  return /^single/i.test(text)
    ? 'singleFactorAuthentication'
    : /^multi/i.test(text)
      ? 'multiFactorAuthentication'
      : text
}

function addAudit(fields: Draft, members: Members): void {
  const activity = memberText(members, 'activitydisplayname', 'operationname')?.trim() ?? null
  fields['properties.message'] = activity
  fields.OperationName ??= activity
  // As the unified audit log has it.
  fields.Operation ??= activity
  fields.Succeeded = /^success$/i.test(memberText(members, 'result', 'resulttype') ?? '')
  const initiated = jsonObjectOf(members.get('initiatedby')?.[1])
  const by = initiated && membersOf(initiated)
  const user = by && jsonObjectOf(by.get('user')?.[1])
  const app = by && jsonObjectOf(by.get('app')?.[1])
  const ofUser = user && membersOf(user)
  const ofApp = app && membersOf(app)
  fields.UserId =
    (ofUser && memberText(ofUser, 'userprincipalname', 'displayname', 'id')) ??
    (ofApp && memberText(ofApp, 'displayname', 'appid', 'serviceprincipalid')) ??
    memberText(members, 'actoruserprincipalname', 'actordisplayname', 'identity')
  fields.ClientIP = (ofUser && memberText(ofUser, 'ipaddress')) ?? memberText(members, 'ipaddress', 'calleripaddress')
  const targets = (jsonListOf(members.get('targetresources')?.[1]) ?? []).flatMap((target) => {
    const object = jsonObjectOf(target)
    return object ? [membersOf(object)] : []
  })
  const modified = targets.flatMap((target) => propertiesOf(target.get('modifiedproperties')?.[1]))
  const names = targets.flatMap((target) => memberText(target, 'displayname', 'userprincipalname', 'id') ?? [])
  addTargets(fields, targets.length > 0 ? { names, modified } : targetColumns(members))
  const ids = targets.flatMap((target) => memberText(target, 'id') ?? [])
  if (ids.length > 0) fields.TargetIds = ids
}

type Targets = { readonly names: readonly string[]; readonly modified: readonly Property[] }

function addTargets(fields: Draft, { names, modified }: Targets): void {
  if (names.length > 0) {
    fields.TargetName = names[0]!
    fields.Target = names
  }
  if (modified.length === 0) return
  fields.ModifiedProperties = modifiedOf(modified)
  fields['TargetResources.modifiedProperties'] = modifiedOf(modified)
  fields['TargetResources.modifiedProperties.displayName'] = modified.map(({ name }) => name)
  fields['TargetResources.modifiedProperties.newValue'] = modified.map(({ value }) => value)
}

/** The portal's table has each target and each of its properties in columns of their own, by number. */
function targetColumns(members: Members): Targets {
  const names: string[] = []
  const modified: Property[] = []
  for (let target = 1; target <= 10; target++) {
    const name = memberText(
      members,
      `target${target}displayname`,
      `target${target}userprincipalname`,
      `target${target}objectid`,
    )
    if (name !== null) names.push(name)
    for (let n = 1; n <= 20; n++) {
      const property = `target${target}modifiedproperty${n}`
      const title = memberText(members, `${property}name`)
      if (title === null) continue
      const value = memberText(members, `${property}newvalue`) ?? ''
      modified.push({ name: title, value, old: memberText(members, `${property}oldvalue`) })
    }
  }
  return { names, modified }
}
