import type { Fields } from '../model/event.ts';
import { FastLexicon } from './wasm-rows.ts';
import { FastRecords } from './wasm-records.ts';
import { type Judge, type JudgedValue, ValueCache, type RowQuestion as Decided, type RowLiteral } from './rows.ts';
import type { RecordForm } from '../parsers/record-scanner.ts';
import type { RowLayout } from '../parsers/row-layout.ts';
import { FormRules } from './record-rules.ts';
import type { Could, EventRule } from '../rules/rule.ts';
import { ValueIds } from './value-ids.ts';
/**
 * What rules say of the values of rows, one lexicon for each list of columns. Null: rules can only be asked of whole
 * events. Kept from file to file, within bounds.
 */
export declare class ValueCaches {
    #private;
    /** Values by which requests are counted. */
    readonly names: ValueIds;
    /** `fast`: with the kernel, where it was built. */
    constructor(rules: readonly EventRule[], { fast }?: {
        fast?: boolean | undefined;
    });
    /** `tied`: with rules whose rows count only in an attack chain. */
    for(layout: RowLayout, tied?: boolean): ValueCache | FastLexicon | null;
    /** The same for records of one form. `tied`: with rules whose rows count only in an attack chain. */
    records(form: RecordForm, tied: boolean): FormRules | null;
    /** What reads the records of one file; null without the kernel. */
    scanner(): FastRecords | null;
}
/**
 * Which rules can match a row, told by one value at a time. A rule is taken apart into questions, of which one must be
 * answered with yes. A question is out as soon as one column alone says no, or when a text that it needs stands in no
 * column. What is left is asked of all columns together; what they cannot tell stays possible: the row is then read as a
 * whole and the rule asked of its event.
 */
export declare class RowPrefilter implements Judge {
    #private;
    readonly columns: ('skip' | 'read' | 'text')[];
    readonly isEager: readonly boolean[];
    readonly isSearched: readonly boolean[];
    readonly isAnywhere: readonly boolean[];
    readonly open: Uint32Array;
    readonly openWords: number;
    readonly questions: readonly Decided[];
    readonly rules: readonly EventRule[];
    readonly border: number;
    readonly groups: Judge['groups'];
    /** Null when a rule can only be evaluated on whole events. */
    static of(rules: readonly EventRule[], layout: RowLayout): RowPrefilter | null;
    private constructor();
    judge(column: number, value: string, found?: readonly number[]): JudgedValue | null;
    texts(column: number): readonly RowLiteral[];
    textsOfValues(column: number): readonly RowLiteral[];
    across(path: string, query: string): readonly number[];
    found(column: number, value: string): readonly number[] | null;
    refused(questions: readonly number[], column: number, value: string): readonly number[];
    answer(question: number, at: number, textOf: (column: number) => string, only?: readonly number[]): Could;
}
/** Does a value show that a log is one of an Exchange server? */
export declare function isMark(fields: Fields): boolean;
