import type { FindingWithHits } from '../../findings/findings.ts'
import { fieldText } from '../../model/event.ts'
import { isBelowExchange, isOfNoProduct } from '../../model/exchange-urls.ts'
import { vantageOf } from '../../model/log-kinds.ts'
import { isInOwnWebRoot } from '../../model/own-places.ts'
import { isStrong } from '../../model/sign.ts'
import type { CountedSign, Explanation } from '../../model/weight.ts'
import type { ExplanationContext } from './explanations/explanation.ts'
import type { SubjectId } from './subjects.ts'
import { isSuccessStatus } from '../../model/requests.ts'

/**
 * A page that was served or compiled and is in no web root any more, where all of these and the configuration of IIS are in the
 * evidence: it ran and was removed. A strong sign below Exchange's directories or in aspnet_client; a weak one elsewhere, and where logs
 * of several hosts are assessed together: the web roots may be those of another. What
 * many people or a monitor used was taken away by its owner.
 */
export function removalSigns(
  { kind, key }: SubjectId,
  about: readonly FindingWithHits[],
  explanations: readonly Explanation[],
  { pages, hasAllPages = false, areSeveral = false, isConfigured = () => false }: ExplanationContext,
): CountedSign[] {
  if (kind !== 'page' || !hasAllPages || pages.has(key.slice(key.indexOf('\0') + 1))) return []
  if (about.some(({ hits }) => hits.some(({ event }) => isPageThere(event)))) return []
  if (explanations.some(({ by }) => ofOwners.has(by))) return []
  // What the web roots of another host lack makes nothing certain; it only keeps a weak sign from being nothing.
  if (areSeveral && about.some(({ finding }) => isStrong(finding.sign))) return []
  const ran = (isThere: (path: string) => boolean): FindingWithHits | undefined =>
    about.find(({ hits }) => hits.some(({ event }) => isThere(pathThatRan(event) ?? '')))
  const below = ran(isBelowExchange)
  const strength = areSeveral ? 'weak' : 'strong'
  if (below) return [{ kind: 'provenance', strength, finding: below.finding.id, computed: 'removed' }]
  const elsewhere = ran((path) => isOfNoProduct(path) && !isConfigured(path))
  return elsewhere ? [{ kind: 'provenance', strength: 'weak', finding: elsewhere.finding.id, computed: 'removed' }] : []
}

/** Explanations by which a page is one of the organization. */
const ofOwners: ReadonlySet<string> = new Set(['people', 'many-clients', 'monitor'])

/** Is it the page itself, where IIS serves it? A copy in another folder is not. */
function isPageThere({ log, at, target }: FindingWithHits['hits'][number]['event']): boolean {
  if (log !== 'web-roots') return false
  const windowsPath = target !== null && /^[a-z]:[\\/]/i.test(target) ? target : null
  return isInOwnWebRoot({ path: at.path, windowsPath })
}

/** The URL path of a page that was compiled or served; null of any other event. */
function pathThatRan(event: FindingWithHits['hits'][number]['event']): string | null {
  if (event.log === 'aspnet-temp') return fieldText(event, 'virtualPath')
  const isServed = vantageOf(event.log) === 'front-end' && isSuccessStatus(event.fields['sc-status'])
  return isServed ? fieldText(event, 'cs-uri-stem') : null
}
