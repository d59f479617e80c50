/** Script Encoder of Microsoft (`VBScript.Encode`, `JScript.Encode`): `#@~^`, length, `==`, code, check sum, `==^#~@`. */
/** The mark, and the length in base64. */
const BEGIN = /#@~\^[A-Za-z0-9+/]{6}==/g;
const END = '==^#~@';
/** Letters of the check sum. */
const SUM = 6;
/** Which of the three alphabets a letter is of, by its place. */
const alphabets = '0120121221210212021200122102122100212120200120210212001220012021';
/** Letters by their code from 9 on, in each of the three alphabets. */
const letters = Buffer.from('576e7b4a4c410b0b0b0c0c0c4a4c410e0e0e0f0f0f1010101111111212121313131414141515151616161717171818181919' +
    '191a1a1a1b1b1b1c1c1c1d1d1d1e1e1e1f1f1f2e2d324775307a522156602942715b6a5e382f4933265c3d496258417d3a34' +
    '29353236655b2039767c5c727a56437f73386b6639634e703345452b6b6868627151594f667809765e62317d44644a23546d' +
    '7543714a4c417e3a604a4c415e7e53404c407745424a2c27612a485d74722227754b37316f44374e794d3b59524c2f22506f' +
    '5467266a2a72477d6a6474392d547b202b3f7f2d382e2c774c30675d6e537e6b476c66346f357879255d742130436423264d' +
    '5a76525b25636c243f482b7b5528787023296941282e34734c0959212a3324447f4e3f6d507755093b5356557c73693a3561' +
    '5f6163654b50465867583b5131574969224f6c6d465a4d6848257c2728365c46703d4a6e24327a79412f373d5f605f4b514f' +
    '5a20422c366557', 'hex');
/** What stands for the letters that are never encoded, by the letter behind `@`. */
const escapes = new Map(Object.entries({ '&': '\n', '#': '\r', '*': '>', '!': '<', $: '@' }).map(([letter, plain]) => [
    letter.charCodeAt(0),
    plain.charCodeAt(0),
]));
/** The page with what the encoder hid written out; null where it hid nothing. */
export function withoutScriptEncoder(page) {
    if (!page.includes('#@~^'))
        return null;
    const text = page.toString('latin1');
    const pieces = [];
    let from = 0;
    for (const begin of text.matchAll(BEGIN)) {
        if (begin.index < from)
            continue;
        const code = begin.index + begin[0].length;
        const end = text.indexOf(END, code);
        // What was cut off has neither a sum nor an end.
        const last = end < 0 ? text.length : Math.max(code, end - SUM);
        pieces.push(text.slice(from, begin.index), decoded(text.slice(code, last), text.slice(last, last + SUM)));
        from = end < 0 ? last : end + END.length;
    }
    return from === 0 ? null : Buffer.from(`${pieces.join('')}${text.slice(from)}`, 'latin1');
}
/**
 * Letters beyond ASCII stand as they are, and take no place. Where the page was written in a code page of two bytes, such
 * as GBK, so does the second byte, though it may be a letter of ASCII: the check sum says which of the two it was.
 */
function decoded(code, sum) {
    const bytes = Buffer.from(code, 'latin1');
    const plain = readAs(bytes, false);
    const wanted = sum.length === SUM ? Buffer.from(sum, 'base64').readUInt32LE() : plain.sum;
    if (plain.sum === wanted)
        return plain.text;
    const paired = readAs(bytes, true);
    return paired.sum === wanted ? paired.text : plain.text;
}
/** The code in plain letters, and the sum of those of ASCII. */
function readAs(code, isPaired) {
    const made = Buffer.alloc(code.length);
    let length = 0;
    let sum = 0;
    let place = -1;
    for (let i = 0; i < code.length; i++) {
        const byte = code[i];
        const next = code[i + 1] ?? 0;
        if (byte >= 128) {
            made[length++] = byte;
            if (isPaired && isPair(byte, next))
                made[length++] = code[++i];
            continue;
        }
        place++;
        const escaped = byte === 0x40 ? escapes.get(next) : undefined;
        if (escaped !== undefined)
            i++;
        const letter = escaped ?? letterOf(byte, place);
        made[length++] = letter;
        sum += letter;
    }
    return { text: made.toString('latin1', 0, length), sum };
}
const isPair = (first, second) => first > 0x80 && first < 0xff && second >= 0x40 && second < 0xff && second !== 0x7f;
function letterOf(byte, place) {
    if (!(byte === 9 || byte > 31) || byte === 0x3c || byte === 0x3e || byte === 0x40)
        return byte;
    return letters[(byte - 9) * 3 + Number(alphabets[place % alphabets.length])];
}
//# sourceMappingURL=script-encoder.js.map