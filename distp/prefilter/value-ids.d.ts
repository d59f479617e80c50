import type { Trait } from '../model/scan.ts';
/**
 * What requests are counted by: their traits, who asks with which mobile device (parsers/exchange/active-sync.ts), and who logs on
 * from where (parsers/exchange/logons.ts).
 */
export type CountedTrait = Trait | 'device' | 'logon';
/** Instead of the number of a value: the machine itself, which is no client. Less than it: one of the values of a trait that are counted together. */
export declare const UNCOUNTED = -1;
/**
 * Values that were met by one thread: each has a number, by which it is known again from file to file without looking for its text.
 * What is known of a number lies in tables of numbers: of a file tens of thousands are looked up.
 */
export declare class ValueIds {
    #private;
    /** Grows when all are forgotten: the numbers that were given before are of no use then. */
    generation: number;
    /** By number: the tables in which the value was counted last, and its number there. */
    tables: Int32Array<ArrayBuffer>;
    places: Int32Array<ArrayBuffer>;
    /** By number: who sent the value to another thread last, and under which number; see run/shared-texts.ts. */
    senders: Int32Array<ArrayBuffer>;
    sentAs: Uint32Array<ArrayBuffer>;
    /** The number of a value: less than `UNCOUNTED` where it would have none of its own in the file at hand. */
    of(trait: CountedTrait, value: string): number;
    /** The value with such a number; of the machine itself one of its names. */
    valueOf(id: number): string;
    traitOf(id: number): CountedTrait;
    /** No further value of this has a number of its own in the tables of the file at hand. */
    full(trait: CountedTrait): void;
    /** How many values are known. */
    get size(): number;
    /** A number for the tables of the next file. Between two files there is time to forget. */
    next(): number;
}
/** The numbers of a list of values. */
export type KeptIds = {
    readonly of: ValueIds;
    readonly ids: readonly number[];
    readonly generation: number;
};
/** Keeps the numbers of all values of a list, for those who would else look for each by its text. */
export declare function keepIds(values: readonly string[], of: ValueIds, ids: readonly number[]): void;
/** What was kept of a list, while it holds. */
export declare function idsOf(values: readonly (string | null)[]): KeptIds | null;
