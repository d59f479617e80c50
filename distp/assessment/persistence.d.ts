import { type FindingWithHits } from '../findings/findings.ts';
import type { CoverageMeter } from './coverage/coverage.ts';
import type { Persistence } from '../model/persistence.ts';
import { Identities } from '../activity/identities.ts';
import { type StillThere } from './persistent-settings.ts';
import { type Removals } from '../findings/removed-pages.ts';
/** Persistence, with its state at the end of the evidence. */
export type Persistent = {
    readonly list: readonly Persistence[];
    readonly stillThere: readonly StillThere[];
};
/** Reads persistence out of the findings: files on disk now, pages requested after they were gone, settings not taken back. */
export declare function persistenceOf(found: readonly FindingWithHits[], meter: Pick<CoverageMeter, 'lastOf' | 'has'>, removals?: Removals, identities?: Pick<Identities, 'isSame' | 'addressOf'>): Persistent;
