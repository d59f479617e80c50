import { sha256 } from './hash.js';
import { canonicalJson } from './json.js';
export const keyId = (key) => sha256(canonicalJson(key));
/** A public key in hex as metadata hold it, and its id: the digest of that. */
export function namedKey(hex) {
    const key = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } };
    return { id: keyId(key), key };
}
//# sourceMappingURL=key-names.js.map