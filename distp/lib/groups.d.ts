/** Disjoint sets of numbers: which things belong together, in nearly constant time a step. */
export declare class Groups {
    #private;
    constructor(n: number);
    /** The number that stands for the group of `i`: its least. */
    find(i: number): number;
    size(i: number): number;
    union(a: number, b: number): void;
}
