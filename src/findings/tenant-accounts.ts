import { counted } from '../lib/amounts.ts'
import type { CloudRun } from '../activity/cloud-audit.ts'
import type { SinceOf } from '../activity/stretches.ts'
import type { RuleInfo } from '../model/rule.ts'
import { isStrong } from '../model/sign.ts'
import type { TenantFacts } from '../model/sign-ins.ts'
import { compareByTime, foundOf, type FindingWithHits, type KnownActivity } from './findings.ts'
import { type ComputedFinding, type TenantActivity, tenantActivity } from './tenant-findings.ts'
import { actsAfterConsent } from './tenant-consents.ts'
import { guessedPasswords } from './tenant-guessing.ts'
import {
  accountMarks,
  grantersOf,
  mailOfAccounts,
  reachOfOthers,
  resetAccounts,
  resetsOf,
  sendingOfApplications,
  signInsAfterResets,
  signInsOfAccounts,
  withSignIns,
} from './tenant-reading.ts'
import { secondFactorsWornDown } from './tenant-second-factor.ts'
import { ownGrantsFromNewPlaces } from './own-grants.ts'
import { guessingByScript, mailByTools, signInsByScript } from './tenant-scripts.ts'
import { deviceCodeReading, stolenSessions } from './tenant-sessions.ts'
import { type FederationTokens, signInsWithoutToken } from './tenant-federation.ts'
import { synchronizationElsewhere } from './tenant-synchronization.ts'
import { mailWithoutSignIn } from './tenant-tokens.ts'

/** Most reported findings of one computation; the rest are counted. */
const MOST = 500

/**
 * What was counted of accounts of a tenant, as findings: passwords that were guessed, sessions that two parties use, applications that
 * read mail after a consent, and the mail of compromised accounts.
 */
export function tenantAccounts(
  found: readonly FindingWithHits[],
  cloud: CloudRun,
  infos: ReadonlyMap<string, RuleInfo>,
  server: { readonly name: string; readonly proxies: ReadonlySet<string> },
  known: KnownActivity,
  facts: TenantFacts,
  federation: FederationTokens,
  since?: SinceOf,
): { readonly found: readonly FindingWithHits[]; readonly notes: readonly string[] } {
  const rules = new Map([...infos.values()].flatMap((info) => (info.computedBy ? [[info.computedBy, info]] : [])))
  if (cloud.isEmpty || rules.size === 0) return { found: [], notes: [] }
  const activity = tenantActivity(cloud, facts, since)
  const notes: string[] = []
  const asFindings = (computed: readonly ComputedFinding[]): FindingWithHits[] => {
    const made: FindingWithHits[] = []
    for (const [by, all] of Map.groupBy(computed, (one) => one.by)) {
      const info = rules.get(by)
      if (info === undefined) continue
      if (all.length > MOST)
        notes.push(
          `audit logs: of “${info.title}” ${counted(all.length - MOST, 'more finding')} are counted and not shown`,
        )
      for (const one of all.slice(0, MOST)) made.push(findingOf(one, info))
    }
    return made
  }
  const findingOf = ({ key, rows, says, events }: ComputedFinding, info: RuleInfo): FindingWithHits =>
    foundOf(
      events.map(({ event, sha256 }) => ({
        rule: info.id,
        matched: ['c-ip'],
        event,
        match: { key, rows, says },
        sha256,
        info,
        joined: [],
      })),
      server,
      known,
    )
  const ofRule = (name: string): readonly FindingWithHits[] =>
    found.filter(({ counts, finding }) => counts && infos.get(finding.rule)?.file.endsWith(`${name}.yml`))
  const consents = ofRule('consent-to-mail')
  const granters = grantersOf(found)
  const guessed = guessedPasswords(activity)
  const first = asFindings([
    ...guessed,
    ...(guessed.some(({ by }) => by === 'password-guessing') ? [] : guessingByScript(activity)),
    ...signInsByScript(activity),
    ...mailByTools(activity),
    ...secondFactorsWornDown(activity),
    ...stolenSessions(activity),
    ...deviceCodeReading(activity),
    ...signInsWithoutToken(activity, federation),
    ...actsAfterConsent(activity, consents),
    ...reachOfOthers(activity, granters),
    ...sendingOfApplications(activity, granters),
    ...mailWithoutSignIn(activity),
    ...synchronizationElsewhere(activity),
    ...ownGrantsFromNewPlaces(found, activity.places),
  ])
  const signs = [...first, ...found].filter(
    (f) =>
      f.counts && f.finding.stage !== 'attempt' && (isOfAccount(f.finding.sign) || isGrantFromNewPlace(f, activity)),
  )
  const resets = resetsOf(ofRule('account-access-ended'))
  const byFindings = accountMarks(activity, signs)
  const afterResets = signInsAfterResets(activity, byFindings, resets)
  const marks = withSignIns(byFindings, afterResets)
  const mail = asFindings([
    ...resetAccounts(afterResets),
    ...signInsOfAccounts(activity, marks),
    ...mailOfAccounts(activity, marks, resets),
  ])
  return { found: [...first, ...mail].sort(compareByTime), notes }
}

/** A method, device or right of an account that it registered from a network that is new for it: strong beside that. */
function isGrantFromNewPlace({ finding, hits }: FindingWithHits, { places }: TenantActivity): boolean {
  const { sign, persistence } = finding
  if (sign.subject !== 'account' || sign.kind !== 'change' || persistence !== 'account') return false
  return hits.some(
    ({ event: { user, client, time } }) =>
      user !== null && time !== null && places.isOutside(client) && places.isNew(user, client, time),
  )
}

/** A sign that an account is in the hands of others: strong, and of the account, its sessions or its rules. */
function isOfAccount(sign: RuleInfo['sign']): boolean {
  return isStrong(sign) && (sign.subject === 'account' || sign.subject === 'session' || sign.subject === 'inbox-rule')
}
