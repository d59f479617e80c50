import { existsSync } from 'node:fs';
/** The first of these places, as seen from a module, at which the build left something; undefined where it did not. */
export function builtAt(paths, module) {
    return paths.map((path) => new URL(path, module)).find((url) => existsSync(url));
}
//# sourceMappingURL=build-output.js.map