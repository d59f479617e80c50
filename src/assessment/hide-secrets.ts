import type { FindingWithHits } from '../findings/findings.ts'
import type { Assessment } from '../model/assessment.ts'
import type { Finding } from '../model/finding.ts'
import { isDistinctSecret, secretsIn, valueWithoutSecrets } from '../lib/secrets.ts'

/** Hits of a finding whose events are looked through for secrets: those that are shown. */
const SHOWN = 12

/** Texts of the program and its packs, numbers and names of its own. */
const OURS = new Set(
  'title author license falsePositives nextSteps attack cves duties how why sideEffects verify schema rule pack campaign stage log id sha256 artifact kinds parser intrusion findings time first last from to'.split(
    ' ',
  ),
)

/**
 * The assessment with a tag in place of each password, key and token of the evidence. Everything that leaves the program is made
 * of this; rules and joins have seen what stood there.
 */
export function hidden(assessment: Assessment, found: readonly FindingWithHits[], key: string | null): Assessment {
  const isOurs = (name: string): boolean => OURS.has(name)
  const byId = new Map(found.map((each) => [each.finding.id, each]))
  const findings = assessment.findings.map(
    (finding) => valueWithoutSecrets(finding, key, isOurs, knownOf(finding, byId.get(finding.id))) as Finding,
  )
  return { ...(valueWithoutSecrets({ ...assessment, findings: [] }, key, isOurs) as Assessment), findings }
}

/** Secrets that stand in the events of a finding: a text that is shown may be a piece of one, without what says that it is one. */
function knownOf({ locators, facts }: Finding, found: FindingWithHits | undefined): ReadonlySet<string> {
  const texts = locators.map(({ raw }) => raw)
  for (const value of Object.values(facts)) if (typeof value === 'string') texts.push(value)
  for (const { event } of found?.hits.slice(0, SHOWN) ?? [])
    for (const value of Object.values(event.fields)) if (typeof value === 'string') texts.push(value)
  return new Set(texts.flatMap(secretsIn).filter(isDistinctSecret))
}
