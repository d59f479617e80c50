import { fieldText } from '../../../model/event.ts'
import { isRunnable } from '../../../model/file-fields.ts'
import type { Explain } from './explanation.ts'

/**
 * A text outside of the web roots that nothing runs: notes, a copy of a report. The settings of a virtual directory are what
 * Exchange wrote, wherever a copy of them is kept.
 */
export const notRun: Explain = ({ subject, found }) => {
  if (subject.kind !== 'page') return null
  const isText = found.every(({ hits }) =>
    hits.every(({ event }) => {
      const path = fieldText(event, 'TargetFilename')
      const isServed = fieldText(event, 'WebRoot') !== null || fieldText(event, 'RunBy') !== null
      const isSettings = fieldText(event, 'Parser') === 'oab-dump'
      return path !== null && !isRunnable(path) && !isServed && !isSettings && event.client === null
    }),
  )
  if (!isText) return null
  return {
    by: 'not-run',
    strength: 'decisive',
    answers: ['content', 'name'],
    says: 'The file is outside the web roots, and no script engine runs files of its type.',
  }
}
