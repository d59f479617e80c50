import type { Recipe, RecordScanner, TableForm } from '../parsers/record-scanner.ts';
/** Reads the records of one file in the memory of the kernel. */
export declare class FastRecords implements RecordScanner {
    #private;
    /** Null where the kernel was not built. */
    static make(): FastRecords | null;
    private constructor();
    setForm(form: TableForm | null): void;
    next(buffer: Buffer, from: number, to: number, base: number): number;
    get count(): number;
    get length(): number;
    get recordAt(): number;
    get recordLength(): number;
    get isHigh(): boolean;
    row(): Buffer;
    name(member: number): string | number;
    isText(member: number): boolean;
    isObject(member: number): boolean;
    isWithin(member: number, outer: number): boolean;
    number(member: number): number;
    known(number: number): unknown;
    value(member: number): unknown;
    learn(names: number, recipe: Recipe): void;
    tell(names: number): boolean;
    get time(): number;
    get plan(): number;
    get who(): number;
    get app(): number;
    get access(): number;
    get hasId(): boolean;
    digest(into: Uint32Array): void;
    together(a: number, b: number, c: number): number;
    question(number: number, members: readonly number[], withSubjects: boolean): boolean;
    asked(names: number, question: number, also: number): number;
    countItems(names: number): boolean;
    get items(): number;
    get bytes(): number;
    forget(): 'names' | 'values' | null;
}
