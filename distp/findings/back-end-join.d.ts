import { type Event } from '../model/event.ts';
import type { Elsewhere } from '../model/case-keys.ts';
import type { Located } from './located.ts';
/**
 * A row of the back end joins a front-end hit of the same campaign by request id, else by what was asked for, or by account
 * and user agent, within 5 s. It then takes the client of the row that it joins: two independent logs say the same.
 */
export declare function joinBackEnd(hits: readonly Located[], elsewhere?: Elsewhere['front']): Located[];
/** What only looked around, and what ordinary work looks like, joins nothing. */
export declare function isForged({ event, info }: Located): boolean;
/** A request that joined an entry of the back end was fulfilled; a context row has the stage that its rule gives it then. */
export declare function promoted(hit: Located): Located;
/**
 * A front end cannot see what was asked of EWS; where the back end's row of the same request says that it was a look-up,
 * nothing was collected by it. A row in a folder where no product keeps such logs, or of another time, says nothing of it.
 */
export declare function answeredByBackEnd(hits: readonly Located[]): Located[];
/** The path that was asked of the back end, lower case without query: of an SSRF its target, else the request's own. */
export declare function askedPath(event: Event): string | null;
