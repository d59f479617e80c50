import { GUIDS, HOLDS_GUID } from '../lib/uuid.ts'
import { fieldText, type Event } from '../model/event.ts'
import { isOfTenant, recordsCloudMail } from '../model/log-kinds.ts'

/** Applications (their ids) that a row of the tenant lets in, gives a secret to, or is of; those of Microsoft tie nothing. */
export function applicationsIn(event: Event): readonly string[] {
  return applicationIdsIn(event).filter((id) => !OF_MICROSOFT.test(id))
}

/** The ids of all applications that a row of the tenant lets in, gives a secret to, or is of. */
export function applicationIdsIn(event: Event): readonly string[] {
  if (!isOfTenant(event.log)) return []
  const operation = fieldText(event, 'Operation') ?? ''
  const texts = LETS_IN.test(operation)
    ? namesOfGranted(event)
    : recordsCloudMail(event.log)
      ? [event.fields.ClientAppId ?? null, event.fields.AppId ?? null]
      : []
  const ids = texts.flatMap((text) =>
    typeof text === 'string' ? [...text.replaceAll(OTHER_IDS, '').matchAll(GUIDS)].map(([id]) => id.toLowerCase()) : [],
  )
  // The object of a service principal stands first in its records and in no log of mail: the application is named by its id.
  const objects = new Set(texts.flatMap((text) => SERVICE_PRINCIPAL.exec(String(text))?.[1]?.toLowerCase() ?? []))
  const [named, others] = [ids.filter((id) => !objects.has(id)), ids.filter((id) => objects.has(id))]
  return [...new Set([...named, ...others])].slice(0, 50)
}

const SERVICE_PRINCIPAL = /^ServicePrincipal_([0-9a-f-]{36})$/i

/**
 * Texts of a record that name the application. One that gives a right also names the right itself and the application whose mail it
 * opens, which other applications have in common: where it says which application receives it, nothing else counts.
 */
function namesOfGranted({ fields }: Event): readonly unknown[] {
  const properties = [fields.ModifiedProperties ?? []].flat()
  const receivers = RECEIVER.flatMap((name) => properties.filter((text) => name.test(String(text))))
  if (receivers.length > 0) return receivers
  const changed =
    properties.length > 0 ? properties : [fields['TargetResources.modifiedProperties.newValue'] ?? []].flat()
  return [[fields.Target ?? []].flat(), [fields.TargetIds ?? []].flat(), changed].flat()
}

/** https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities */
const RECEIVER = [/^ServicePrincipal\.AppId:/i, /^ServicePrincipal\.ObjectID:/i]

/** Does a record of a consent name the application, by its id or its name? The object of its service principal stands in no log of mail. */
export function namesApplication({ fields }: Event): boolean {
  const texts = (name: string): string[] => [fields[name] ?? ''].flat().map(String)
  const objects = new Set(texts('ModifiedProperties').flatMap((text) => OBJECT.exec(text)?.[1]?.toLowerCase() ?? []))
  const isNamed = [...texts('Target'), ...texts('ObjectId')].some(
    (text) => HOLDS_GUID.test(text) && !objects.has(text.toLowerCase()),
  )
  return (
    isNamed ||
    texts('ModifiedProperties').some((text) =>
      [...text.matchAll(NAMING)].some(([, value]) => value !== undefined && !OF_MICROSOFT.test(value.slice(0, 36))),
    )
  )
}

const OBJECT = /\bServicePrincipal\.ObjectID:[ "[\]]{0,20}([0-9a-f-]{36})/i
// The resource that it may use is one of Microsoft's, and is named in the same way.
const NAMING = /\bServicePrincipal(?:\.(?:AppId|DisplayName|Name)|Names):[ "[\]]{0,20}([^\s"[\]][^\n"]*)/gi

/** `00000002-0000-0ff1-ce00-000000000000` is Exchange Online itself, `00000003-0000-0000-c000-000000000000` Microsoft Graph. */
export const OF_MICROSOFT = /^0000000[0-9a-f]-0000-0(?:000-c000|ff1-ce00)-0{12}$/
/** Ids of a key and of a right, which stand in the same texts. */
const OTHER_IDS = /\b(?:KeyIdentifier=|EntitlementId["\\]{0,4}:["\\]{0,4})[0-9a-f-]{36}/gi
const LETS_IN =
  /^(?:consent to application|add (?:service principal|app(?:lication)?|oauth2permissiongrant|delegated permission grant)|(?:add|update) (?:service principal|application).*|add app role assignment.*)/i
