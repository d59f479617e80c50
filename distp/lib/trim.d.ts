/**
 * Removal of repeated characters at the edges of a text. An expression such as `/\/+$/` looks at every run of the characters
 * again from each of its places: the square of what a hostile text holds.
 */
export declare function trimEnd(text: string, characters: string): string;
/** The text without these characters at its start. */
export declare function trimStart(text: string, characters: string): string;
/** The text without these characters at both of its ends. */
export declare function trim(text: string, characters: string): string;
