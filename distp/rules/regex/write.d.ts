import { type RegexAssertion, type RegexNode } from './syntax.ts';
type Dialect = {
    readonly code: (code: number) => string;
    readonly top: number;
    readonly places: Readonly<Record<RegexAssertion, string>>;
};
export declare const v8: Dialect;
export declare const v8Unicode: Dialect;
export declare const re2: Dialect;
export declare function write(node: RegexNode, dialect: Dialect): string;
export {};
