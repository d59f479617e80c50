/** The file in OUT that is its seal. */
export declare const sealName = "seal.json";
/** `postern seal`: signs results, and with them the evidence that they were made of. */
export declare function sealCommand(args: readonly string[]): Promise<number>;
/** The text of a file that should hold a key. */
export declare function keyText(file: string): string;
