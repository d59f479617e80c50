import { canonicalIp, isLoopback, isPrivate } from '../../../lib/ip.ts'
import type { Event } from '../../../model/event.ts'
import { eventsOf, isAfterHostileAct } from './acts.ts'
import type { Explain } from './explanation.ts'
import { parameterOf } from '../../../model/cmdlet-parameters.ts'

/**
 * Exports went to a share of the organization: never to an administrative share or a web root. It explains nothing after an
 * intruder was at work on the server, who may use the same share.
 */
export const ownShare: Explain = ({ subject, found }, context) => {
  const events = subject.kind === 'export' ? eventsOf(found) : []
  const isOwn = events.every(
    (event) => isOwnShare(event) && event.time !== null && !isAfterHostileAct(event.time, found, context),
  )
  if (events.length === 0 || !isOwn) return null
  return {
    by: 'own-share',
    strength: 'strong',
    answers: ['content', 'effect', 'change'],
    statement: 'The target is a file share of the organization.',
  }
}

function isOwnShare(event: Event): boolean {
  const path = parameterOf(event, 'FilePath')?.replaceAll('/', '\\')
  const [, host = '', share = ''] = /^\\\\([\w.:-]{1,255})\\([^\\]{1,255})(?:\\|$)/.exec(path ?? '') ?? []
  if (host === '' || share.includes('$') || ofItself.test(host) || host.toLowerCase() === event.host?.toLowerCase())
    return false
  if (/\\(?:inetpub|wwwroot|httpproxy|clientaccess|frontend)(?:\\|$)|\.\.|\.(?!pst$)[a-z]{3,5}$/i.test(path ?? ''))
    return false
  const ip = canonicalIp(host)
  if (ip !== null) return isPrivate(ip) && !isLoopback(ip)
  return !host.includes('.') || isOfDomain(host, event.user ?? '')
}

const ofItself = /^(?:localhost|127\.[\d.]+|::1|0+|\[.*)$/i

/** `fs01.contoso.example` of an account `contoso.example/Users/Ann`, or of one of a domain that only exists inside. */
function isOfDomain(host: string, user: string): boolean {
  const domain = /^([\w-]+(?:\.[\w-]+)+)\//.exec(user)?.[1] ?? /@([\w.-]+)$/.exec(user)?.[1]
  const isInside = /\.(?:local|lan|corp|internal|intern|intranet|ad)$/i.test(host)
  return isInside || (domain !== undefined && host.toLowerCase().endsWith(`.${domain.toLowerCase()}`))
}
