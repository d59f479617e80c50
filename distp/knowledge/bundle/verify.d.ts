import { type PublicKey } from '../../lib/key-names.ts';
/**
 * A signed bundle of packs and tables in one file, for places without a network: the four roles of The Update Framework
 * (https://theupdateframework.github.io/specification/latest/) with Ed25519, and its order of checks (section 5). Root names
 * the keys; timestamp names the newest snapshot; snapshot the newest targets; targets every file by length and SHA-256.
 *
 * The file: a first line `postern-bundle/1`, then a line of JSON for each entry, its bytes as base64 of raw deflate, so that
 * antivirus takes no rule away.
 */
export declare const bundleMark = "postern-bundle/1";
export declare const roles: readonly ['root', 'timestamp', 'snapshot', 'targets'];
export type Role = (typeof roles)[number];
export type RoleKeys = {
    readonly keyids: readonly string[];
    readonly threshold: number;
};
export type Signed = {
    readonly _type: Role;
    readonly spec_version: string;
    readonly version: number;
    readonly expires: string;
    readonly [more: string]: unknown;
};
export type Root = Signed & {
    readonly keys: Readonly<Record<string, PublicKey>>;
    readonly roles: Readonly<Record<Role, RoleKeys>>;
};
/** One file of metadata: what is signed, and by which keys. */
export type Metadata<S extends Signed = Signed> = {
    readonly signed: S;
    readonly signatures: readonly {
        readonly keyid: string;
        readonly sig: string;
    }[];
};
/** What is trusted before a bundle is read: a root, and the highest versions that were seen under it. */
export type Trusted = {
    readonly root: Metadata<Root>;
    readonly versions: Readonly<Record<'timestamp' | 'snapshot' | 'targets', number>>;
    /** Digest of the timestamp of that version. */
    readonly timestamp: string | null;
};
/** A bundle that was found good. */
export type Verified = {
    readonly trusted: Trusted;
    /** The earliest end of what its roles promise. */
    readonly expires: string;
    /** Digest of the list of its files. */
    readonly sha256: string;
    readonly files: ReadonlyMap<string, Buffer>;
    /** Exactly what is trusted already. */
    readonly isSame: boolean;
};
/** The text of a bundle with these entries. */
export declare function bundleText(entries: ReadonlyMap<string, Uint8Array>): string;
/**
 * Checks a bundle as TUF does: the intrusion of roots, then timestamp, snapshot, targets, then every file. `now` in ms. Throws
 * with the name of the attack, or of the fault, that it looks like.
 */
export declare function verifyBundle(bytes: Uint8Array, trusted: Trusted, now: number): Verified;
/** Reads a root that the user trusts by its own word: it must be signed by itself. */
export declare function readRoot(bytes: Uint8Array): Metadata<Root>;
/** Paths become files on a disk, whichever it is, and no two may be one file where case counts for nothing. */
export declare function checkPaths(paths: readonly string[]): void;
/** Paths that cannot lie beside the others on every disk, and why. */
export declare function pathClashes(paths: readonly string[]): readonly {
    readonly path: string;
    readonly says: string;
}[];
/** Why a file of a bundle may not have this path; null where it may. */
export declare function pathFault(path: string): string | null;
/** What is signed, in one form of bytes. */
export declare const signedBytes: (signed: Signed) => Buffer;
