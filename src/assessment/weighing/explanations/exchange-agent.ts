import { isKnownAgent } from '../../../model/known-agents.ts'
import { fieldText } from '../../../model/event.ts'
import { eventsOf } from './acts.ts'
import type { Explain } from './explanation.ts'
import { parameterOf } from '../../../model/cmdlet-parameters.ts'

/** Class, library and folder are those of an agent of Exchange, as its own scripts register it again. */
export const exchangeAgent: Explain = ({ subject, found }) => {
  const events = subject.kind === 'agent' ? eventsOf(found) : []
  const isKnown = events.every((event) => {
    const library = fieldText(event, 'AssemblyPath') ?? parameterOf(event, 'AssemblyPath')
    const factory = fieldText(event, 'ClassFactory') ?? parameterOf(event, 'TransportAgentFactory')
    return (
      library !== null && factory !== null && /^[a-z]:\\/i.test(library) && isKnownAgent(subject.name, factory, library)
    )
  })
  if (events.length === 0 || !isKnown) return null
  return {
    by: 'exchange-agent',
    strength: 'strong',
    answers: ['name', 'provenance'],
    statement: 'Its class, library and folder are those of an agent of Exchange itself.',
  }
}
