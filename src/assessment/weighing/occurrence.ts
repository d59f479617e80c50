import type { FindingWithHits } from '../../findings/findings.ts'
import type { Event } from '../../model/event.ts'
import { type Vantage, vantageOf } from '../../model/log-kinds.ts'
import { stageQuestion } from '../../model/answer.ts'
import { isSuccessStatus } from '../../model/requests.ts'

/** Vantages whose records confirm nothing. */
const noWitness: ReadonlySet<Vantage> = new Set(['other-tool', 'unknown'])

/**
 * Is it certain that the acts of these findings happened? A request that was sent is shown by its entry. Any other act is shown by
 * what no request can forge, or by two vantages.
 */
export function isShown(acts: readonly FindingWithHits[]): boolean {
  const vantages = new Set(
    acts.map(({ finding }) => vantageOf(finding.log)).filter((vantage) => !noWitness.has(vantage)),
  )
  return vantages.size >= 2 || acts.some(isUnforgeable)
}

function isUnforgeable({ finding, hits }: FindingWithHits): boolean {
  if (stageQuestion[finding.stage] === 'targeted') return true
  const vantage = vantageOf(finding.log)
  if (noWitness.has(vantage)) return false
  if (vantage !== 'front-end') return true
  // The front end records what the client sent; that something answered is its own record, or the back end's.
  return hits.some(
    ({ joined = [], event: { fields } }) =>
      joined.length > 0 ||
      fields.Succeeded === true ||
      isSuccessStatus(fields.BackEndStatus) ||
      servedItself(finding, fields),
  )
}

/** What the front end serves itself: pages of its own folders, and files that were fetched from them. */
function servedItself({ sign, stage }: FindingWithHits['finding'], fields: Event['fields']): boolean {
  const path = String(fields['cs-uri-stem'] ?? '')
  const isFile = (stage === 'exfiltration' || stage === 'credentials') && (STATIC.test(path) || OWN.test(path))
  return (sign.subject === 'page' || isFile) && isSuccessStatus(fields['sc-status'])
}

/** Files that no back end makes: mailboxes, dumps, hives and archives. */
const STATIC = /\.(?:pst|ost|edb|dmp|mdmp|dit|hiv|zip|7z|rar|cab|tar|gz|tgz)(?:\.\d{3})?$/i

/** Files under other endings in folders that the front end does not pass on. */
const OWN =
  /^\/+(?:owa\/+auth|ecp\/+auth|aspnet_client)\/.{0,250}\.(?:png|jpe?g|gif|bmp|ico|css|js|txt|log|xml|dat|bin|bak|tmp)$/i

/**
 * The findings with the entries that may explain something: of a subject that logs at their own places show, those in logs at
 * other places explain nothing. An intruder can leave any number of them.
 */
export function witnesses(about: readonly FindingWithHits[]): readonly FindingWithHits[] {
  for (const isWitness of [isAtOwnPlace, isNotMisplaced]) {
    const left = about.flatMap((f) => {
      const hits = f.hits.filter(isWitness)
      return hits.length === 0 ? [] : [hits.length === f.hits.length ? f : { ...f, hits }]
    })
    if (left.length > 0) return left
  }
  return about
}

type Hit = FindingWithHits['hits'][number]
const isNotMisplaced = ({ misplaced }: Hit): boolean => misplaced !== true
const isAtOwnPlace = (hit: Hit): boolean => isNotMisplaced(hit) && hit.custom !== true
