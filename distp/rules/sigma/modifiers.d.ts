import { type RegexGuard } from '../safe-regex.ts';
import { type RegexFlags } from '../regex/syntax.ts';
import { type Field, type Values } from '../field-values.ts';
import { type Anchor } from './wildcards.ts';
import { type Placeholders } from './placeholders.ts';
import { type YamlEntry } from './yaml-tree.ts';
/** Texts, and for each whether it is at the end of its field. */
type TextGroup = {
    readonly texts: readonly string[];
    readonly ends: readonly boolean[];
    readonly exact: boolean;
};
/** The condition on one field. */
export type Predicate = {
    /** The values of the whole event are there wherever `others` are named. */
    readonly ask: (field: Field, values: Pick<Values, 'get'> | null) => boolean;
    readonly cost: number;
    /** The texts, one of which the whole value must be, when that is what is asked (folded). */
    readonly exactly?: ReadonlySet<string>;
    /** Texts (folded), one of which the field contains whenever the condition is true. */
    readonly needs?: readonly string[];
    /** Lists of texts of which the same is true; `exact`: nothing else is asked than that one of them stands there. */
    readonly groups?: readonly TextGroup[];
    /** A single folded text that must occur somewhere, for keywords. */
    readonly literals?: readonly string[];
    /** Names (folded) of other fields that it compares with. */
    readonly others?: readonly string[];
};
/** The parts of a key such as `CommandLine|contains|all`. */
export type FieldKey = {
    readonly field: string;
    readonly modifiers: Modifiers;
};
type Kind = 'text' | 're' | 'cidr' | 'lt' | 'lte' | 'gt' | 'gte' | 'exists' | 'fieldref';
type Encoding = 'windash' | 'base64' | 'base64offset' | 'utf16' | 'utf16le' | 'utf16be';
export type Modifiers = {
    readonly kind: Kind;
    readonly anchor: Anchor;
    readonly encodings: readonly Encoding[];
    readonly part: DatePart | null;
    readonly flags: RegexFlags;
    readonly all: boolean;
    readonly neq: boolean;
    readonly cased: boolean;
    readonly expand: boolean;
};
/** Reads a key. For keywords, which have no field, the text before the first `|` is empty. */
export declare function readKey(text: string, at: number): FieldKey;
/** What a rule is read with. */
export type ModifierContext = {
    readonly guard: RegexGuard;
    readonly placeholders: Placeholders;
};
/** What a key with its values asks. */
export declare function predicate(line: YamlEntry, key: FieldKey, given: ModifierContext): Predicate;
type DatePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export {};
