/** The text cut to this many characters, with its full length, also where it had been cut before. */
export declare function clip(text: string, length: number): string;
