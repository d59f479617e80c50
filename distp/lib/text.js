import { isAscii, isUtf8 } from 'node:buffer';
/** What the first bytes say about the encoding, and how long the byte order mark is (0 when there is none). */
export function sniffEncoding(bytes) {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
        return { encoding: 'utf-8', bom: 3 };
    if (bytes[0] === 0xff && bytes[1] === 0xfe)
        return { encoding: 'utf-16le', bom: 2 };
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
        return { encoding: 'utf-16be', bom: 2 };
    return { encoding: utf16WithoutMark(bytes) ?? 'utf-8', bom: 0 };
}
/** Text of one piece in UTF-8, or in Windows-1252 where the bytes are not valid UTF-8. */
export function decode8(bytes) {
    const buffer = bufferOf(bytes);
    if (isAscii(buffer))
        return buffer.toString('latin1');
    return isUtf8(buffer) ? buffer.toString('utf8') : windows1252(buffer);
}
/** Text of a head or of a whole small file, with its byte order mark honoured and taken off; empty for binary bytes. */
export function decodeText(bytes) {
    const { encoding, bom } = sniffEncoding(bytes);
    const body = bytes.subarray(bom);
    if (encoding === 'utf-16le' || encoding === 'utf-16be')
        return decode16(body, encoding === 'utf-16be');
    if (looksBinary(body))
        return '';
    return bufferOf(body).toString(isUtf8(withoutCutTail(body)) ? 'utf8' : 'latin1');
}
/** The lines of a head. Several who look at the same text one after another get the same list. */
export function splitHeadLines(text) {
    if (text !== latest.text)
        latest = { text, lines: text.split(/\r\n|\n|\r/) };
    return latest.lines;
}
let latest = { text: '', lines: [''] };
/** The first line that is not blank; empty when there is none. */
export function firstLine(text) {
    for (let at = 0; at < text.length;) {
        const end = text.indexOf('\n', at);
        const line = text.slice(at, end < 0 ? text.length : end);
        if (line.trim() !== '')
            return line.endsWith('\r') ? line.slice(0, -1) : line;
        if (end < 0)
            break;
        at = end + 1;
    }
    return '';
}
/** Text of UTF-16 bytes; an odd last byte is left out. */
export function decode16(bytes, bigEndian) {
    const even = bytes.subarray(0, bytes.length & ~1);
    if (!bigEndian)
        return bufferOf(even).toString('utf16le');
    const swapped = Buffer.from(even);
    swapped.swap16();
    return swapped.toString('utf16le');
}
/** The same bytes as a Buffer, without a copy. */
export function bufferOf(bytes) {
    return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
// Windows-1252 differs from ISO 8859-1 in 0x80–0x9F only (https://encoding.spec.whatwg.org/index-windows-1252.txt).
const HIGH = '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
function windows1252(buffer) {
    return buffer.toString('latin1').replace(/[\u0080-\u009f]/g, (c) => HIGH[c.charCodeAt(0) - 0x80]);
}
// Text in western languages has a zero in every second byte of UTF-16 and none at all in other encodings.
function utf16WithoutMark(bytes) {
    const n = Math.min(bytes.length & ~1, 1024);
    if (n < 4)
        return null;
    let even = 0;
    let odd = 0;
    for (let i = 0; i < n; i += 2) {
        if (bytes[i] === 0 && bytes[i + 1] === 0)
            return null;
        if (bytes[i] === 0)
            even++;
        if (bytes[i + 1] === 0)
            odd++;
    }
    if (odd > n * 0.35 && even === 0)
        return 'utf-16le';
    if (even > n * 0.35 && odd === 0)
        return 'utf-16be';
    return null;
}
// Control characters other than tab, line ends, form feed and escape do not stand in text. A run of zeros may (a hole).
function looksBinary(bytes) {
    let odd = 0;
    const n = Math.min(bytes.length, 4096);
    for (let i = 0; i < n; i++) {
        const b = bytes[i];
        if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 27 && b !== 26 && b !== 0)
            odd++;
        if (b === 0 && bytes[i + 1] !== 0 && bytes[i - 1] !== 0)
            odd++;
    }
    return odd > n * 0.02 || bytes[0] === 0;
}
// A head may end inside a character.
function withoutCutTail(bytes) {
    let end = bytes.length;
    for (let i = 0; i < 4 && end > 0; i++) {
        const b = bytes[end - 1];
        if (b < 0x80)
            break;
        end--;
        if (b >= 0xc0)
            break;
    }
    return bytes.subarray(0, end);
}
//# sourceMappingURL=text.js.map