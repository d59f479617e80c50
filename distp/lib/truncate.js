/** The text cut to this many characters, with its full length, also where it had been cut before. */
export function clip(text, length) {
    if (text.length <= length)
        return text;
    const before = /… \((\d[\d,]*) characters\)$/.exec(text)?.[1];
    const whole = before ?? String(text.length).replace(/\B(?=(\d{3})+$)/g, ',');
    return `${text.slice(0, length).toWellFormed()}… (${whole} characters)`;
}
//# sourceMappingURL=truncate.js.map