/**
 * What a command line hides in base64, in the clear: commands behind `-EncodedCommand` of PowerShell (UTF-16, little
 * endian) and texts that are given to `FromBase64String`. Null where nothing of the kind stands there or what stands
 * there is no text.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe
 */
export function decodedCommand(line) {
    if (line === null || line === undefined)
        return null;
    const lines = typeof line === 'string' ? [line] : line;
    const found = lines.flatMap((one) => (HINT.test(one) ? [...hidden(one.slice(0, LINE))] : []));
    return found.length === 0 ? null : found.join('\n').slice(0, LINE);
}
/** A command line of Windows has at most 32,767 characters; a history or a value of the registry may hold more. */
const LINE = 65_536;
/** Maximum number decoded in one line. */
const EACH = 8;
const HINT = /powershell|pwsh|[-/\u2013-\u2015]e\w{0,13}\s|FromBase64String|p\^?o\^?w\^?e\^?r/i;
/** Any beginning of `-EncodedCommand`, and `-ec`; a dash may be a long one. cmd.exe drops carets. */
const PARAMETER = /[-/\u2013-\u2015]e(?:c|n\w{0,12})?[\s:]+["']?([A-Za-z0-9+/]{12,}={0,2})(?![A-Za-z0-9+/=])/gi;
const CALL = /FromBase64String\s{0,9}\(\s{0,9}["']([A-Za-z0-9+/]{12,}={0,2})["']/gi;
function* hidden(line) {
    const plain = line.replaceAll('^', '');
    let left = EACH;
    for (const form of [PARAMETER, CALL]) {
        for (const [, base64] of plain.matchAll(form)) {
            const text = textOf(base64);
            if (text !== null)
                yield text;
            if (--left <= 0)
                return;
        }
    }
}
/** Text of UTF-16 or of ASCII; null when neither. */
function textOf(base64) {
    const bytes = Buffer.from(base64, 'base64');
    const wide = bytes.length % 2 === 0 && bytes.filter((byte, i) => i % 2 === 1 && byte !== 0).length <= bytes.length / 8;
    const text = wide ? bytes.toString('utf16le') : bytes.toString('latin1');
    return /^[\t\r\n -~\u00a0-\uffff]{4,}$/.test(text) && !(!wide && /[^\t\r\n -~]/.test(text)) ? text : null;
}
//# sourceMappingURL=encoded-command.js.map