import type { CveExposure, CveState, Protection, Support } from '../../model/exposure.ts';
import { type ServerFacts } from '../server/server.ts';
import { type BuildRun } from '../../model/builds.ts';
import type { ExposureFacts } from '../../knowledge/exposure-tables.ts';
/** What the evidence says besides builds: see protections.ts. */
export type Settled = {
    readonly protections: readonly Protection[];
    readonly mitigations: ReadonlyMap<string, readonly string[]>;
};
/** When each CVE was open on this server. */
export declare function exposureOf(product: string, runs: readonly BuildRun[], facts: ExposureFacts, settled?: Settled): CveExposure[];
/** How long the product gets fixes, and how far this server is behind; null where the product is not known. */
export declare function supportOf(product: string, runs: readonly BuildRun[], facts: ExposureFacts, end: number | null): Support | null;
/**
 * Is the CVE open on a server with this build? Compared within one CU only: a higher build of another CU can be unfixed.
 * `before`: builds that ran earlier.
 */
export declare function stateOf(cve: string, run: BuildRun, facts: ExposureFacts, before?: readonly BuildRun[]): CveState;
/** When this server was vulnerable to a set of CVEs, as far as builds show. */
export type ExposureTimeline = {
    /** Known or possibly open spans; null ends are unknown. */
    readonly spans: readonly {
        readonly from: number | null;
        readonly to: number | null;
        readonly state: 'open' | 'fixed' | 'unknown';
        readonly build: string;
    }[];
    /** The latest moment at which the fix that lasts can have gone in; null when there is none or it is not known. */
    readonly fixedAt: number | null;
    /** The last moment known to be open before that. */
    readonly lastOpen: number | null;
    /** `open`, `fixed` or `unknown` at the end of the evidence. */
    readonly end: 'open' | 'fixed' | 'unknown';
    readonly affected: boolean;
};
/** The exposure history of a campaign's vulnerabilities on this server. */
export declare function doorOf(cves: readonly string[], { product, builds: runs, installed }: Pick<ServerFacts, 'product' | 'builds' | 'installed'>, facts: ExposureFacts): ExposureTimeline;
/** The exposure at a moment: the state of the build that ran then; unknown before, between and without knowledge. */
export declare function exposureAt(door: ExposureTimeline, time: number): 'open' | 'fixed' | 'unknown';
