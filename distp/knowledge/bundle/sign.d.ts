import { type Metadata, type Role, type Root, type Signed } from './verify.ts';
import { type PublicKey } from '../../lib/key-names.ts';
import { type SecretKey } from '../../lib/ed25519.ts';
/** A private key, with its public half as metadata name it. */
export type Signer = SecretKey & {
    readonly id: string;
    readonly key: PublicKey;
};
/** A signer of a private key in PEM (PKCS #8). */
export declare function signerOf(pem: string): Signer;
/** The root that follows another one (or is the first), with these keys for each role, signed by the old keys and the new. */
export declare function nextRoot(before: Metadata<Root> | null, keys: Readonly<Record<Role, readonly Signer[]>>, threshold: number, expires: string, signers: readonly Signer[]): Metadata<Root>;
/** What a bundle is made of. `roots` is the whole chain, the newest last. */
export type Contents = {
    readonly roots: readonly Metadata<Root>[];
    readonly version: number;
    readonly expires: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly signers: readonly Signer[];
};
/** The text of a signed bundle. Keys that root names for a role sign it; too few are the user's mistake. */
export declare function makeBundle({ roots, version, expires, files, signers }: Contents): string;
/** Metadata as it lies in a file. */
export declare const metadataBytes: (metadata: Metadata) => Buffer;
export declare function signedBy<S extends Signed>(signed: S, signers: readonly Signer[]): Metadata<S>;
