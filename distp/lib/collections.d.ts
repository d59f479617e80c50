/** Puts a value at the end of the list of a key, in place: copying a list each time it grows takes the square of its length. */
export declare function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void;
/** Puts values at the end of a list, in place: spread into a call, a list may have more entries than a call takes arguments. */
export declare function append<Value>(list: Value[], values: Iterable<Value>): void;
/** The least of numbers, however many; `none` where there is none. */
export declare function leastOf<None>(numbers: Iterable<number>, none: None): number | None;
/** The greatest of numbers, however many; `none` where there is none. */
export declare function greatestOf<None>(numbers: Iterable<number>, none: None): number | None;
/** The first of `count` places from which on all are reached; `count` where none is. What is not reached stands in front. */
export declare function firstReached(count: number, isReached: (place: number) => boolean): number;
/** Adds to the number of a key. */
export declare function bump(map: Map<string, number>, key: string, by: number): void;
