import { exposureAt } from '../../exposure/exposure.ts'
import type { Explain } from './explanation.ts'

/** The build that ran had the fix for the vulnerability: the request was sent, and cannot have had its effect. */
export const fixedBuild: Explain = ({ found }, { doors }) => {
  const exploits = found.filter(({ finding: { stage } }) => stage === 'access' || stage === 'write')
  const isFixed = exploits.every(({ finding: { campaign, time } }) => {
    const timeline = doors.get(campaign)
    return timeline !== undefined && time !== null && exposureAt(timeline, Date.parse(time)) === 'fixed'
  })
  if (exploits.length === 0 || !isFixed) return null
  return {
    by: 'fixed-build',
    strength: 'strong',
    answers: ['use'],
    statement: 'The build that ran then had the fix for this vulnerability.',
  }
}
