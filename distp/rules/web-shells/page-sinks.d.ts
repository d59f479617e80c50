import type { RuleInfo } from '../../model/rule.ts';
/**
 * Where a value comes from; a rule says which of them count for it. `net`: what another server answered; `body`: the whole
 * of what was sent, whose names of files are those of an ordinary upload.
 */
export declare const origin: {
    readonly request: 1;
    readonly box: 2;
    readonly method: 4;
    readonly net: 8;
    readonly body: 16;
};
export declare const anywhere: number;
/** A call that does harm with what it is given, whatever language and directive the page has. */
export type DangerousCall = {
    readonly info: RuleInfo;
    /** Beginnings of calls; the rest of the statement, or the arguments at these places, must be tainted. */
    readonly call: RegExp;
    readonly argument?: readonly number[];
    /** What else the page must contain. */
    readonly page?: RegExp;
    readonly pageToo?: RegExp;
    /** Sources that count; all where nothing is said. */
    readonly sources?: number;
    /** What else the call must contain. */
    readonly given?: RegExp;
    /** What its first argument must contain. */
    readonly first?: RegExp;
    /** Applications do it, too: in a part of one it is a lead; `writes`: and where the page looks at what is uploaded. */
    readonly weak?: true | 'writes';
    /** Texts of the argument with which it is a lead. */
    readonly fixed?: (texts: readonly string[]) => boolean;
    /** What the thing must be made as whose method is called. */
    readonly object?: RegExp;
    /** What the texts of the first of its arguments must be. */
    readonly texts?: (texts: readonly string[]) => boolean;
    /** Another call of the page that must be given such values, too. */
    readonly also?: Omit<DangerousCall, 'info'>;
    /** The whole statement counts, the thing whose method is called among it. */
    readonly whole?: true;
    /** The call alone is enough: no page of an application does this. */
    readonly always?: true;
};
/** Marks a path that is built from one of the site. */
export declare const MAPPED = "\0mapped";
/** The logon page of Exchange that keeps or sends what is typed there. */
export declare const passwordInfo: RuleInfo;
/** Any other page that does. */
export declare const otherPasswordInfo: RuleInfo;
/** What an application does with a value of the request, and a small shell, too. */
export declare const lead: RuleInfo;
export declare const sinks: readonly DangerousCall[];
