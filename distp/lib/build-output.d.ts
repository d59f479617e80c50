/** The first of these places, as seen from a module, at which the build left something; undefined where it did not. */
export declare function builtAt(paths: readonly string[], module: string): URL | undefined;
