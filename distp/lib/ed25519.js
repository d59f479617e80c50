import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
/** A private key in PEM (PKCS #8, RFC 8410). */
export function secretKeyOf(pem) {
    const secret = keyOf(() => createPrivateKey(pem));
    if (secret === null)
        return { is: /ENCRYPTED/.test(pem) ? 'an encrypted one' : 'none' };
    const type = secret.asymmetricKeyType;
    return type === 'ed25519' ? { public: hexOf(createPublicKey(secret)), secret } : { is: type ?? 'none' };
}
/** A public key in PEM (SubjectPublicKeyInfo) as hex. A private key is none: it has no business where one verifies. */
export function publicKeyOf(pem) {
    if (/PRIVATE KEY/.test(pem))
        return { is: 'a private one' };
    const key = keyOf(() => createPublicKey(pem));
    const type = key?.asymmetricKeyType;
    return key !== null && type === 'ed25519' ? hexOf(key) : { is: type ?? 'none' };
}
/** A public key as it lies in a file. */
export const publicPem = (hex) => keyObject(hex).export({ type: 'spki', format: 'pem' }).toString();
/** The 64 bytes of a signature (RFC 8032). */
export const signWith = ({ secret }, bytes) => sign(null, bytes, secret);
/** Has the key with this public half, in hex, signed exactly these bytes? */
export function isSignedBy(hex, bytes, signature) {
    return signature.length === 64 && verify(null, bytes, keyObject(hex), signature);
}
/** A public key in hex, as it may stand in data. */
export const isPublicKey = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
function keyObject(hex) {
    const x = Buffer.from(hex, 'hex').toString('base64url');
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
const hexOf = (key) => Buffer.from(key.export({ format: 'jwk' }).x, 'base64url').toString('hex');
/** What OpenSSL cannot read is no key. */
function keyOf(read) {
    try {
        return read();
    }
    catch (error) {
        const { code } = error;
        if (code === undefined)
            throw error;
        return null;
    }
}
//# sourceMappingURL=ed25519.js.map