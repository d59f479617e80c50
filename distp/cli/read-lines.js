import { readFileSync } from 'node:fs';
/** The lines of a file with their numbers, from 1. The file may be longer than a string can be: a line at a time. */
export function* readNumberedLines(file) {
    const bytes = readFileSync(file);
    for (let from = 0, number = 1; from < bytes.length; number++) {
        const end = bytes.indexOf(10, from);
        yield [number, bytes.toString('utf8', from, end < 0 ? bytes.length : end)];
        from = end < 0 ? bytes.length : end + 1;
    }
}
//# sourceMappingURL=read-lines.js.map