/**
 * The account that the access token of a request names (`X-Rps-CAT`, `CommonAccessToken`): base64 of a letter for each
 * value and, for texts, its length (version, type, compression, authentication, logon name, identifier). Attackers who write
 * such a token choose the account whose rights they want.
 * https://y4y.space/2021/08/12/my-steps-of-reproducing-proxyshell/
 */
export declare function accountInToken(query: string): string | null;
