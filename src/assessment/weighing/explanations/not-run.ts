import { type Event, fieldText } from '../../../model/event.ts'
import { isInert, isRunnable } from '../../../model/file-fields.ts'
import type { Explain } from './explanation.ts'

/** Where Windows keeps the definitions of its tasks. */
const DEFINITIONS = /[\\/]system32[\\/]tasks[\\/]/i

/**
 * A text outside of the web roots that nothing runs: notes, a copy of a report. The settings of a virtual directory are what
 * Exchange wrote, wherever a copy of them is kept. A script that some task may run is such a text until one is seen that does.
 */
export const notRun: Explain = ({ subject, found }, { hasFolders = false, logs }) => {
  if (subject.kind !== 'page' && subject.kind !== 'task') return null
  const isText = found.every(({ hits }) =>
    hits.every(({ event }) => {
      // What ASP.NET compiled ran, wherever it keeps it.
      if (event.log === 'aspnet-temp') return false
      const path = fieldText(event, 'TargetFilename')
      const isServed = fieldText(event, 'WebRoot') !== null || fieldText(event, 'RunBy') !== null
      const isSettings = fieldText(event, 'Parser') === 'oab-dump'
      if (path !== null && subject.kind === 'task' && DEFINITIONS.test(path)) return false
      return path !== null && !isRunnable(path) && !isServed && !isSettings && event.client === null
    }),
  )
  if (!isText) return null
  if (subject.kind === 'task' && logs.has?.('tasks') !== true)
    return {
      by: 'not-started-unsettled',
      strength: 'strong',
      answers: ['content', 'name'],
      statement: 'Nothing in the evidence starts this file; the scheduled tasks, which may, are not in the evidence.',
    }
  const isKnown =
    hasFolders || subject.kind === 'task' || found.every(({ hits }) => hits.every(({ event }) => isPutAside(event)))
  if (!isKnown)
    return {
      by: 'not-run-unsettled',
      strength: 'strong',
      answers: ['content', 'name'],
      statement:
        'The file is outside the known web roots. The configuration of IIS, which may serve its folder, is not in the evidence.',
    }
  return {
    by: subject.kind === 'task' ? 'not-started' : 'not-run',
    strength: 'decisive',
    answers: ['content', 'name'],
    statement:
      subject.kind === 'task'
        ? 'No task, service or configuration in the evidence starts this file.'
        : 'The file is outside the web roots, and no script engine runs files of its type.',
  }
}

/** Is it a text or a picture by its name, or in a folder of a user, where no server runs anything? */
function isPutAside(event: Event): boolean {
  const path = fieldText(event, 'TargetFilename') ?? ''
  return isInert(path) || /(?:^|[\\/])(?:users|documents and settings|windows|programdata)[\\/]/i.test(path)
}
