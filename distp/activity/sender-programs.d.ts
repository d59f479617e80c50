import type { TraitTally } from '../model/scan.ts';
/** Maximum number of programs of a sender that are counted apart: as many as a handful of people use. */
export declare const MANY_PROGRAMS = 5;
/**
 * Programs that each of these senders used at least in a file, up to `MANY_PROGRAMS`: those that no one else used, or as many of the
 * most used ones as are needed for its rows, whichever are more. `all`: rows of all senders.
 */
export declare function programsOfSenders({ values, counts, only }: Pick<TraitTally, 'values' | 'counts' | 'only'>, senders: readonly (readonly [sender: string, of: {
    readonly rows: number;
}])[], all: number): ReadonlyMap<string, readonly string[]>;
