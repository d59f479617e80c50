import type { KnownLogKind } from '../model/log-kinds.ts';
import type { Fields, FieldValue, LogSource, Place } from '../model/event.ts';
/** Records of a structured log that have the same fields, of which some have the same values in all of them. */
export type RecordForm = {
    readonly log: KnownLogKind;
    readonly sources: readonly LogSource[];
    readonly same: Fields;
    /** May the event of such a record have a field of this name (in lower case)? */
    mayHave(name: string): boolean;
};
/** A record, told by single fields. */
export type RecordDetails = {
    /** Milliseconds since 1970 UTC, as the format has it. */
    readonly time: number;
    readonly client: string | null;
    readonly user: string | null;
    /** Where it lies, as its event would have it. */
    readonly at: Place;
    /** What it is known by in other files; null where it says none. `hasId` tells without reading it. */
    readonly id: string | null;
    readonly hasId: boolean;
    /** The field of this name (in lower case): its value, null where the record has none, undefined where only its event tells. */
    tell(name: string): FieldValue | undefined;
};
export type RecordJudge = {
    /** Fields that are asked for (in lower case) to tell whether a rule could match. */
    readonly asks: readonly string[];
    /** Could one of the rules match that do not match all records of the form? The same fields have the same answer. */
    could(tell: RecordDetails['tell']): boolean;
    /**
     * True: no rule can match the record, and it was counted as its event would have been. False: its event is asked for.
     * `could`: what the record has for an answer, where that is known.
     */
    passes(record: RecordDetails, could?: boolean): boolean;
};
/** A table: how many columns it has, which of them holds the record, and the byte between them. */
export type TableForm = {
    readonly columns: number;
    readonly data: number;
    readonly delimiter: number;
};
/**
 * Finds the members of regular records of JSON, one a line or in a column of a table, and knows values again, without
 * making texts of them. Members are numbered in the order of their bytes: columns that are not empty, members of the
 * record, and behind a member that is an object the members of that.
 */
export type RecordScanner = {
    /** Null: records stand one a line. */
    setForm(form: TableForm | null): void;
    /**
     * Reads the row at `from`, of which `base` + `from` is the offset in the file: the number of its list of names, which
     * stands for the same names and objects in the same order; 0 where it is not regular, or not whole in front of `to`.
     */
    next(buffer: Buffer, from: number, to: number, base: number): number;
    /** Members of the row, its bytes with the line end, and where the record lies in these. */
    readonly count: number;
    readonly length: number;
    readonly recordAt: number;
    readonly recordLength: number;
    /** Has it bytes that are no ASCII? */
    readonly isHigh: boolean;
    row(): Buffer;
    /** The name of a member, or the number of a column. */
    name(member: number): string | number;
    /** Is it a text, and not an empty one? */
    isText(member: number): boolean;
    isObject(member: number): boolean;
    isWithin(member: number, outer: number): boolean;
    /** The number by which a value is known again until values are forgotten; -1 where it is too long for that. */
    number(member: number): number;
    /** What was read of the value with that number. */
    known(number: number): unknown;
    value(member: number): unknown;
    /** What rows with that list of names are told by. */
    learn(names: number, recipe: Recipe): void;
    /** Tells of the row at hand, whose list of names was learnt; false where it has no time, or a value is too long. */
    tell(names: number): boolean;
    /** Milliseconds since 1970 of a time like `2025-08-01T04:23:22`; not a number for everything else. */
    readonly time: number;
    /** Numbers of all values together by which it is planned, and of those that say who did it from where. */
    readonly plan: number;
    readonly who: number;
    /** Numbers of single values: the application (-1: none), and how mail was opened where the recipe names it. */
    readonly app: number;
    readonly access: number;
    readonly hasId: boolean;
    /** 64 bits of the record of a row that has an id. */
    digest(into: Uint32Array): void;
    /** The number of three numbers together. */
    together(a: number, b: number, c: number): number;
    /**
     * A question is answered by the values of these members, and by the subjects of all messages; false where it is beyond
     * what can be learnt.
     */
    question(number: number, members: readonly number[], withSubjects: boolean): boolean;
    /** The number of these values of the row at hand, and of one more number; -1 where one is too long, -2 where messages are not regular. */
    asked(names: number, question: number, also: number): number;
    /** Counts messages and their size; false where what names them is not regular. */
    countItems(names: number): boolean;
    readonly items: number;
    readonly bytes: number;
    /** Makes room where it is needed, between two rows: which numbers stand for something else from now on. */
    forget(): 'names' | 'values' | null;
};
/** Where what is told of a record stands: numbers of members, -1 where there is none. */
export type Recipe = {
    readonly time: number;
    readonly id: number;
    /** The application: the second where the first is no text. */
    readonly apps: readonly [number, number];
    readonly access: number;
    readonly user: number;
    readonly owner: number;
    readonly organization: number;
    /** The session; where it is no text that of the context, whose whole value is taken where that has none of its own. */
    readonly session: number;
    readonly context: number;
    readonly inContext: number;
    /** A list of folders with messages, a list of messages, and one message. */
    readonly items: readonly [number, number, number];
    /** Up to three. */
    readonly clients: readonly number[];
    readonly planned: readonly number[];
};
