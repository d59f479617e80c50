export type PublicKey = {
    readonly keytype: 'ed25519';
    readonly scheme: 'ed25519';
    readonly keyval: {
        readonly public: string;
    };
};
export declare const keyId: (key: PublicKey) => string;
/** A public key in hex as metadata hold it, and its id: the digest of that. */
export declare function namedKey(hex: string): {
    readonly id: string;
    readonly key: PublicKey;
};
