import { readFileSync } from 'node:fs';
import { splitCsv } from './csv.js';
/** Rows of a small CSV file by the names of its header; lines that begin with `#` are comments. */
export function readTable(file) {
    const lines = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => splitCsv(line.trimEnd()).values);
    const [names = [], ...rows] = lines;
    return rows.map((row) => Object.fromEntries(row.map((value, i) => [names[i] ?? `column ${i}`, value])));
}
//# sourceMappingURL=table.js.map