/** Does a text fit a pattern in which each wildcard stands for any text, also for none? Looks for each piece once. */
export declare function fitsWildcards(text: string, pattern: string, wildcards?: RegExp): boolean;
