import { type ExchangeColumns } from './csv-columns.ts';
/** A row of ECP Server cut to some columns: from its first pair on it is EventData, commas and all. */
export declare function ecpExcerpt(text: string): {
    columns: ExchangeColumns;
    values: readonly string[];
} | null;
/** Values of a row that has too few (cut off at the end) or too many of them (a comma that nothing quotes). */
export declare function alignCsv(columns: ExchangeColumns, values: readonly string[]): readonly string[] | null;
