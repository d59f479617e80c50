import type { Scan } from '../model/scan.ts';
import type { Hit, RuleInfo } from '../model/rule.ts';
/** A hit with its artifact and its rule. */
export type Located = Hit & {
    readonly sha256: string;
    readonly info: RuleInfo;
    readonly joined: readonly string[];
    /** Where the file lies, of a fact about a file in its location; null of rows, which say the same in every copy of a log. */
    readonly place?: string | null;
    /** It is in a log whose location anyone could have written to: it takes nothing back that other logs show. */
    readonly misplaced?: true;
    /** It is in a log outside its place or beside the series: it cannot explain what the log at its own place shows. */
    readonly custom?: true;
    /** The server of the case in whose evidence it stands, where that is another one. */
    readonly evidenceOf?: string;
};
/**
 * All hits with their artifact and rule. Rows of two copies of one log are the same rows and count once. A file counts once
 * in each location: the same bytes in four folders of the server are four files, one folder in two collections is one.
 */
export declare function located(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>): Located[];
