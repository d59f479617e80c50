import type { Explanation } from '../../../model/weight.ts'
import type { Explain, ExplanationContext, SubjectFindings } from './explanation.ts'
import { fixedBuild } from './fixed-build.ts'
import { habit } from './habit.ts'
import { knownOrigin } from './known-origin.ts'
import { notRun } from './not-run.ts'
import { people } from './people.ts'
import { plainPage } from './plain-page.ts'
import { updateHour } from './update-hour.ts'

/** All reasons that are looked for, each time. */
const explanations: readonly Explain[] = [fixedBuild, habit, knownOrigin, notRun, people, plainPage, updateHour]

export function explanationsOf(about: SubjectFindings, context: ExplanationContext): Explanation[] {
  return explanations.flatMap((explain) => explain(about, context) ?? [])
}
