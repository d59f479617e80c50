import { type Event, fieldText } from '../../../model/event.ts'
import { administratorOf, eventsOf, firstHostileAct } from './acts.ts'
import { DAY } from '../../../lib/time.ts'
import type { Explain } from './explanation.ts'

const WEEK = 7 * DAY

/**
 * A rule of transport, a journal rule or a connector is for the mail of everyone, and an account that administers set it, or it
 * was there a week before the first hostile act on the server.
 */
export const mailForEveryone: Explain = ({ found }, context) => {
  const before = firstHostileAct(found, context) ?? context.logs.last
  const events = eventsOf(found)
  const isExplained = (event: Event): boolean =>
    isOfTransport(event) &&
    (administratorOf(event, found, context) === 'strong' ||
      (event.log === 'exchange-config' && event.time !== null && before !== null && event.time <= before - WEEK))
  if (events.length === 0 || !events.every(isExplained)) return null
  return {
    by: 'mail-for-everyone',
    strength: 'strong',
    answers: ['content', 'effect', 'change'],
    statement:
      'It applies to the mail of everyone. An administrator’s account set it, or it is a week older than any sign of an attacker.',
  }
}

function isOfTransport(event: Event): boolean {
  const name = fieldText(event, 'Cmdlet') ?? fieldText(event, 'ObjectClass') ?? fieldText(event, 'Type') ?? ''
  return /(?:transport|journal)_?rule|connector$/i.test(name)
}
