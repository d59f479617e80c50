import { createHash, hash } from 'node:crypto';
/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hex. */
export function sha256(data) {
    return hash('sha256', data, 'hex');
}
/** SHA-256 of what comes piece by piece. */
export class Sha256 {
    #hash = createHash('sha256');
    /** Number of bytes so far. */
    length = 0;
    update(chunk) {
        this.#hash.update(chunk);
        this.length += chunk.length;
    }
    /** The digest in lower-case hex; nothing may be added after it. */
    hex() {
        return this.#hash.digest('hex');
    }
}
//# sourceMappingURL=hash.js.map