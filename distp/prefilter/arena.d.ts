/** Lists of numbers in the memory of the kernel, each once: how many, then each. */
export declare class NumberLists {
    #private;
    /** Places are in bytes. */
    constructor(words: Uint32Array, from: number, bytes: number);
    /** The place of a list, in bytes; -1 when there is no room for it. */
    list(numbers: readonly number[]): number;
    clear(): void;
}
