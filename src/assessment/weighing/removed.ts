import type { FindingWithHits } from '../../findings/findings.ts'
import { fieldText } from '../../model/event.ts'
import { vantageOf } from '../../model/log-kinds.ts'
import { isInOwnWebRoot } from '../../model/own-places.ts'
import type { CountedSign, Explanation } from '../../model/weight.ts'
import type { ExplanationContext } from './explanations/explanation.ts'
import type { SubjectId } from './subjects.ts'
import { isSuccessStatus } from '../../model/requests.ts'

/** Folders in which only Exchange has pages, and the one of ASP.NET itself. */
const ofExchange = /^\/{1,9}(?:aspnet_client|owa|ecp|oab|ews|mapi|rpc|rpcwithcert|powershell|autodiscover)\/{1,9}[^/]/i

/**
 * A page below Exchange's directories, or in aspnet_client, that was served or compiled and is in no web root any more, where all of
 * these are in the evidence: it ran and was removed. What many people used was taken away by its owner.
 */
export function removalSigns(
  { kind, key }: SubjectId,
  about: readonly FindingWithHits[],
  explanations: readonly Explanation[],
  { pages, hasAllPages = false }: ExplanationContext,
): CountedSign[] {
  if (kind !== 'page' || !hasAllPages || pages.has(key.slice(key.indexOf('\0') + 1))) return []
  if (about.some(({ hits }) => hits.some(({ event }) => isPageThere(event)))) return []
  if (explanations.some(({ by }) => by === 'people')) return []
  const ran = about.find(({ hits }) => hits.some(({ event }) => ranBelowExchange(event)))
  return ran ? [{ kind: 'provenance', strength: 'strong', finding: ran.finding.id }] : []
}

/** Is it the page itself, where IIS serves it? A copy that somebody keeps elsewhere is not. */
function isPageThere({ log, at, target }: FindingWithHits['hits'][number]['event']): boolean {
  if (log !== 'web-roots') return false
  const windowsPath = target !== null && /^[a-z]:[\\/]/i.test(target) ? target : null
  return isInOwnWebRoot({ path: at.path, windowsPath })
}

function ranBelowExchange(event: FindingWithHits['hits'][number]['event']): boolean {
  if (event.log === 'aspnet-temp') return ofExchange.test(fieldText(event, 'virtualPath') ?? '')
  const isServed = vantageOf(event.log) === 'front-end' && isSuccessStatus(event.fields['sc-status'])
  return isServed && ofExchange.test(fieldText(event, 'cs-uri-stem') ?? '')
}
