import { type Identities } from '../activity/identities.ts';
import type { Logons } from '../activity/logons.ts';
import type { CompromisedAccounts } from './intrusions.ts';
import type { FindingWithHits } from './findings.ts';
type Counted = {
    readonly logons: Pick<Logons, 'believed'>;
    readonly identities: Pick<Identities, 'accountOf'>;
};
/** Cmdlets of an account, by the numbers of their findings, each with the finding of the intruder's session of that time. */
export declare function actsInSessions(found: readonly FindingWithHits[], { logons, identities }: Counted, byAccount: CompromisedAccounts): readonly (readonly [session: number, act: number])[];
export {};
