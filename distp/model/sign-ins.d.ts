/**
 * What came of a sign-in: `password-right` was refused for another reason, such as a missing second factor, and `denied` since its owner
 * refused or ignored the request for it.
 */
declare const signInResults: readonly ['success', 'refused', 'password-right', 'denied', 'other'];
export type SignInResult = (typeof signInResults)[number];
/** What sign-ins have in common that are counted together, in the order in which their parts stand. */
export declare const signInPartNames: readonly ['vantage', 'day', 'user', 'client', 'session', 'device', 'system', 'tool', 'app', 'flow', 'issuer', 'result'];
/** Is it the operation of a sign-in in the unified audit log? */
export declare function isSignInOperation(operation: string): boolean;
/** Is it the operation of a sign-in that was refused? */
export declare function isRefusedSignIn(operation: string): boolean;
/** Numbers of a sign-in: rows, first and last time, offset, length and line of the first row. */
export declare const SIGN_IN = 6;
/** What an application that reads mail is: people read mail with it, it gets tokens for others, or reports name it in intrusions. */
export type ApplicationClass = 'mail-client' | 'broker' | 'abused';
/** What is known of tenants: applications by their id (in lower case), and networks of Exchange Online itself (CIDR). */
export type TenantFacts = {
    readonly applications: ReadonlyMap<string, ApplicationClass>;
    readonly networks: readonly string[];
};
/** Operations of a tenant that end what an intruder has of an account. */
export declare const endsAccess: RegExp;
export {};
