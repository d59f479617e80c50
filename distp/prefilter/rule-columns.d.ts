import { type RowLayout } from '../parsers/row-layout.ts';
import type { EventRule, Need, RuleQuestion } from '../rules/rule.ts';
/** A question of a rule, and the groups of texts of which each must stand in a row, as columns can hold them. */
export type ColumnQuestion = {
    readonly rule: number;
    /** The rule as a whole, asked of the fields that it looks at. */
    readonly whole?: EventRule;
    readonly question: Pick<RuleQuestion, 'could' | 'reads' | 'compares'>;
    readonly groups: readonly (readonly Need[])[];
    /** Groups of texts that only one column can hold: a value of it without any of them refuses the question. */
    readonly refusing: readonly RefusingGroup[];
    /** Columns whose values decide it once its texts stand there; null where more than these does. */
    readonly decidedBy: readonly number[] | null;
    /** Of its texts some may stand anywhere in the row, but as it is written. */
    readonly asWritten?: boolean;
    readonly comparedBy: readonly number[] | null;
};
/** `group`: its number, that of one of the groups of the question or one of its own behind them. */
export type RefusingGroup = {
    readonly column: number;
    readonly group: number;
    readonly needs: readonly Need[];
};
/** What the columns of a layout make. */
export declare class RuleColumns {
    #private;
    readonly names: ReadonlySet<string>;
    /** Names (folded) of the fields that each column makes, and of those the ones that it makes alone. */
    readonly made: readonly (readonly string[])[];
    readonly own: readonly ReadonlySet<string>[];
    readonly joint: ReadonlySet<string>;
    /** The column of the path, where that of the query is the next: an address stands in a row with a delimiter for its `?`. */
    readonly border: number;
    constructor(layout: RowLayout);
    /**
     * Does every field come from one column, or from those that are named for it? Else what one column says of a field is not
     * what the event has: a log may have a column of the name that another column gives to its value.
     */
    areApart(): boolean;
    /** Are requests counted by the values of a column? */
    isTrait(column: number): boolean;
    /** Are rows counted by the values of a column, alone or with others? */
    isCounted(column: number): boolean;
    /** Does a column make a field, be it with others? */
    makes(column: number, name: string): boolean;
    /** Columns that make one of these fields without others. */
    alone(names: ReadonlySet<string>): number[];
    /** Columns that make one of these fields, be it with others; the path is a part of one form of the query. */
    lookedAt(names: ReadonlySet<string>): number[];
    /** Do the values of columns tell the field of a (folded) name? */
    isTold(name: string): boolean;
    /** A rule that looks at one field only, wherever one of the texts stands in it. */
    askedAlone(number: number, rule: EventRule, texts: readonly string[]): ColumnQuestion[];
    asked(rule: number, question: RuleQuestion): ColumnQuestion;
    /** Is the value of a field's column known of every row, whatever rules ask? */
    isRemembered(name: string): boolean;
}
/** An item is the number of a question and of one of its groups, at most this number. */
export declare const ITEM_GROUPS = 8;
