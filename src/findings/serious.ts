import { stageQuestion } from '../model/answer.ts'
import { type Finding } from '../model/finding.ts'

export function serious(finding: Finding): boolean {
  return finding.level === 'medium' || finding.level === 'high' || finding.level === 'critical'
}

/** Does it show that somebody came in, and not only look like ordinary work? */
export function isIntrusion(finding: Finding): boolean {
  const question = stageQuestion[finding.stage]
  return question !== null && question !== 'targeted' && serious(finding) && finding.confidence !== 'low'
}
