/**
 * Passwords of encrypted archives: one a line in a file, and one in the environment (`POSTERN_PASSWORD`). Never on the
 * command line, where every program of the machine can read them; never written anywhere.
 */
export declare function readPasswords(file: string | undefined): readonly string[];
/** What the tags of secrets are made with: the content of a file of the case, never written anywhere. */
export declare function readCaseKey(file: string | undefined): string | undefined;
