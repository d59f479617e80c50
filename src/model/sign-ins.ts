/**
 * What came of a sign-in: `password-right` was refused for another reason, such as a missing second factor, and `denied` since its owner
 * refused or ignored the request for it.
 */
const signInResults = ['success', 'refused', 'password-right', 'denied', 'other'] as const

export type SignInResult = (typeof signInResults)[number]

/** What sign-ins have in common that are counted together, in the order in which their parts stand. */
export const signInPartNames = [
  'vantage',
  'day',
  'user',
  'client',
  'session',
  'device',
  'system',
  'tool',
  'app',
  'flow',
  'issuer',
  'result',
] as const

/** Is it the operation of a sign-in in the unified audit log? */
export function isSignInOperation(operation: string): boolean {
  return /^UserLog(?:gedIn|inFailed)$/i.test(operation)
}

/** Is it the operation of a sign-in that was refused? */
export function isRefusedSignIn(operation: string): boolean {
  return /^UserLoginFailed$/i.test(operation)
}

/** Numbers of a sign-in: rows, first and last time, offset, length and line of the first row. */
export const SIGN_IN = 6

/**
 * What an application that reads mail is: people read mail with it, it gets tokens for others, it is for administrators and developers, or
 * reports name it in intrusions.
 */
const applicationClasses = ['mail-client', 'broker', 'tool', 'abused'] as const

export type ApplicationClass = (typeof applicationClasses)[number]

/** The class of a table, which may be newer than this program; null of one that it does not know. */
export function applicationClassOf(text: string | undefined): ApplicationClass | null {
  return applicationClasses.find((one) => one === text) ?? null
}

/** What is known of tenants: applications by their id (in lower case), and networks of Exchange Online itself (CIDR). */
export type TenantFacts = {
  readonly applications: ReadonlyMap<string, ApplicationClass>
  readonly networks: readonly string[]
}

/** Operations of a tenant that end what an attacker has of an account. */
export const endsAccess = /^(?:reset (?:user )?password|change user password|update ststokensvalidfrom timestamp)/i
