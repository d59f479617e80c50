/** Names in the code of a page that stand for others: what Server and Request are called, eval under another name, code in texts. */
import type { Statement } from './page-code.ts';
/** The statements with `r.Form` written as `Request.Form` where `r` is another name of the request, and so for the server. */
export declare function aliasesWrittenOut(statements: readonly Statement[]): readonly Statement[];
/** The place where code of JScript takes eval as a value, to call it under another name; null where it does not. */
export declare function evalIsAValue(page: string, statements: readonly Statement[]): readonly [number, number] | null;
/** Texts that Basic evaluates after it has put them together: constants, Replace and StrReverse of them. */
export declare function unfolded(statements: readonly Statement[]): Generator<{
    readonly code: string;
    readonly at: readonly [number, number];
}>;
