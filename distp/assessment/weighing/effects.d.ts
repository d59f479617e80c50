import type { FindingWithHits } from '../../findings/findings.ts';
import type { Tie } from '../../findings/intrusions.ts';
/**
 * What the server did within a minute of a request that it ran: an error or a cmdlet without a client, and a child of a worker.
 * Gives the number of the request's finding, by that of what came of it.
 */
export declare function requestsBehind(found: readonly FindingWithHits[], ties: readonly Tie[]): ReadonlyMap<number, number>;
