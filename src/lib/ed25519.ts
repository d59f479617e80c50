import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** A private key, and its public half as 64 digits of lower-case hex. */
export type SecretKey = { readonly public: string; readonly secret: KeyObject }

/** What a text that should hold a key holds instead. */
export type NoKey = { readonly is: string }

/** A private key in PEM (PKCS #8, RFC 8410). */
export function secretKeyOf(pem: string): SecretKey | NoKey {
  const secret = keyOf(() => createPrivateKey(pem))
  if (secret === null) return { is: /ENCRYPTED/.test(pem) ? 'an encrypted one' : 'none' }
  const type = secret.asymmetricKeyType
  return type === 'ed25519' ? { public: hexOf(createPublicKey(secret)), secret } : { is: type ?? 'none' }
}

/** A public key in PEM (SubjectPublicKeyInfo) as hex. A private key is none: it has no business where one verifies. */
export function publicKeyOf(pem: string): string | NoKey {
  if (/PRIVATE KEY/.test(pem)) return { is: 'a private one' }
  const key = keyOf(() => createPublicKey(pem))
  const type = key?.asymmetricKeyType
  return key !== null && type === 'ed25519' ? hexOf(key) : { is: type ?? 'none' }
}

/** A public key as it lies in a file. */
export const publicPem = (hex: string): string => keyObject(hex).export({ type: 'spki', format: 'pem' }).toString()

/** The 64 bytes of a signature (RFC 8032). */
export const signWith = ({ secret }: SecretKey, bytes: Uint8Array): Buffer => sign(null, bytes, secret)

/** Has the key with this public half, in hex, signed exactly these bytes? */
export function isSignedBy(hex: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, bytes, keyObject(hex), signature)
}

/** A public key in hex, as it may stand in data. */
export const isPublicKey = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

function keyObject(hex: string): KeyObject {
  const x = Buffer.from(hex, 'hex').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

const hexOf = (key: KeyObject): string => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url').toString('hex')

/** What OpenSSL cannot read is no key. */
function keyOf(read: () => KeyObject): KeyObject | null {
  try {
    return read()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return null
  }
}
