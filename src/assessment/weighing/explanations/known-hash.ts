import { parameterOf } from '../../../model/cmdlet-parameters.ts'
import { fieldText } from '../../../model/event.ts'
import type { SubjectKind } from '../../../model/sign.ts'
import { eventsOf } from './acts.ts'
import type { Explain } from './explanation.ts'

/** The field, or the parameter of a cmdlet, that names the library of a subject. What a service or task runs is its command line, and no library alone. */
const libraries: Partial<Readonly<Record<SubjectKind, string>>> = { module: 'Image', agent: 'AssemblyPath' }

/** A baseline knows the bytes of the library. How it is used, and what followed, stays a sign. */
export const knownHash: Explain = ({ subject, found }, { isKnownLibrary }) => {
  const field = libraries[subject.kind]
  if (field === undefined || isKnownLibrary === undefined) return null
  const paths = eventsOf(found).map((event) => fieldText(event, field) ?? parameterOf(event, field))
  if (paths.length === 0 || !paths.every((path) => path !== null && isKnownLibrary(path))) return null
  return {
    by: 'known-hash',
    strength: 'decisive',
    answers: ['content', 'name', 'provenance', 'listed'],
    statement: 'A baseline knows the content of its library.',
  }
}
