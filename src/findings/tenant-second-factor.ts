import { networkOf } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'
import type { CountedSignIn } from '../activity/cloud-audit.ts'
import { addTo } from '../lib/collections.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'

// Requests for a second factor that were repeated until the owner of an account gave in.

/** Fewest requests that the owner refused or ignored, and fewest sign-ins that waited for a second factor. */
const LEAST = { denied: 4, waiting: 10 }

/**
 * Sign-ins from a network that is not the account's own, after its password was right there again and again within a day, and the second
 * factor was not given.
 */
export function secondFactorsWornDown({ signIns, places }: TenantActivity): ComputedFinding[] {
  const found = new Map<string, ComputedFinding>()
  const byPlace = new Map<string, CountedSignIn[]>()
  for (const one of signIns)
    if (places.isOutside(one.client)) addTo(byPlace, [one.vantage, one.user, networkOf(one.client)].join('\0'), one)
  for (const own of byPlace.values())
    for (const { success, denied, waiting } of successesIn(own)) {
      const { user, client, first } = success
      if (denied < LEAST.denied && denied + waiting < LEAST.waiting) continue
      if (places.isOwn(user, client, first - DAY) || places.isOfOrganization(client, first)) continue
      const key = `second-factor-worn-down\0${user}\0${client}`
      const says = `the second factor was not given ${denied + waiting} times there within the day before`
      if (!found.has(key))
        found.set(key, { by: 'second-factor-worn-down', key, says, rows: success.rows, events: [signInEvent(success)] })
    }
  return [...found.values()]
}

/** Each sign-in that worked, of all in the order of time, with how often the second factor was not given within the day before. */
function* successesIn(
  signIns: readonly CountedSignIn[],
): Generator<{ readonly success: CountedSignIn; readonly denied: number; readonly waiting: number }> {
  let [begin, denied, waiting] = [0, 0, 0]
  const count = ({ result, rows }: CountedSignIn, sign: 1 | -1): void => {
    if (result === 'denied') denied += sign * rows
    else if (result === 'password-right') waiting += sign * rows
  }
  for (const one of signIns) {
    while (signIns[begin]!.first < one.first - DAY) count(signIns[begin++]!, -1)
    count(one, 1)
    if (one.result === 'success') yield { success: one, denied, waiting }
  }
}
