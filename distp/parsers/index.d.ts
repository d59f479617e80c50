import type { Product } from '../model/log-kinds.ts';
import type { Head, Parser } from './parser.ts';
/** Every format that Postern reads. Of two that are equally sure the first wins. */
export declare const parsers: readonly Parser[];
/** The product whose files a parser reads; null where nothing read the file. */
export declare function productOfParser(name: string | null): Product | null;
/**
 * The parser that is surest of a file: by its content first, by its path second. A log that lies where its product writes it
 * is that log, whatever somebody wrote in front of its rows.
 */
export declare function choose(head: Head): Parser;
