import type { FieldValue } from '../../../model/event.ts';
/** Types of values, [MS-EVEN6] 2.2.12 and 2.2.13. */
export declare const valueType: {
    readonly null: 0;
    readonly string: 1;
    readonly ansi: 2;
    readonly int8: 3;
    readonly uint8: 4;
    readonly int16: 5;
    readonly uint16: 6;
    readonly int32: 7;
    readonly uint32: 8;
    readonly int64: 9;
    readonly uint64: 10;
    readonly real32: 11;
    readonly real64: 12;
    readonly bool: 13;
    readonly binary: 14;
    readonly guid: 15;
    readonly sizeT: 16;
    readonly fileTime: 17;
    readonly sysTime: 18;
    readonly sid: 19;
    readonly hexInt32: 20;
    readonly hexInt64: 21;
    readonly evtHandle: 32;
    readonly binXml: 33;
    readonly evtXml: 35;
    readonly array: 128;
};
/**
 * One value as Windows writes it into XML, but numbers and booleans as such. Numbers that JavaScript cannot hold are
 * decimal text. The bytes are there: whoever read the size has checked it. Null is no value.
 */
export declare function valueAt(bytes: Buffer, at: number, size: number, type: number): FieldValue;
/** UTF-16 up to its end; the zeros that close it do not belong to it, other control characters do. */
export declare function textAt(bytes: Buffer, at: number, size: number): string;
/** `{54849625-5478-4994-A5BA-3E3B0328C30D}` */
export declare function guidAt(bytes: Buffer, at: number): string;
/** [MS-DTYP] 2.4.2.1: `S-1-5-21-…`; an authority from 2^32 on is hexadecimal. */
export declare function sidAt(bytes: Buffer, at: number, size: number): string;
export declare function hex64(low: number, high: number): string;
export declare function u16(bytes: Buffer, at: number): number;
export declare function u32(bytes: Buffer, at: number): number;
