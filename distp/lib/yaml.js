import { createRequire } from 'node:module';
/**
 * The package, loaded when the first text needs it: it is 70 modules, and of rules and packs that ship the build has read the
 * documents.
 */
export function yamlPackage() {
    return createRequire(import.meta.url)('yaml');
}
//# sourceMappingURL=yaml.js.map