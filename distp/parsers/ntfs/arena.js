const PIECE = 256 * 1024;
/** Bytes that grow piece by piece and never move. Places are given as numbers of 32 bits, in steps of four bytes. */
export class ByteArena {
    #pieces = [];
    #used = PIECE;
    take(length) {
        if (this.#used + length > PIECE) {
            this.#pieces.push(Buffer.alloc(PIECE));
            // The first four bytes of all are not given out: 0 means none.
            this.#used = this.#pieces.length === 1 ? 4 : 0;
        }
        const at = (this.#pieces.length - 1) * PIECE + this.#used;
        this.#used += (length + 3) & ~3;
        return at / 4;
    }
    /** Bytes that it holds. */
    get size() {
        return this.#pieces.length * PIECE;
    }
    bytesOf(row) {
        return this.#pieces[Math.floor(row / (PIECE / 4))];
    }
    startOf(row) {
        return (row % (PIECE / 4)) * 4;
    }
}
//# sourceMappingURL=arena.js.map