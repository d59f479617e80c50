import type { Could, Group, FieldLookup, Need } from '../rule.ts';
import type { Values } from '../field-values.ts';
/** One question to an event, and which of its fields said yes. */
export type Test = {
    test(values: Values): boolean;
    /** Adds the names of the fields that matched; asked only when `test` said yes. */
    names(values: Values, into: Set<string>): void;
    /** A rough measure: of several questions that must all say yes, the cheap ones are asked first. */
    readonly cost: number;
    /** The event ids outside of which the answer is always no; undefined when it does not depend on them. */
    readonly eventIds?: ReadonlySet<string>;
    /** Texts, one of which stands in its field whenever the answer is yes; undefined when none are known. */
    readonly needs?: readonly Need[];
    /** Of each the same is true as of `needs`, and some texts may be shorter. */
    readonly groups?: readonly Group[];
    /** Names (folded) that parts of it ask about which no exact group stands for. */
    readonly rest: ReadonlySet<string>;
    /** The answer where only some fields are known. */
    could(known: FieldLookup): Could;
    /** Names (folded) of the fields that it asks about; the empty name stands for all of them and the raw text. */
    readonly reads: ReadonlySet<string>;
    /** Names (folded) of the fields that it compares with one another. */
    readonly compares?: ReadonlySet<string>;
    /** It says yes exactly when one of these does. */
    readonly alternatives?: readonly Test[];
};
/** All of them. */
export declare function every(all: readonly Test[]): Test;
/** At least `least` of them. */
export declare function some(all: readonly Test[], least?: number): Test;
/** Not this. */
export declare function not(inner: Test): Test;
/** Of two lists of needs the one that fewer events meet: the shorter list, as a rule of thumb. */
export declare function better(a: readonly Need[] | undefined, b: readonly Need[] | undefined): readonly Need[] | undefined;
