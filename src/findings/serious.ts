import { stageQuestion } from '../model/answer.ts'
import { type Finding } from '../model/finding.ts'
import { isAtLeastLikely, isStrong, levelOfStrength, type Sign, type Strength } from '../model/sign.ts'
import type { Level, Stage } from '../model/stages.ts'
import type { Weighed } from '../model/sign.ts'

/** Is it more than an attempt, and not explained? */
export function serious(finding: Finding): boolean {
  const question = stageQuestion[finding.stage]
  return question !== null && question !== 'targeted' && finding.level !== 'informational' && finding.level !== 'low'
}

/** Does it show that an attacker came in, and not only look like ordinary work? */
export function isIntrusion(finding: Finding): boolean {
  return serious(finding) && isAtLeastLikely(finding.is)
}

/** What a finding comes to by its own sign, before it is weighed with others. */
export const isByStrength: Readonly<Record<Strength, Weighed>> = {
  decisive: 'yes',
  strong: 'likely',
  weak: 'lead',
  context: 'nothing',
}

/** The level of a finding before it is weighed: an attempt is low, whatever it tried. */
export function levelBefore(stage: Stage, { strength }: Sign): Level {
  if (strength === 'context' || stage === 'context') return 'informational'
  return stageQuestion[stage] === 'targeted' ? 'low' : levelOfStrength[strength]
}

/** Findings of it are ordinary noise, of which one per client and day is enough to read. */
export function isNoise(stage: Stage, { strength }: Sign): boolean {
  return strength === 'context' || (strength === 'weak' && stageQuestion[stage] === 'targeted')
}

/** Is it by itself a strong sign of more than an attempt? Findings that do not count here are not weighed. */
export function isSignOfIntrusion({ stage, sign }: Finding): boolean {
  const question = stageQuestion[stage]
  return question !== null && question !== 'targeted' && isStrong(sign)
}
