export type RegexFlags = {
    readonly i?: boolean;
    readonly m?: boolean;
    readonly s?: boolean;
};
export type Range = readonly [from: number, to: number];
export type RegexAssertion = 'start' | 'end' | 'last' | 'lineStart' | 'lineEnd' | 'word' | 'notWord';
export type RegexNode = {
    readonly is: 'char';
    readonly code: number;
    readonly fold: boolean;
} | {
    readonly is: 'set';
    readonly ranges: readonly Range[];
} | {
    readonly is: 'seq';
    readonly of: readonly RegexNode[];
} | {
    readonly is: 'alt';
    readonly of: readonly RegexNode[];
} | {
    readonly is: 'rep';
    readonly of: RegexNode;
    readonly min: number;
    readonly max: number;
    readonly lazy: boolean;
} | {
    readonly is: 'group';
    readonly of: RegexNode;
    readonly capture: boolean;
} | {
    readonly is: 'look';
    readonly behind: boolean;
    readonly not: boolean;
    readonly of: RegexNode;
} | {
    readonly is: 'ref';
    readonly group: number;
} | {
    readonly is: 'at';
    readonly place: RegexAssertion;
};
export declare class RegexRefusal extends Error {
    readonly syntax: boolean;
    constructor(message: string, syntax: boolean);
}
export declare class RegexReader {
    #private;
    constructor(pattern: string, flags: RegexFlags);
    read(): RegexNode;
}
export declare function casesOf(code: number): number[];
export declare function walk(node: RegexNode, visit: (node: RegexNode) => void): void;
export declare function contains(node: RegexNode, wanted: (node: RegexNode) => boolean): boolean;
export declare function isRef(node: RegexNode): boolean;
