import { readFileSync } from 'node:fs';
import { builtAt } from '../lib/build-output.js';
export const { Module, Instance } = globalThis.WebAssembly;
const kernels = new Map();
/** A kernel as it was built; null where it was not, and plain TypeScript does its work. */
export function builtKernel(name) {
    let kernel = kernels.get(name);
    if (kernel === undefined) {
        const found = builtAt([`${name}.wasm`, `../../dist/prefilter/${name}.wasm`], import.meta.url);
        kernels.set(name, (kernel = found === undefined ? null : new Module(readFileSync(found))));
    }
    return kernel;
}
//# sourceMappingURL=wasm.js.map