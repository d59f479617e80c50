/** The closed list of what can stop a run. Damaged evidence is never an error: it is a `Gap`. */
export type ErrorCode = 'usage' | 'no-such-path' | 'out-inside-evidence' | 'out-not-empty' | 'out-in-use' | 'unknown-campaign' | 'nothing-opened' | 'bad-pack' | 'bad-bundle' | 'bad-seal' | 'no-such-finding' | 'not-an-assessment' | 'evidence-changed' | 'cannot-write';
/** Where in a file of the user's the trouble is. Lines and columns count from 1. */
export type Where = {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
};
/** What stops the run: a code, one sentence that says what was wanted and what was found, and where. */
export declare class PosternError extends Error {
    readonly code: ErrorCode;
    readonly where: Where | undefined;
    constructor(code: ErrorCode, sentence: string, where?: Where);
}
/** Why the operating system refused a file, in words. */
export declare function refusal(code: string | undefined): string;
/** The exit status of each error (2: the user's mistake; 1: the run failed). */
export declare function exitStatus(code: ErrorCode): 1 | 2;
