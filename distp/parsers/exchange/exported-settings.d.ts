import type { Parser } from '../parser.ts';
import type { PsObject, PsValue } from '../config/powershell-object.ts';
import type { Tag } from '../config/xml-reader.ts';
/**
 * Objects of Exchange exported as CSV or JSON (`Get-OabVirtualDirectory | Export-Csv`, `Get-InboxRule |
 * ConvertTo-Json`). Unlike CLIXML these do not say what they are: the names of their properties do.
 */
export declare const exportedCsv: Parser;
export declare const exportedJson: Parser;
/** What objects with such properties are; null when they are none of Exchange’s that matter. */
export declare function exportedType(names: readonly string[]): string | null;
/** A value as it is printed: a list stands in braces. */
export declare function printedValue(name: string, text: string): PsValue;
/** An object as JSON has it, by the type that its properties show. */
export declare function objectOfJson(type: string, value: Readonly<Record<string, unknown>>): PsObject;
/** An object of properties alone. */
export declare function objectOf(type: string, properties: readonly (readonly [string, PsValue])[]): PsObject;
/** Where an object lies that is no element of XML. */
export declare function objectTag(raw: string, offset: number, length: number, line: number): Tag;
