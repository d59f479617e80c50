import { Damage } from '../common/format-error.ts';
import { type Stamp, Structure } from '../common/binary-reader.ts';
/**
 * Tables of an ESE database (Extensible Storage Engine), read only, as it lies there: without its transaction logs, and
 * without values that are so long that they lie in a tree of their own.
 * https://github.com/libyal/libesedb/blob/main/documentation/Extensible%20Storage%20Engine%20(ESE)%20Database%20File%20(EDB)%20format.asciidoc,
 * https://github.com/microsoft/Extensible-Storage-Engine
 */
export declare const ESE_SIGNATURE = 2309737967;
/** Where a row lies in the file. */
export type RowPlace = {
    readonly offset: number;
    readonly length: number;
};
/** What could not be read, and why. */
export type DamagedRow = RowPlace & {
    readonly damage: Damage;
};
type Column = {
    readonly id: number;
    readonly type: number;
    readonly size: number;
    readonly wide: boolean;
    offset: number;
};
export type Table = {
    readonly root: number;
    readonly columns: ReadonlyMap<string, Column>;
};
export declare class EseDatabase {
    #private;
    readonly pageSize: number;
    /** Was it closed in order? Else its last changes lie in the transaction logs. */
    readonly clean: boolean;
    readonly tables: ReadonlyMap<string, Table>;
    readonly lost: DamagedRow[];
    constructor(data: Buffer);
    /** The rows of a table in the order of its key; what cannot be read is put to `lost`. */
    rows(table: Table): Generator<EseRow>;
}
/** One row; values are taken out of it when they are asked for. A value that is damaged is `Damage`, one that is not set null. */
export declare class EseRow {
    #private;
    readonly place: RowPlace;
    constructor(data: Structure, place: RowPlace, table: Table, small: boolean, newRecord: boolean);
    number(name: string): number | null;
    text(name: string): string | null;
    guid(name: string): string | null;
    /** A column that holds a FILETIME. */
    fileTime(name: string): Stamp | null;
    bytes(name: string): Buffer | null;
}
/** A value that is compressed on its own; the form stands in the upper bits of its first byte. */
export declare function decompressed(value: Buffer): Buffer;
export {};
