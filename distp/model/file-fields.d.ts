import type { Fields, LogSource } from './event.ts';
/**
 * Where pages that IIS serves lie, told by the path; `null` for a file that is in no web root. `unknown` is a page of which
 * nothing says where it lay: it is taken for one that is served.
 */
export type WebRoot = 'aspnet_client' | 'wwwroot' | 'owa' | 'ecp' | 'oab' | 'frontend' | 'clientaccess' | 'unknown' | null;
/** The log sources of a file's event, from a copy, the $MFT or the change journal. */
export declare const fileSources: readonly LogSource[];
/** What the path of a file says: its name, folder, place in the web roots. Names as in docs/internals/fields.md. */
export declare function fileFields(path: string): Fields;
/** Would IIS run a file of this name? What lies in `App_Code` is compiled with the first request. */
export declare function isRunnable(path: string): boolean;
/** Does its name end as files that are sent as they are, or as those that were put aside? */
export declare function isInert(path: string): boolean;
/**
 * Is a file named like a page with further endings, as ransomware names what it encrypts: `a.aspx.id[…].eight`? What a
 * compiler makes of pages is named so, too.
 */
export declare function isRenamedPage(path: string): boolean;
/** The web root that a path (with `/`) lies in. */
export declare function webRootOf(path: string): WebRoot;
