import { readFileSync } from 'node:fs';
import { PosternError, refusal } from '../lib/errors.js';
/**
 * Passwords of encrypted archives: one a line in a file, and one in the environment (`POSTERN_PASSWORD`). Never on the
 * command line, where every program of the machine can read them; never written anywhere.
 */
export function readPasswords(file) {
    const found = new Set();
    const { POSTERN_PASSWORD } = process.env;
    if (POSTERN_PASSWORD)
        found.add(POSTERN_PASSWORD);
    if (file !== undefined) {
        for (const line of textOf(file).split(/\r?\n/))
            if (line !== '')
                found.add(line);
        if (found.size === 0)
            throw new PosternError('usage', `There is no password in ${file}. It wants one a line.`);
    }
    return [...found];
}
/** What the tags of secrets are made with: the content of a file of the case, never written anywhere. */
export function readCaseKey(file) {
    if (file === undefined)
        return undefined;
    const key = textOf(file).trim();
    if (key.length < 16)
        throw new PosternError('usage', `${file} has fewer than 16 characters. A key that can be guessed lets masked passwords be guessed. Use a longer, random key.`);
    return key;
}
function textOf(file) {
    try {
        return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    }
    catch (error) {
        const { code } = error;
        if (code === undefined)
            throw error;
        throw new PosternError('no-such-path', `${file} cannot be read: ${refusal(code)}.`);
    }
}
//# sourceMappingURL=passwords.js.map