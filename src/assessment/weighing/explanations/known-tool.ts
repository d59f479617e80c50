import { withoutDomain } from '../../../model/account-names.ts'
import { isPerson } from '../../../activity/identities.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { responderTool } from '../../../model/known.ts'
import { eventsOf, isSuspect, lastHostileAct } from './acts.ts'
import type { Explain } from './explanation.ts'

/**
 * Tools of responders and administrators, run by a person without any sign, after the last act of an attacker, and never below the
 * worker process of a service.
 */
export const knownTool: Explain = ({ subject, found }, context) => {
  const events = subject.kind === 'program' ? eventsOf(found) : []
  const last = lastHostileAct(found, context)
  const isOrdinary = events.every((event) => {
    const { user, time } = event
    if (user === null || time === null || !isPerson(user) || withoutDomain(user) === '') return false
    return (
      toolIn(event) !== null && (last === null || time > last) && !isSuspect(user, time, context) && !isOfService(event)
    )
  })
  if (events.length === 0 || !isOrdinary) return null
  return {
    by: 'known-tool',
    strength: 'weak',
    answers: ['name'],
    statement:
      'A person without any sign ran a tool of responders or administrators, after the last act of an attacker.',
  }
}

function toolIn(event: Event): string | null {
  const image = fieldText(event, 'Image') ?? ''
  return responderTool(image.slice(image.lastIndexOf('\\') + 1))
}

function isOfService(event: Event): boolean {
  const parent = fieldText(event, 'ParentImage')
  return (
    parent === null ||
    /\\(?:w3wp|umworkerprocess|msexchange[^\\]*|edgetransport|services|wmiprvse|sqlservr|svchost)\.exe$/i.test(parent)
  )
}
