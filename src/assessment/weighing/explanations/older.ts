import type { SubjectKind } from '../../../model/sign.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { stateKinds } from '../../../model/log-kinds.ts'
import { eventsOf } from './acts.ts'
import type { Explain } from './explanation.ts'

const things: ReadonlySet<SubjectKind> = new Set(['page', 'module', 'agent', 'task', 'service', 'program'])

/**
 * It is older than the first known use of any vulnerability that was open here, and was not changed since. The time of a file can be
 * set at will; records of the disk about its name, a backup of the configuration, and entries of logs cannot.
 */
export const older: Explain = ({ subject, found }, { exposedSince = null, logs }) => {
  // A vulnerability that was first used after the end of the evidence does not matter.
  if (exposedSince === null || exposedSince > (logs.last ?? -Infinity) || !things.has(subject.kind)) return null
  const events = eventsOf(found)
  if (events.length === 0 || !events.every((event) => isBefore(event, exposedSince))) return null
  const isRecorded = events.some((event) => isRecord(event, exposedSince))
  return {
    by: isRecorded ? 'older' : 'older-file',
    strength: isRecorded ? 'strong' : 'weak',
    answers: ['provenance', 'name'],
    statement: isRecorded
      ? 'Records contain it before the first known exploitation of a vulnerability of this server. It was not changed since.'
      : 'Its file is older than the first known exploitation of a vulnerability of this server. The time of a file can be forged.',
  }
}

function isBefore({ time }: Event, moment: number): boolean {
  return time !== null && time < moment
}

/** Written by something else than a program that can set the times of files. */
function isRecord(event: Event, moment: number): boolean {
  const { log, timeBasis } = event
  if (log === 'ntfs-usn') return true
  if (log === 'ntfs-mft') {
    const times = ['FN_Created', 'FN_Modified', 'FN_Changed'].map((name) => Date.parse(fieldText(event, name) ?? ''))
    return times.every((time) => time < moment)
  }
  if (fieldText(event, 'Historical') === 'true') return timeBasis !== 'file'
  return !stateKinds.has(log) && timeBasis !== 'file'
}
