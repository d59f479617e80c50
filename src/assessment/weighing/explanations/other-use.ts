import { isPrivate } from '../../../lib/ip.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { isOfNoProduct } from '../../../model/exchange-urls.ts'
import type { Explain } from './explanation.ts'

/**
 * A page outside the folders of Exchange that more than one client outside requests, or with more than POST: applications of
 * the organization are used so. Where clients are hidden, a single client is not shown.
 */
export const otherUse: Explain = ({ subject, found }, { paths }) => {
  if (subject.kind !== 'page' || paths === undefined) return null
  const posts = found.filter(({ finding: { sign, stage } }) => sign.kind === 'use' && stage === 'execution')
  const stems = new Set(posts.flatMap(({ hits }) => hits.flatMap(({ event }) => stemOf(event))))
  if (posts.length === 0 || ![...stems].every(isOfNoProduct)) return null
  const posted = posts.reduce((sum, { finding: { count } }) => sum + count, 0)
  const served = [...stems].reduce((sum, stem) => sum + (paths.find(stem)?.statuses[0] ?? 0), 0)
  const clients = new Set([...stems].map((stem) => paths.onlyOf(stem)))
  const [client = null] = clients
  const isOne = clients.size === 1 && client !== null && client !== '' && !isPrivate(client)
  if (isOne && served <= posted) return null
  return {
    by: isOne ? 'other-methods' : 'other-clients',
    strength: 'strong',
    answers: ['use'],
    says: isOne
      ? 'The page was requested by other methods than POST, too.'
      : 'The page was not requested by a single external client alone.',
  }
}

function stemOf(event: Event): string[] {
  const stem = fieldText(event, 'cs-uri-stem')
  return stem === null ? [] : [stem]
}
