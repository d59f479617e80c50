/** One comparison: `file:hashes.'SHA-256' = '…'`. */
export type Comparison = {
    /** The kind of object: `file`. */
    readonly object: string;
    /** The path to the property, step by step: `hashes`, `SHA-256`; `[*]` and `[0]` stand for places in a list. */
    readonly path: readonly string[];
    /** Both: `file:hashes.SHA-256`. */
    readonly name: string;
    readonly operator: Operator;
    readonly not: boolean;
    /** One, but of `IN` several and of `EXISTS` none. */
    readonly values: readonly Literal[];
};
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IN' | 'LIKE' | 'MATCHES' | 'ISSUBSET' | 'ISSUPERSET' | 'EXISTS';
export type Literal = {
    readonly kind: 'text' | 'number' | 'boolean' | 'time' | 'bytes';
    readonly text: string;
};
/** What stands between brackets: true of one observation. */
export type Expression = {
    readonly is: 'comparison';
    readonly comparison: Comparison;
} | {
    readonly is: 'or' | 'and';
    readonly of: readonly Expression[];
};
/** The pattern: observations, and how they belong together. */
export type Observation = {
    readonly is: 'one';
    readonly expression: Expression;
    readonly qualifiers: readonly Qualifier[];
} | {
    readonly is: 'or' | 'and' | 'followedBy';
    readonly of: readonly Observation[];
    readonly qualifiers: readonly Qualifier[];
};
export type Qualifier = {
    readonly is: 'within';
    readonly seconds: number;
} | {
    readonly is: 'repeats';
    readonly times: number;
} | {
    readonly is: 'startStop';
};
/** Why a text is no pattern, and at which character (from 1). */
export declare class PatternProblem extends Error {
    readonly at: number;
    constructor(detail: string, at: number);
}
/**
 * Reads a pattern of STIX 2.0 or 2.1 (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, section 9; grammar:
 * https://github.com/oasis-open/cti-stix2-json-schemas/blob/master/pattern_grammar/STIXPattern.g4). Of 2.0 are keywords in
 * any case, hyphens in names and START and STOP with plain texts. Throws `PatternProblem`.
 */
export declare function readPattern(text: string): Observation;
