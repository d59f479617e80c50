import { counted } from '../../lib/amounts.js';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { resultDigests } from '../../custody/digests.js';
import { PosternError, refusal } from '../../lib/errors.js';
import { publicPem, secretKeyOf } from '../../lib/ed25519.js';
import { jsonOrNull } from '../../lib/json.js';
import { visible } from '../../lib/terminal.js';
import { keyIdOf, sealText } from '../../custody/seal.js';
import { readArguments, textArgument } from '../arguments.js';
import { readNumberedLines } from '../read-lines.js';
import { version } from '../paths.js';
import { isUnfinished } from '../unfinished-run.js';
import { cannotWrite, notAFolder, statsOf, writeNew } from '../write-output.js';
/** The file in OUT that is its seal. */
export const sealName = 'seal.json';
/** `postern seal`: signs results, and with them the evidence that they were made of. */
export async function sealCommand(args) {
    const { values, positionals } = readArguments('seal', args);
    const fresh = textArgument(values['new-key']);
    const [out] = positionals;
    if (fresh !== undefined && out === undefined && values.key === undefined)
        return newKey(fresh);
    const keyFile = textArgument(values.key);
    if (fresh !== undefined || out === undefined || keyFile === undefined || positionals.length > 1)
        throw new PosternError('usage', 'Usage: postern seal OUT --key FILE, or: postern seal --new-key FILE');
    const key = secretIn(keyFile);
    const folder = resultsAt(out);
    const file = textArgument(values.seal) ?? join(folder, sealName);
    if (statsOf(file) !== 'nothing')
        throw new PosternError('usage', `${file} is there already. Verify it, or say another place with --seal.`);
    const found = await resultDigests(folder);
    const [odd] = found.filter(({ fault }) => fault !== undefined);
    if (odd)
        throw new PosternError('usage', `${join(folder, odd.path)} is nothing that can be sealed (${odd.fault}): remove it.`);
    const servers = serverFolders(folder).map((name) => sealedServer(folder, name));
    const results = found.map(({ path, size, sha256 }) => ({ path, size, sha256 }));
    const sealed = new Date().toISOString();
    writeNew(file, sealText({ sealed, tool: `postern ${version}`, results, servers }, key));
    const evidence = servers.reduce((sum, { files }) => sum + files.length, 0);
    say(`${file}: ${counted(results.length, 'file')} of results and ${evidence} of evidence, sealed ${sealed}`);
    say(`by the key ${keyIdOf(key.public)}.`);
    return 0;
}
function newKey(file) {
    const shared = `${file}.pub`;
    if (statsOf(shared) !== 'nothing')
        throw new PosternError('usage', `${shared} is there already: name another file with --new-key.`);
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = secretKeyOf(pem);
    try {
        writeFileSync(file, pem, { flag: 'wx', mode: 0o600 });
        writeFileSync(shared, publicPem(key.public), { flag: 'wx' });
    }
    catch (error) {
        throw cannotWrite(file, error);
    }
    say(`${file}: the private key. It is not encrypted: keep it where no one else can read it, and off the server.`);
    say(`${shared}: the public key, for those who verify. Its id: ${keyIdOf(key.public)}`);
    return 0;
}
function secretIn(file) {
    const key = secretKeyOf(keyText(file));
    if ('is' in key)
        throw new PosternError('usage', `A private key is wanted (PEM, Ed25519, not encrypted), and this is ${key.is}.`, {
            file,
        });
    return key;
}
/** The text of a file that should hold a key. */
export function keyText(file) {
    try {
        if (statSync(file).size > 1 << 16)
            return '';
        return readFileSync(file, 'utf8');
    }
    catch (error) {
        const { code } = error;
        if (code === undefined)
            throw error;
        throw new PosternError('no-such-path', `The key cannot be read from ${file}: ${refusal(code)}.`);
    }
}
/** The folder of results that is meant, which a run has finished. */
function resultsAt(out) {
    const stats = statsOf(out);
    if (stats === 'nothing')
        throw new PosternError('no-such-path', `There is nothing at ${out}.`);
    if (stats === 'unknown' || !stats.isDirectory())
        throw new PosternError('usage', notAFolder(out));
    if (isUnfinished(out))
        throw new PosternError('not-an-assessment', `The run in ${out} did not come to its end: finish it, and seal that.`);
    if (serverFolders(out).length === 0)
        throw new PosternError('not-an-assessment', `${out} holds no results of an assessment (no coverage.jsonl).`);
    return out;
}
/** Folders of servers in results, `.` for the one that is a server's own. */
function serverFolders(out) {
    const isServer = (name) => existsSync(join(out, name, 'coverage.jsonl')) && existsSync(join(out, name, 'run.json'));
    return isServer('.') ? ['.'] : readdirSync(out).filter(isServer).sort();
}
/** What the results of a server say of its evidence. */
function sealedServer(out, folder) {
    const run = join(out, folder, 'run.json');
    const { evidence, arguments: args } = (jsonOrNull(readFileSync(run, 'utf8')) ?? {});
    if (!isTexts(evidence) || !isTexts(args))
        throw new PosternError('not-an-assessment', 'It does not say what was assessed.', { file: run });
    const files = filesIn(join(out, folder, 'coverage.jsonl'));
    return { folder, evidence: evidence.map((path) => basename(resolve(path))), masked: args.includes('--mask'), files };
}
const isTexts = (value) => Array.isArray(value) && value.every((one) => typeof one === 'string');
function filesIn(file) {
    const found = [];
    for (const [line, value] of readNumberedLines(file)) {
        const one = jsonOrNull(value);
        if (one?.type === 'kind')
            continue;
        const { type, path, size, sha256 } = one ?? {};
        const isFile = type === 'file' && typeof path === 'string' && typeof size === 'number';
        if (!isFile || (sha256 !== null && typeof sha256 !== 'string'))
            throw new PosternError('not-an-assessment', 'This line is no file of the evidence.', { file, line });
        found.push({ path, size, sha256: sha256 ?? '' });
    }
    return found;
}
function say(line) {
    process.stdout.write(`${visible(line)}\n`);
}
//# sourceMappingURL=seal.js.map