import type { FieldValue } from '../../model/event.ts';
/** A field as a person reads it; `-` where there is none. */
export declare function said(fields: Readonly<Record<string, FieldValue>>, name: string): string;
/** Attributes of a file: `['hidden', 'system']`. The same list for the same bits. */
export declare const attributesOf: (bits: number) => readonly string[];
/** Reasons of a change: `['FILE_CREATE', 'CLOSE']`. */
export declare const reasonsOf: (bits: number) => readonly string[];
