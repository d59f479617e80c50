import { bufferOf } from '../../lib/text.js';
import { eachBlock, isZero } from './blocks.js';
import { BAD_SIGNATURE, newHeader, openRecord, recordSizeOf, MFT_SIGNATURE } from './record.js';
/** Of the first records of a volume some were never used; from here on each is used before the next one is. */
const IN_ORDER = 64;
/**
 * Reads a $MFT record by record; returns its size. Records that were never used are zeros and are not visited: they stand at the end of
 * it and among the first ones, and anywhere else something was overwritten.
 */
export async function eachRecord(chunks, visit) {
    const { head, all } = await headed(chunks);
    const size = recordSizeOf(head) ?? 1024;
    const copy = Buffer.alloc(size);
    const header = newHeader();
    const numbers = new Numbers();
    let start = 0;
    let told = false;
    // Zeros begin here, if they stand where no record can be unused.
    let zeros = null;
    const damaged = (at, length, detail) => {
        if (!told)
            visit.damaged(start + at, length, detail);
    };
    return eachBlock(all, size, (bytes, offset) => {
        for (let at = 0; at < bytes.length; at += size) {
            const length = Math.min(size, bytes.length - at);
            if (isZero(bytes, at, at + length)) {
                if ((offset + at) / size >= IN_ORDER)
                    zeros ??= offset + at;
                continue;
            }
            if (zeros !== null)
                visit.damaged(zeros, offset + at - zeros, 'zeros in the place of records');
            zeros = null;
            if (length < size) {
                visit.cut(offset + at, length);
                continue;
            }
            const signature = bytes.readUInt32LE(at);
            if (signature !== MFT_SIGNATURE && signature !== BAD_SIGNATURE) {
                visit.damaged(offset + at, size, 'no record of the $MFT');
                continue;
            }
            // A copy, since undoing the fixups changes it and the bytes may be another reader's too.
            bytes.copy(copy, 0, at, at + size);
            openRecord(copy, header);
            const number = numbers.of((offset + at) / size, header);
            start = offset + at;
            if (signature === BAD_SIGNATURE) {
                header.problem = 'a record marked BAAD: it was written in part';
                header.soundTo = 0;
            }
            // Where nothing of it is sound there is one gap, whatever is found in it.
            told = header.soundTo === 0;
            if (header.end > header.first)
                visit.record(number, start, copy, header, damaged);
            if (header.problem !== null)
                visit.damaged(start + header.soundTo, size - header.soundTo, header.problem);
        }
    });
}
/**
 * Numbers of records. In a whole $MFT a record stands at its number; a piece of one begins elsewhere, and then each
 * record says its own number, where the format has it.
 */
class Numbers {
    #isPiece = null;
    of(position, header) {
        this.#isPiece ??= header.number !== null && header.number !== position;
        return this.#isPiece && header.number !== null ? header.number : position;
    }
}
/** The first bytes of a stream (at least 4096 where it has so many), and the whole of it. */
async function headed(chunks) {
    const iterator = chunks[Symbol.asyncIterator]();
    const first = [];
    let length = 0;
    while (length < 16_384) {
        const next = await iterator.next();
        if (next.done)
            break;
        first.push(next.value);
        length += next.value.length;
    }
    async function* all() {
        yield* first;
        for (let next = await iterator.next(); !next.done; next = await iterator.next())
            yield next.value;
    }
    return { head: first.length === 1 ? bufferOf(first[0]) : Buffer.concat(first), all: all() };
}
//# sourceMappingURL=records.js.map