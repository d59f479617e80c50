import type { Identities } from '../activity/identities.ts';
import { type ComputedFinding, type TenantActivity } from './tenant-findings.ts';
/** Days on which AD FS issued tokens, by account; null where not all of them are counted. */
export type FederationTokens = {
    readonly tokens: ReadonlyMap<string, ReadonlySet<number>> | null;
    readonly identities: Pick<Identities, 'accountOf'>;
};
/**
 * Federated sign-ins that began a session from a network that is neither the account's nor the organization's, on a day on which and
 * before which AD FS issued tokens to others, and none to this account. A session goes on with older tokens. Where sign-ins often have
 * no token, another server of AD FS issues them, and nothing is found.
 */
export declare function signInsWithoutToken({ signIns, places }: TenantActivity, { tokens, identities }: FederationTokens): ComputedFinding[];
