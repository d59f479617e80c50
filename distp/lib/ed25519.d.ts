import { type KeyObject } from 'node:crypto';
/** A private key, and its public half as 64 digits of lower-case hex. */
export type SecretKey = {
    readonly public: string;
    readonly secret: KeyObject;
};
/** What a text that should hold a key holds instead. */
export type NoKey = {
    readonly is: string;
};
/** A private key in PEM (PKCS #8, RFC 8410). */
export declare function secretKeyOf(pem: string): SecretKey | NoKey;
/** A public key in PEM (SubjectPublicKeyInfo) as hex. A private key is none: it has no business where one verifies. */
export declare function publicKeyOf(pem: string): string | NoKey;
/** A public key as it lies in a file. */
export declare const publicPem: (hex: string) => string;
/** The 64 bytes of a signature (RFC 8032). */
export declare const signWith: ({ secret }: SecretKey, bytes: Uint8Array) => Buffer;
/** Has the key with this public half, in hex, signed exactly these bytes? */
export declare function isSignedBy(hex: string, bytes: Uint8Array, signature: Uint8Array): boolean;
/** A public key in hex, as it may stand in data. */
export declare const isPublicKey: (value: unknown) => value is string;
