/** The folder of a server: its name made harmless, with 8 digits of its manifest's digest when that is taken. */
export declare function folderName(server: string, digest: string, taken: Iterable<string>): string;
/** A server whose results are written: its name, the digest of its manifest, its evidence, and the folder so far. */
export type PlacedServer = {
    readonly server: string;
    readonly digest: string;
    readonly evidence: string;
    readonly path: string;
};
/**
 * The folder of each server, whatever the order in which they were assessed: of several servers with one name the plain one
 * goes to the first by digest. Renames the folders below `results` where that differs.
 */
export declare function settleFolders(results: string, placed: readonly PlacedServer[]): readonly string[];
