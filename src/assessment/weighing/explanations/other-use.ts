import type { FindingWithHits } from '../../../findings/findings.ts'
import { isPrivate } from '../../../lib/ip.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { isOfNoProduct } from '../../../model/exchange-urls.ts'
import type { Explain, ExplanationContext } from './explanation.ts'

/**
 * A page outside the folders of Exchange that more than one client outside requests, or with more than POST: applications of
 * the organization are used so. Several addresses outside with one program and no logon are one client. Where clients are hidden, a
 * single client is not shown; of rows that were copied without their clients it is not known who else used the page.
 */
export const otherUse: Explain = ({ subject, found }, context) => {
  const { paths } = context
  if (subject.kind !== 'page' || paths === undefined) return null
  const posts = found.filter(({ finding: { sign, stage } }) => sign.kind === 'use' && stage === 'execution')
  const events = posts.flatMap(({ hits }) => hits.map(({ event }) => event))
  const stems = new Set(events.flatMap(stemOf))
  if (posts.length === 0 || ![...stems].every(isOfNoProduct)) return null
  const posted = posts.reduce((sum, { finding: { count } }) => sum + count, 0)
  const served = [...stems].reduce((sum, stem) => sum + (paths.find(stem)?.statuses[0] ?? 0), 0)
  // Rows that were copied out of a log are not counted: they show no other use.
  const isCounted = [...stems].some((stem) => paths.find(stem) !== null)
  if (!isCounted && events.every(({ client }) => client === null)) return null
  const clients = new Set(isCounted ? [...stems].map((stem) => paths.onlyOf(stem)) : events.map(({ client }) => client))
  const [client = null] = clients
  const isOne =
    clients.size === 1 && client !== null ? client !== '' && !isPrivate(client) : isOneProgram(posts, context)
  if (isOne && served <= posted) return null
  return {
    by: isOne ? 'other-methods' : 'other-clients',
    strength: 'strong',
    answers: ['use'],
    statement: isOne
      ? 'The page was requested by other methods than POST, too.'
      : 'The page was not requested by a single external client alone.',
  }
}

/** Addresses outside from which no account logs on, with one program. */
function isOneProgram(posts: readonly FindingWithHits[], { knownOrigins }: ExplanationContext): boolean {
  const events = posts.flatMap(({ hits }) => hits.map(({ event }) => event))
  const isOutside = ({ client, user, time }: Event): boolean =>
    client !== null &&
    user === null &&
    !isPrivate(client) &&
    (knownOrigins?.accountsAt(client, time ?? 0) ?? []).length === 0
  const agents = new Set(events.map((event) => fieldText(event, 'cs-user-agent')))
  return agents.size === 1 && !agents.has(null) && events.every(isOutside)
}

function stemOf(event: Event): string[] {
  const stem = fieldText(event, 'cs-uri-stem')
  return stem === null ? [] : [stem]
}
