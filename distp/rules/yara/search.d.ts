import type { MessagePort } from 'node:worker_threads';
export type YaraSource = {
    readonly namespace: string;
    readonly source: string;
};
export type YaraMatch = {
    readonly rule: string;
    readonly places: readonly MatchPlace[];
};
export type MatchPlace = readonly [offset: number, length: number];
/** Rules as `namespace:name` with the places of their patterns, in any order. Throws `RangeError` when time is over. */
export type Search = (bytes: Uint8Array, most: number) => YaraMatch[];
/** What the thread is started with in which the portable engine searches, what it is asked, and what it tells. */
export type SearchThreadData = {
    readonly port: MessagePort;
    readonly answered: SharedArrayBuffer;
};
export type SearchRequest = {
    readonly sources: readonly YaraSource[];
} | {
    readonly bytes: Uint8Array;
};
export type SearchAnswer = {
    readonly found: readonly YaraMatch[];
} | {
    readonly failed: string;
};
