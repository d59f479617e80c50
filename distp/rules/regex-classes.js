/** The greatest code point. */
export const TOP = 0x10ffff;
// `\d`, `\w` and `\s` of JavaScript. https://tc39.es/ecma262/#sec-compiletocharset
export const digits = [[48, 57]];
export const wordCharacters = [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
];
export const spaces = [
    [9, 13],
    [32, 32],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
];
//# sourceMappingURL=regex-classes.js.map