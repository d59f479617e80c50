import { fieldText } from '../../../model/event.ts'
import { isRunnable } from '../../../model/file-fields.ts'
import type { Explain } from './explanation.ts'

/** Where Windows keeps the definitions of its tasks. */
const DEFINITIONS = /[\\/]system32[\\/]tasks[\\/]/i

/**
 * A text outside of the web roots that nothing runs: notes, a copy of a report. The settings of a virtual directory are what
 * Exchange wrote, wherever a copy of them is kept. A script that some task may run is such a text until one is seen that does.
 */
export const notRun: Explain = ({ subject, found }) => {
  if (subject.kind !== 'page' && subject.kind !== 'task') return null
  const isText = found.every(({ hits }) =>
    hits.every(({ event }) => {
      const path = fieldText(event, 'TargetFilename')
      const isServed = fieldText(event, 'WebRoot') !== null || fieldText(event, 'RunBy') !== null
      const isSettings = fieldText(event, 'Parser') === 'oab-dump'
      if (path !== null && subject.kind === 'task' && DEFINITIONS.test(path)) return false
      return path !== null && !isRunnable(path) && !isServed && !isSettings && event.client === null
    }),
  )
  if (!isText) return null
  return {
    by: 'not-run',
    strength: 'decisive',
    answers: ['content', 'name'],
    says:
      subject.kind === 'task'
        ? 'No task, service or configuration in the evidence starts this file.'
        : 'The file is outside the web roots, and no script engine runs files of its type.',
  }
}
