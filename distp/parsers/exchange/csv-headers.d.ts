import { type ExchangeColumns } from './csv-columns.ts';
/** The names in a header; the same list for the same header. */
export declare function namesIn(text: string): readonly string[];
/** From this text columns can be made again: the type that the header states, and their names. */
export declare function writtenFor(names: readonly string[], type: string | null): string;
/** The columns of a header in a log of that path. */
export declare function headerColumns(names: readonly string[], type: string | null, path: string): ExchangeColumns;
