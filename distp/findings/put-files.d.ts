import type { Lookup } from '../model/rule.ts';
import type { FindingWithHits } from './findings.ts';
/** A file that a finding of an intrusion put into a web root. */
export type PutFile = {
    /** Its URL path in lower case; in the last name `*` stands for any text. */
    readonly url: string;
    /** What a request for it is. */
    readonly kind: Lookup;
    /** The finding that shows it, and when (ms). */
    readonly by: string;
    readonly since: number;
};
/** The files that intrusions put into web roots, as events, cmdlets and commands name them; the first one of each URL. */
export declare function filesPut(found: readonly FindingWithHits[]): readonly PutFile[];
/** Is a URL path, in lower case, that of a file? */
export declare function isUrlOf({ url }: Pick<PutFile, 'url'>, path: string): boolean;
