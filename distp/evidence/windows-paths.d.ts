import type { Outer } from './container.ts';
/**
 * Restores the path that a file had on the Windows server from the folders around it in a folder or archive of evidence (of
 * a member of an archive: the names inside the innermost one). Known are
 * - a copied drive, also below other folders: `C:`, `C`, `c`, `C%3A`, `C$` (`host/C$/…`), `C_drive`, `[C]`
 * - KAPE and CyLR: `…/C/Windows/…`, `<host>/D/Exchange/…`
 * - Velociraptor: `uploads/<accessor>/C%3A/…`, `%5C%5C.%5CC%3A/…`, each name percent-encoded once
 * - shadow copies: kept apart as `\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\…`, they are not the present state
 * - image viewers: `…/[root]/Windows/…`
 * - a top folder of the system drive as the first name (`inetpub/…`, `Windows/…`): taken as drive C
 * null where nothing of that fits: loose files, or folders rooted deeper (`V15/Logging/…`); their content decides, and
 * whoever compares paths compares their ends.
 *
 * The outermost sign counts. Whoever writes into a folder of the server names what lies below it: a folder `C` below
 * `inetpub` is no drive, wherever the collection begins.
 */
export declare function windowsPathOf(path: string): string | null;
/**
 * The path of a member of an archive. One that itself lay on the server is where its members are: what the names in it
 * say is what whoever packed it wants them to say.
 */
export declare function windowsPathIn(outer: Pick<Outer, 'windowsPath' | 'within' | 'path'>, name: string): string | null;
/**
 * The same for all files of one folder (its path ends in `/`, or is empty), by their names: what the folder says is found
 * once. Names that say something themselves are looked at with the whole path.
 */
export declare function windowsPathsIn(folder: string): (name: string) => string | null;
/** Does a folder of this path, the last name aside, say where on a server the file lay, if only from some folder on? */
export declare function isBelowLayout(path: string): boolean;
/** Does a folder of this path say that the file lay in no web root? */
export declare function isBelowSystem(path: string): boolean;
/**
 * The path that a file's own name holds, as tools write it that keep all files in one folder:
 * - the whole path percent-encoded: `C%3A%5Cinetpub%5Cwwwroot%5Cx.aspx`
 * - with an underscore between the names, where a web root is told so: `C_inetpub_wwwroot_aspnet_client_x.aspx`
 */
export declare function pathInName(name: string): string | null;
/** Percent-encoding undone once; a name whose encoding is broken stays as it is. */
export declare function decodeOnce(name: string): string;
