import type { Search, YaraSource } from './search.ts';
/** A search by the portable engine that is ended when its time is over; `over` is thrown then. */
export declare function endedSearch(sources: readonly YaraSource[], over: (most: number) => Error): Search;
