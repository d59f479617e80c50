import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { byteRange, bytePieces } from '../lib/bytes.js';
import { EvidenceError } from './container.js';
import { forwardBytes } from './forward.js';
/** Extra field 0x9901: version, vendor `AE`, strength, the method that the content was packed by. */
export function aesField(data) {
    if (data === undefined || data.length < 7 || data.toString('latin1', 2, 4) !== 'AE')
        return null;
    const encryption = [undefined, 'aes128', 'aes192', 'aes256'][data[4] ?? 0];
    // AE-2 leaves the checksum out: it would tell of the content.
    return encryption === undefined
        ? null
        : { encryption, method: data.readUInt16LE(5), hasCrc: data.readUInt16LE(0) === 1 };
}
/**
 * The passwords that seem to open the encrypted data of a member. `check` is the byte that the traditional way ends its header
 * with. A wrong password fits by chance (1 in 256, 1 in 65536): only the content tells.
 */
export async function fittingPasswords(data, encryption, check, passwords) {
    const open = encryption === 'zipcrypto' ? traditional : winzip;
    const fitting = [];
    for (const [password, text] of passwords.entries()) {
        const tried = await open(data, encryption, check, Buffer.from(text));
        if (tried !== null)
            fitting.push({ password, tried });
    }
    return fitting;
}
const header = 12;
async function traditional(data, _encryption, check, password) {
    const start = { a: 0x12345678, b: 0x23456789, c: 0x34567890 };
    for (const byte of password)
        move(start, byte);
    const first = await data.read(0, header);
    if (first.length < header)
        throw new EvidenceError('truncated', `${header} bytes of encryption header wanted`);
    if (decode({ ...start }, first)[header - 1] !== check)
        return null;
    const size = data.size - header;
    const forward = forwardBytes(async function* () {
        const keys = { ...start };
        let at = 0;
        for await (const piece of bytePieces(data, 0, data.size, 1 << 16)) {
            const plain = decode(keys, piece);
            yield plain.subarray(Math.max(0, header - at));
            at += piece.length;
        }
    }, Number.MAX_SAFE_INTEGER);
    return { bytes: byteRange({ ...forward, size }, 0, size), check: async () => { } };
}
function decode(keys, piece) {
    const plain = Buffer.allocUnsafeSlow(piece.length);
    for (let i = 0; i < piece.length; i++) {
        const mask = (keys.c | 2) & 0xffff;
        const byte = (piece[i] ^ (Math.imul(mask, mask ^ 1) >>> 8)) & 0xff;
        plain[i] = byte;
        move(keys, byte);
    }
    return plain;
}
function move(keys, byte) {
    keys.a = (table[(keys.a ^ byte) & 0xff] ^ (keys.a >>> 8)) >>> 0;
    keys.b = (Math.imul((keys.b + (keys.a & 0xff)) | 0, 134775813) + 1) >>> 0;
    keys.c = (table[(keys.c ^ (keys.b >>> 24)) & 0xff] ^ (keys.c >>> 8)) >>> 0;
}
/** The table of CRC-32 (APPNOTE 4.4.7). */
const table = Uint32Array.from({ length: 256 }, (_, i) => {
    let value = i;
    for (let bit = 0; bit < 8; bit++)
        value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
});
// ---------------------------------------------------------------- AES
const keyBytes = { aes128: 16, aes192: 24, aes256: 32, zipcrypto: 0 };
const mac = 10;
const block = 16;
/** Salt, two bytes that tell whether the password fits, the content in counter mode, and 10 bytes of HMAC-SHA1. */
async function winzip(data, encryption, _check, password) {
    const length = keyBytes[encryption];
    const salt = await data.read(0, length / 2);
    const verifier = await data.read(length / 2, 2);
    const [from, to] = [length / 2 + 2, data.size - mac];
    if (verifier.length < 2 || to < from)
        throw new EvidenceError('truncated', 'the encryption header breaks off');
    const keys = pbkdf2Sync(password, salt, 1000, length * 2 + 2, 'sha1');
    if (!keys.subarray(length * 2).equals(verifier))
        return null;
    const key = keys.subarray(0, length);
    const content = byteRange(data, from, to);
    return {
        bytes: {
            size: content.size,
            close: () => content.close(),
            async read(offset, wanted) {
                const start = Math.max(0, Math.min(offset, content.size));
                const piece = await content.read(start, wanted);
                return counted(piece, start, key);
            },
        },
        check: async () => {
            const hmac = createHmac('sha1', keys.subarray(length, length * 2));
            for await (const piece of bytePieces(content, 0, content.size))
                hmac.update(piece);
            const stated = await data.read(to, mac);
            if (stated.length < mac || !timingSafeEqual(hmac.digest().subarray(0, mac), stated))
                throw new EvidenceError('corrupt', 'the authentication code of the encrypted bytes differs');
        },
    };
}
/** Counter mode as WinZip has it: the counter is little-endian, of the whole block, and begins with 1. */
function counted(piece, offset, key) {
    const first = Math.floor(offset / block);
    const skip = offset - first * block;
    const blocks = Math.ceil((skip + piece.length) / block);
    const counters = Buffer.alloc(blocks * block);
    for (let i = 0; i < blocks; i++) {
        const value = first + i + 1;
        counters.writeUInt32LE(value % 2 ** 32, i * block);
        counters.writeUInt32LE(Math.floor(value / 2 ** 32), i * block + 4);
    }
    const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
    const stream = cipher.update(counters);
    const plain = Buffer.allocUnsafeSlow(piece.length);
    for (let i = 0; i < piece.length; i++)
        plain[i] = piece[i] ^ stream[skip + i];
    return plain;
}
//# sourceMappingURL=zip-crypto.js.map