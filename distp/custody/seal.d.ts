import { type SecretKey } from '../lib/ed25519.ts';
/**
 * A seal: the names and digests of all files of a run's results, and of all evidence that they were made of, signed. It is an
 * in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md) in an envelope of DSSE
 * (https://github.com/secure-systems-lab/dsse/blob/master/protocol.md), signed with Ed25519. What is signed are the bytes
 * of the payload as they stand, so that nothing depends on how JSON is written.
 */
export type Seal = {
    /** When it was made, as the signer says (ISO, UTC). */
    readonly sealed: string;
    readonly tool: string;
    /** The public half, in hex, of the key that the signer says to have used. */
    readonly key: string;
    readonly results: readonly SealedFile[];
    readonly servers: readonly SealedServer[];
};
/** A file by its path with `/`, its size, and its SHA-256; empty where it could not be read. */
export type SealedFile = {
    readonly path: string;
    readonly size: number;
    readonly sha256: string;
};
export type SealedServer = {
    /** The folder of its results, relative to what was sealed; `.` where it is that itself. */
    readonly folder: string;
    /** Names of the folders and archives that were its evidence. */
    readonly evidence: readonly string[];
    /** Are names of people in these paths pseudonyms? Then files are known by their digests alone. */
    readonly masked: boolean;
    readonly files: readonly SealedFile[];
};
/** A seal that was found good. */
export type Opened = {
    readonly seal: Seal;
    /** Id of the key whose signature was good: the one that was asked for, or else the one that the seal names. */
    readonly by: string;
    /** Number of further signatures, which were not checked. */
    readonly more: number;
};
export declare const payloadType = "application/vnd.in-toto+json";
/** Maximum length of a seal's lists and text; maximum of signatures tried. */
export declare const MOST: {
    list: number;
    text: number;
    signatures: number;
};
/** The id of a public key in hex: the same as in the metadata of bundles, and in in-toto's own tools. */
export declare const keyIdOf: (hex: string) => string;
/** What a signature is of (DSSE, “PAE”): type and body with their lengths, so that neither can pass for the other. */
export declare function preAuthEncoding(type: string, body: Uint8Array): Buffer;
/** The text of a seal: one line of JSON. */
export declare function sealText(seal: Omit<Seal, 'key'>, key: SecretKey): string;
/**
 * Opens a seal. `key`: the public key, in hex, whose signature it must bear; where none is asked for, the key that the seal
 * names for itself, which shows that it is whole and not who made it.
 */
export declare function openSeal(text: string, key: string | null): Opened;
/** What lies between the files that were sealed and those that are there. */
export type SealChanges = {
    readonly same: number;
    readonly changed: readonly string[];
    readonly missing: readonly string[];
    readonly added: readonly string[];
    /** The same bytes at another path. */
    readonly moved: readonly {
        readonly before: string;
        readonly after: string;
    }[];
    /** Not read when they were sealed: there is no digest to hold them against. */
    readonly unknown: readonly string[];
};
/** Holds what is there against what was sealed: file by file, or by digests alone where the names are pseudonyms. */
export declare function changesBetween(sealed: readonly SealedFile[], found: readonly SealedFile[], masked?: boolean): SealChanges;
export declare const isSame: ({ changed, missing, added, moved }: SealChanges) => boolean;
