// Many rules look for their texts in one long value, such as a script: which characters stand behind one another in it is found out
// once, and shows of most texts that they do not stand there.
/** Characters that are taken together, and the bits of a table in which they are marked. */
const GRAM = 4;
const BITS = 16;
/** 2^32 divided by the golden ratio spreads what differs in few bits. */
const GOLDEN = 0x9e37_79b1;
/** In a shorter value texts are found as soon. */
const LONG = 256;
const marks = new Uint32Array(1 << (BITS - 5));
/** The value whose characters are marked. */
let marked = '';
/** Where the characters of each text are marked. */
const places = new WeakMap();
/** Does one of some texts stand in a value? All are folded. */
export function holdsOneOf(value, texts) {
    if (value.length < LONG)
        return texts.some((text) => value.includes(text));
    if (value !== marked)
        mark(value);
    let known = places.get(texts);
    if (known === undefined)
        places.set(texts, (known = texts.map(placesOf)));
    return texts.some((text, i) => mayStand(known[i]) && value.includes(text));
}
function mark(value) {
    marks.fill(0);
    marked = value;
    for (let at = 0, gram = 0; at < value.length; at++) {
        // After four steps the first character is gone.
        gram = (gram << 8) ^ value.charCodeAt(at);
        const place = Math.imul(gram, GOLDEN) >>> (32 - BITS);
        marks[place >>> 5] |= 1 << (place & 31);
    }
}
function placesOf(text) {
    const found = [];
    for (let at = 0, gram = 0; at < text.length; at++) {
        gram = (gram << 8) ^ text.charCodeAt(at);
        if (at >= GRAM - 1)
            found.push(Math.imul(gram, GOLDEN) >>> (32 - BITS));
    }
    return Uint16Array.from(found);
}
function mayStand(grams) {
    for (let i = 0; i < grams.length; i++) {
        const place = grams[i];
        if (((marks[place >>> 5] >>> (place & 31)) & 1) === 0)
            return false;
    }
    return true;
}
//# sourceMappingURL=holds.js.map