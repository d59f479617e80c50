import type { FieldValue } from '../../model/event.ts';
import type { RegistryValue } from './hive.ts';
export declare const REG: {
    readonly none: 0;
    readonly sz: 1;
    readonly expand: 2;
    readonly binary: 3;
    readonly dword: 4;
    readonly big: 5;
    readonly link: 6;
    readonly multi: 7;
    readonly qword: 11;
};
/** `REG_SZ`, or the number of a type that has no name: `0x10`. */
export declare function typeName(type: number): string;
/**
 * What a value holds, for fields: text as text, a list as a list, a number as a number and in Sysmon's words
 * (`DWORD (0x00000001)`), anything else as hexadecimal digits.
 */
export declare function details(value: RegistryValue): FieldValue;
/** REG_SZ, REG_EXPAND_SZ and REG_LINK up to their end; null for other types. */
export declare function registryText(value: RegistryValue | null): string | null;
/** The texts of a REG_MULTI_SZ; null for other types. */
export declare function multiTextOf(value: RegistryValue | null): string[] | null;
/** Text of any form; of a list its texts with `separator` between them. */
export declare function anyText(value: RegistryValue | null, separator?: string): string | null;
/** A number of 32 or 64 bits (exact up to 2^53); null for other types and sizes. */
export declare function numberOf(value: RegistryValue | null): number | null;
/** A value as a person reads it: `"Name" = REG_SZ "text"`; what is no letter is written by its number. */
export declare function describeValue(value: RegistryValue): string;
