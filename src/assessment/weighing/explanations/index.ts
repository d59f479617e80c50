import type { Explanation } from '../../../model/weight.ts'
import { administrator } from './administrator.ts'
import { announced } from './announced.ts'
import { anyName } from './any-name.ts'
import { exchangeAgent } from './exchange-agent.ts'
import type { Explain, ExplanationContext, SubjectFindings } from './explanation.ts'
import { fixedBuild } from './fixed-build.ts'
import { consentOfAdministrator, grantedRight } from './granted-right.ts'
import { habit } from './habit.ts'
import { knownHash } from './known-hash.ts'
import { knownOrigin } from './known-origin.ts'
import { knownProduct } from './known-product.ts'
import { knownTool } from './known-tool.ts'
import { mailForEveryone } from './mail-for-everyone.ts'
import { monitor } from './monitor.ts'
import { notRun } from './not-run.ts'
import { older } from './older.ts'
import { ownShare } from './own-share.ts'
import { otherUse } from './other-use.ts'
import { people } from './people.ts'
import { plainPage } from './plain-page.ts'
import { signed } from './signed.ts'
import { updateHour } from './update-hour.ts'
import { usualSession } from './usual-session.ts'

/** All reasons that are looked for, each time. */
const explanations: readonly Explain[] = [
  administrator,
  announced,
  anyName,
  exchangeAgent,
  fixedBuild,
  grantedRight,
  consentOfAdministrator,
  habit,
  knownHash,
  knownOrigin,
  knownProduct,
  knownTool,
  mailForEveryone,
  monitor,
  notRun,
  older,
  otherUse,
  ownShare,
  people,
  plainPage,
  signed,
  updateHour,
  usualSession,
]

export function explanationsOf(about: SubjectFindings, context: ExplanationContext): Explanation[] {
  return explanations.flatMap((explain) => explain(about, context) ?? [])
}
