/** What may be wrong with a path at which nothing is, as a sentence with a space before it; empty where nothing is noticed. */
export declare function pathHint(path: string, platform?: NodeJS.Platform): string;
