import { networkOf } from '../lib/ip.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'

/** Accounts that Entra Connect (`Sync_SERVER_1a2b3c4d5e6f`) and cloud synchronization make for themselves. */
const OF_SYNCHRONIZATION = /^(?:sync_[^@]{1,64}_[0-9a-f]{8,16}|adtoaadsyncserviceaccount(?:_[^@]{1,64})?)@/i
/** https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const SYNCHRONIZATION = 'cb1056e2-e479-49de-ae31-7812af012ed8'

/**
 * Sign-ins of an account that synchronizes the directory from a network where it did not work before, with another program than the
 * synchronization. Its server moves with its own program.
 */
export function synchronizationElsewhere({ signIns, places }: TenantActivity): ComputedFinding[] {
  const foreign = signIns.filter(
    ({ user, client, result, app, first }) =>
      result === 'success' &&
      OF_SYNCHRONIZATION.test(user) &&
      app.toLowerCase() !== SYNCHRONIZATION &&
      places.isForeign(user, client, first) &&
      !places.isWithoutHistory(user, first),
  )
  return [...Map.groupBy(foreign, ({ user, client }) => `${user}\0${networkOf(client)}`)].map(([key, own]) => ({
    by: 'synchronization-elsewhere',
    key,
    says: `the account signed in from ${networkOf(own[0]!.client)} with application ${own[0]!.app}`,
    rows: own.reduce((sum, { rows }) => sum + rows, 0),
    events: own.slice(0, 20).map((one) => signInEvent(one)),
  }))
}
