export declare const LF = 10;
export declare const CR = 13;
export declare const QUOTE = 34;
export declare const COMMA = 44;
export declare const COLON = 58;
export declare const OPEN_LIST = 91;
export declare const BACKSLASH = 92;
export declare const CLOSE_LIST = 93;
export declare const OPEN = 123;
export declare const CLOSE = 125;
export declare const STRING = 1;
export declare const VALUE = 2;
export declare const LITERAL = 3;
/** JSON as it should be, or with control characters that should have been escaped. */
export declare function parse(text: string): Record<string, unknown> | null;
export type TokenObject = Record<string, unknown>;
/** Is a value nested no deeper than this many objects and lists? */
export declare function isWithin(value: object, depth: number): boolean;
export declare function holdsList(value: unknown, depth: number): boolean;
