import type * as Yaml from 'yaml';
/**
 * The package, loaded when the first text needs it: it is 70 modules, and of rules and packs that ship the build has read the
 * documents.
 */
export declare function yamlPackage(): typeof Yaml;
