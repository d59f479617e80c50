import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diffOf } from '../../comparison/compare.js';
import { PosternError, refusal } from '../../lib/errors.js';
import { canonicalJson, jsonOrNull } from '../../lib/json.js';
import { diffHtml, diffText } from '../../reports/index.js';
import { readArguments, textArgument } from '../arguments.js';
import { readNumberedLines } from '../read-lines.js';
import { terminalOf } from '../terminal.js';
import { writeNew } from '../write-output.js';
/** `postern diff`: why a verdict moved. */
export async function diffCommand(args) {
    const { values, positionals } = readArguments('diff', args);
    const [a, b] = positionals;
    if (a === undefined || b === undefined || positionals.length > 2)
        throw new PosternError('usage', 'Usage: postern diff A B, with two assessments.');
    const format = textArgument(values.format) ?? 'text';
    if (!isFormat(format))
        throw new PosternError('usage', `There is no format ${format} of a comparison. There are: ${formats.join(', ')}.`);
    const file = textArgument(values.out);
    if (format === 'html' && file === undefined)
        throw new PosternError('usage', 'Say where the page shall be written: postern diff A B --format html --out FILE');
    const diff = diffOf(readAssessment(a), readAssessment(b));
    const written = { json, html: diffHtml, text: forTerminal(file === undefined) }[format](diff);
    if (file === undefined)
        process.stdout.write(written);
    else
        writeNew(file, written);
    return 0;
}
const formats = ['text', 'json', 'html'];
const isFormat = (name) => formats.includes(name);
const json = (diff) => `${canonicalJson(diff, 1)}\n`;
function forTerminal(toTerminal) {
    const { colour, columns } = terminalOf(process);
    return (diff) => diffText(diff, { colour: toTerminal && colour, width: toTerminal ? columns : 80 });
}
function readAssessment(path) {
    const file = fileAt(path);
    let value;
    try {
        value = JSON.parse(readFileSync(file, 'utf8'));
    }
    catch (error) {
        if (error instanceof SyntaxError)
            throw notOne(file, 'it is not JSON');
        const { code } = error;
        if (code === 'ERR_STRING_TOO_LONG')
            throw notOne(file, 'it is larger than can be compared (512 MB)');
        if (code === undefined)
            throw error;
        throw notOne(file, refusal(code));
    }
    const wrong = flaw(value);
    if (wrong !== null)
        throw notOne(file, wrong);
    return whole(value, dirname(file));
}
/**
 * Where assessment.json had no room for all findings or files, those of findings.jsonl and coverage.jsonl beside it: else what
 * one of two runs left out would be told as new or gone.
 */
function whole(assessment, folder) {
    const { evidence } = assessment;
    return {
        ...assessment,
        ...(assessment.more?.findings ? { findings: linesBeside(folder, 'findings.jsonl', isFinding) } : {}),
        ...(evidence.more?.manifest
            ? {
                evidence: {
                    ...evidence,
                    manifest: linesBeside(folder, 'coverage.jsonl', isArtifact).map(asInManifest),
                },
            }
            : {}),
    };
}
/** coverage.jsonl has no digest, and not an empty one, of a file that was not read. */
const asInManifest = (file) => ({ ...file, sha256: file.sha256 ?? '' });
/** The lines of a file that are of one form; null lines and those of other types are passed over. */
function linesBeside(folder, name, isOne) {
    const file = join(folder, name);
    if (!existsSync(file))
        throw new PosternError('not-an-assessment', `assessment.json is not complete without ${name}, which is not beside it. Put both into one folder.`, { file });
    const list = [];
    for (const [line, text] of readNumberedLines(file)) {
        const value = jsonOrNull(text);
        if (isOne(value))
            list.push(value);
        else if (!isMap(value) || value.type !== 'kind')
            throw new PosternError('not-an-assessment', 'This line is not as Postern writes it.', { file, line });
    }
    return list;
}
const notOne = (file, why) => new PosternError('not-an-assessment', `This is no assessment of Postern: ${why}.`, { file });
/** The assessment.json that is meant: the file itself, that of a server's folder, or of the only server of a run. */
function fileAt(path) {
    if (!existsSync(path))
        throw new PosternError('no-such-path', `There is nothing at ${path || "''"}.`);
    if (!statSync(path).isDirectory())
        return path;
    const own = join(path, 'assessment.json');
    if (existsSync(own))
        return own;
    const servers = readdirSync(path)
        .sort()
        .filter((name) => existsSync(join(path, name, 'assessment.json')));
    if (servers.length === 1)
        return join(path, servers[0], 'assessment.json');
    throw new PosternError('not-an-assessment', servers.length === 0
        ? `${path} holds no assessment (no assessment.json in it or in a folder of it).`
        : `${path} holds assessments of ${servers.length} servers; name the folder of one: ${servers.slice(0, 5).join(', ')}${servers.length > 5 ? ' …' : ''}.`);
}
/** What is compared, and the form that it must have: the file may come from anywhere. Null where it has. */
function flaw(value) {
    if (!isMap(value))
        return 'it holds no object';
    if (value.schema !== 'postern-assessment/2')
        return `its schema is ${typeof value.schema === 'string' ? value.schema.slice(0, 60) : 'not stated'}, and postern-assessment/2 is wanted`;
    for (const [path, shape] of forms) {
        const found = path.split('.').reduce((at, key) => (isMap(at) ? at[key] : undefined), value);
        if (!shape(found))
            return `its ${path} is not as Postern writes it`;
    }
    return null;
}
const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isText = (value) => typeof value === 'string';
const isNumber = (value) => typeof value === 'number';
const isTruth = (value) => typeof value === 'boolean';
const listOf = (shape) => (value) => Array.isArray(value) && value.every(shape);
const mapOf = (shapes) => (value) => isMap(value) && Object.entries(shapes).every(([key, shape]) => shape(value[key]));
const orNull = (shape) => (value) => value === null || shape(value);
const word = (...words) => (value) => typeof value === 'string' && words.includes(value);
const stage = word(...'recon attempt access write shell execution credentials persistence collection exfiltration cleanup context'.split(' '));
const is = word('yes', 'likely', 'no-evidence', 'cannot-tell', 'not-asked');
const question = word('exposed', 'targeted', 'exploited', 'compromised', 'mail-taken', 'still-there');
const isFinding = mapOf({
    id: isText,
    rule: isText,
    title: isText,
    stage,
    pack: isText,
    first: orNull(isText),
    time: orNull(isText),
    notes: listOf(isText),
    locators: listOf(mapOf({ path: isText, artifact: isText, raw: isText })),
});
const isArtifact = mapOf({ path: isText, sha256: orNull(isText), size: isNumber });
const forms = [
    [
        'server',
        mapOf({ name: isText, builds: listOf(mapOf({ build: isText, from: orNull(isText), to: orNull(isText) })) }),
    ],
    ['verdict', mapOf({ is: word('compromised', 'exploited', 'targeted', 'cannot-tell', 'no-evidence'), sure: isTruth })],
    [
        'answers',
        listOf(mapOf({ question, is, because: listOf(isText), coverage: mapOf({ covered: isNumber, of: isNumber }) })),
    ],
    ['exposure', mapOf({ cves: listOf(mapOf({ cve: isText })) })],
    ['findings', listOf(isFinding)],
    ['mailboxes', listOf(mapOf({ mailbox: isText, certainty: isText }))],
    ['persistence', listOf(mapOf({ kind: isText, what: isText, state: isText }))],
    ['coverage', mapOf({ kinds: listOf(mapOf({ title: isText, hours: isNumber })) })],
    ['evidence', mapOf({ files: isNumber, manifest: listOf(mapOf({ path: isText, sha256: isText, size: isNumber })) })],
    [
        'knowledge',
        mapOf({
            tool: isText,
            packs: listOf(mapOf({ pack: isText, sha256: isText })),
            tables: listOf(mapOf({ table: isText, sha256: isText })),
            options: isMap,
        }),
    ],
];
//# sourceMappingURL=diff.js.map