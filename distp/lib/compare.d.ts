/** By code units, the same on every machine. */
export declare function compareText(a: string, b: string): number;
