import type { CloudRun, CountedSignIn } from '../activity/cloud-audit.ts'
import type { SinceOf } from '../activity/stretches.ts'
import { TenantPlaces, signInsOnce } from '../activity/tenant-places.ts'
import type { TenantFacts } from '../model/sign-ins.ts'
import type { Event } from '../model/event.ts'

// What the computations about accounts of a tenant have in common: what they are given, and what they make.

/** What accounts of a tenant did, counted, with what is known of them. */
export type TenantActivity = {
  readonly cloud: CloudRun
  readonly signIns: readonly CountedSignIn[]
  readonly places: TenantPlaces
  readonly facts: TenantFacts
}

/** What is made of counted rows: a finding of the rule that names the computation, and its first rows. */
export type ComputedFinding = {
  readonly by: string
  /** The same for the same finding of two runs. */
  readonly key: string
  readonly says: string
  readonly rows: number
  readonly events: readonly { readonly event: Event; readonly sha256: string }[]
}

/** The activity of a tenant in all exports; `since`: as `TenantPlaces` has it. */
export function tenantActivity(cloud: CloudRun, facts: TenantFacts, since?: SinceOf): TenantActivity {
  const signIns = signInsOnce(cloud)
  const known = cloud.explaining('tenant')
  const places = new TenantPlaces(known, known === cloud ? signIns : signInsOnce(known), facts.networks, since)
  return { cloud, signIns, facts, places }
}

/** A sign-in as an event. */
export function signInEvent(one: CountedSignIn): { readonly event: Event; readonly sha256: string } {
  const { user, client, session, system, tool, app, flow, result, rows, first, last, at, sha256 } = one
  const event: Event = {
    log: one.vantage === 'audit' ? 'm365-signin' : 'entra-signin',
    sources: [],
    time: first,
    timeBasis: 'format',
    fields: {
      Operation: result === 'success' ? 'UserLoggedIn' : 'UserLoginFailed',
      UserId: user,
      'c-ip': client,
      SessionId: session || null,
      System: system || null,
      UserAgent: tool || null,
      ApplicationId: app || null,
      Flow: flow || null,
      CellRows: rows,
      CellLast: last,
    },
    raw: '',
    at,
    host: null,
    client,
    user,
    target: null,
    request: null,
    session: session || null,
  }
  return { event, sha256 }
}
