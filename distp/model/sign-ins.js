/**
 * What came of a sign-in: `password-right` was refused for another reason, such as a missing second factor, and `denied` since its owner
 * refused or ignored the request for it.
 */
const signInResults = ['success', 'refused', 'password-right', 'denied', 'other'];
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
];
/** Is it the operation of a sign-in in the unified audit log? */
export function isSignInOperation(operation) {
    return /^UserLog(?:gedIn|inFailed)$/i.test(operation);
}
/** Is it the operation of a sign-in that was refused? */
export function isRefusedSignIn(operation) {
    return /^UserLoginFailed$/i.test(operation);
}
/** Numbers of a sign-in: rows, first and last time, offset, length and line of the first row. */
export const SIGN_IN = 6;
/** Operations of a tenant that end what an intruder has of an account. */
export const endsAccess = /^(?:reset (?:user )?password|change user password|update ststokensvalidfrom timestamp)/i;
//# sourceMappingURL=sign-ins.js.map