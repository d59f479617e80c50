import { readFileSync } from 'node:fs'
import { builtAt } from '../lib/build-output.ts'

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

const kernels = new Map<string, WasmModule | null>()

/** A kernel as it was built; null where it was not, and plain TypeScript does its work. */
export function builtKernel(name: 'rows' | 'records'): WasmModule | null {
  let kernel = kernels.get(name)
  if (kernel === undefined) {
    const found = builtAt([`${name}.wasm`, `../../dist/prefilter/${name}.wasm`], import.meta.url)
    kernels.set(name, (kernel = found === undefined ? null : new Module(readFileSync(found))))
  }
  return kernel
}
