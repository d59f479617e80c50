import type { FindingWithHits } from '../../../findings/findings.ts'
import { fieldText } from '../../../model/event.ts'
import { isStrong } from '../../../model/sign.ts'
import type { Explain } from './explanation.ts'

/**
 * All code of the page was followed and takes nothing from a request, and the page was not written since it was first used:
 * its use does nothing. Every page of that name must be such a one. Posts to it are not explained: there is
 * nothing to send to a page that takes nothing, and what lies there now may have been put in the place of another, with any time of the
 * file.
 */
export const plainPage: Explain = ({ subject, found }, { pages }) => {
  const own = subject.kind === 'page' ? (pages.get(subject.name.toLowerCase()) ?? []) : []
  const used = found.flatMap(({ finding: { first, time, timeBasis } }) => {
    const at = first ?? time
    return at === null || timeBasis === 'file' ? [] : [Date.parse(at)]
  })
  const begun = used.reduce((least, time) => Math.min(least, time), Infinity)
  const isPlain = own.every(
    (page) => page.takesNothing && (used.length === 0 || (page.modified !== null && page.modified <= begun)),
  )
  if (own.length === 0 || !isPlain) return null
  return {
    by: 'plain-page',
    strength: 'strong',
    answers: found.some(isPosted) ? ['content', 'name'] : ['content', 'name', 'use'],
    statement: 'All code of the page was followed: it takes nothing from a request, and was not changed since.',
  }
}

function isPosted({ finding, hits }: FindingWithHits): boolean {
  const isPost = hits.some(({ event }) => /^(?:POST|PUT)$/i.test(fieldText(event, 'cs-method') ?? ''))
  return isPost && finding.stage === 'execution' && finding.sign.kind === 'use' && isStrong(finding.sign)
}
