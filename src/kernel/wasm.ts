// What of WebAssembly is used here: https://webassembly.github.io/spec/js-api/. The types of Node do not name it.

export type WasmMemory = { readonly buffer: ArrayBuffer; grow(pages: number): number }
/** A number that the module exports: `value` is a signed one of 32 bits. */
export type WasmNumber = { readonly value: number }
export type WasmModule = { readonly isModule: true }

type Api = {
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown }
}

export const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Api }).WebAssembly
