export type WasmMemory = {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
};
/** A number that the module exports: `value` is a signed one of 32 bits. */
export type WasmNumber = {
    readonly value: number;
};
export type WasmModule = {
    readonly isModule: true;
};
export declare const Module: new (bytes: Uint8Array) => WasmModule, Instance: new (module: WasmModule, imports: object) => {
    readonly exports: unknown;
};
/** A kernel as it was built; null where it was not, and plain TypeScript does its work. */
export declare function builtKernel(name: 'rows' | 'records'): WasmModule | null;
