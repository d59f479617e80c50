/** Of a script, as much as is read. */
export declare const LONGEST = 65536;
/** The accounts that a script names where it ends the access of one; what it takes from a variable is not known. */
export declare function accountsEndedBy(text: string): readonly string[];
