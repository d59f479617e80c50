import { counted } from '../../lib/amounts.js';
import { randomUUID, generateKeyPairSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readRoot, roles, verifyBundle, } from '../../knowledge/bundle/verify.js';
import { metadataBytes, makeBundle, nextRoot, signerOf } from '../../knowledge/bundle/sign.js';
import { installedBundle, stateFile, stateText } from '../../knowledge/bundle/installed.js';
import { PosternError, refusal } from '../../lib/errors.js';
import { isoTime } from '../../lib/time.js';
import { visible } from '../../lib/terminal.js';
import { loadKnowledge, packFolders, sharedPackFiles } from '../../knowledge/load-packs.js';
import { sharedSamples } from '../../run/pack-samples.js';
import { checkRules } from '../../run/rule-check.js';
import { textArgument, texts } from '../arguments.js';
import { knowledgeFolder, packsFolder } from '../paths.js';
import { cannotWrite, makeFolder, statsOf, writeNew } from '../write-output.js';
/** `postern packs keys FOLDER`: the keys of all roles and the first root, or the next one, signed by the keys before. */
export function makeKeys(folder, values) {
    const expires = expiryOf(textArgument(values.expires));
    const threshold = countOf(textArgument(values.threshold) ?? '2', '--threshold');
    makeFolder(folder);
    const chain = rootsIn(folder);
    const old = signersIn(folder);
    const made = (role, n) => Array.from({ length: n }, () => newKey(folder, role));
    const keys = {
        root: made('root', threshold + 1),
        timestamp: made('timestamp', 1),
        snapshot: made('snapshot', 1),
        targets: made('targets', 1),
    };
    const before = chain.at(-1) ?? null;
    const root = nextRoot(before, keys, threshold, expires, old);
    const owned = before === null ? 0 : root.signatures.filter((s) => before.signed.roles.root.keyids.includes(s.keyid)).length;
    if (before !== null && owned < before.signed.roles.root.threshold)
        throw new PosternError('usage', `The next root must be signed by ${before.signed.roles.root.threshold} keys of the one before, and ${folder} holds ${owned}.`);
    const file = join(folder, `${root.signed.version}.root.json`);
    writeNew(file, metadataBytes(root).toString('utf8'));
    say(`${file}: root ${root.signed.version}, good until ${expires}; ${threshold} of ${threshold + 1} keys sign the next one.`);
    say('Give it to those who install bundles, by a way that you trust. Keep the root keys apart from each other, and off line.');
    return 0;
}
/** `postern packs bundle FILE`: packs and tables, signed, in one file. */
export async function bundlePacks(file, values) {
    const keys = wanted(values, 'keys');
    const version = countOf(wanted(values, 'version'), '--version');
    const expires = expiryOf(wanted(values, 'expires'));
    const packs = texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder];
    const { broken } = await loadKnowledge({ packs, rules: [], iocs: [] }, undefined, { check: checkRules });
    const [bad] = broken.filter(({ reason }) => reason === 'broken');
    if (bad)
        throw new PosternError('bad-pack', `${bad.detail} Nothing broken is signed.`, { file: bad.file });
    const roots = rootsIn(keys);
    if (roots.length === 0)
        throw new PosternError('usage', `${keys} holds no root: make keys with postern packs keys.`);
    const files = new Map();
    const folders = packs.flatMap(packFolders);
    for (const folder of folders)
        add(files, folder, `packs/${basename(folder)}`);
    const shared = new Set(folders.flatMap(sharedPackFiles).filter((path) => existsSync(path)));
    for (const [name, paths] of Map.groupBy(shared, (path) => basename(path))) {
        if (paths.length > 1)
            throw new PosternError('usage', `Packs of a bundle share one ${name}, and here are ${paths.join(' and ')}.`);
        files.set(`packs/shared/${name}`, readFileSync(paths[0]));
    }
    for (const samples of new Set(folders.map(sharedSamples)))
        if (existsSync(samples))
            add(files, samples, 'packs/shared/samples');
    for (const name of tablesIn(knowledgeFolder))
        files.set(`knowledge/${name}`, readFileSync(join(knowledgeFolder, name)));
    const contents = { roots, version, expires, files, signers: signersIn(keys) };
    writeNew(file, makeBundle(contents));
    say(`${file}: version ${version}, ${counted(files.size, 'file')}, good until ${expires}.`);
    return 0;
}
/** `postern packs verify FILE`, and `install`, which also puts it where `--packs` finds it. */
export async function takeBundle(what, file, values) {
    const into = textArgument(values.into);
    if (what === 'install' && into === undefined)
        throw new PosternError('usage', 'Say where: postern packs install FILE --into FOLDER');
    const before = into === undefined ? null : installedBundle(into);
    const trusted = before?.trusted ?? trustedRoot(textArgument(values.root));
    if (into !== undefined && before === null && statsOf(into) !== 'nothing' && readdirSync(into).length > 0)
        throw new PosternError('out-not-empty', `${into} is not empty and holds no bundle. Choose another folder with --into.`);
    const verified = verifyBundle(read(file), trusted, Date.now());
    const { versions } = verified.trusted;
    say(`${file}: version ${versions.targets}, ${counted(verified.files.size, 'file')}, good until ${verified.expires}, signed by root ${verified.trusted.root.signed.version}.`);
    if (what === 'verify')
        return 0;
    if (verified.isSame && before !== null) {
        say(`It is installed in ${into} already.`);
        return 0;
    }
    await install(into, verified);
    say(`Installed. Use it with: postern assess EVIDENCE --packs ${into}`);
    return 0;
}
/** Writes the files beside what is installed, sees that they load, and only then lets the state name them. */
async function install(into, { files, trusted, expires, sha256 }) {
    const content = `bundle-${trusted.versions.targets}-${sha256.slice(0, 12)}`;
    const bundle = { version: trusted.versions.targets, expires, sha256 };
    makeFolder(into);
    const place = join(into, content);
    const staged = join(into, `.new-${randomUUID()}`);
    try {
        for (const [path, bytes] of files) {
            const to = join(staged, ...path.split('/'));
            mkdirSync(dirname(to), { recursive: true });
            writeFileSync(to, bytes, { flag: 'wx' });
        }
        await loadKnowledge({ packs: [join(staged, 'packs')], rules: [], iocs: [] }, undefined, { check: checkRules });
        if (existsSync(place))
            rmSync(place, { recursive: true });
        renameSync(staged, place);
        const next = join(into, `.state-${randomUUID()}`);
        writeFileSync(next, stateText(content, bundle, trusted), { flag: 'wx' });
        const handle = openSync(next, 'r+');
        fsyncSync(handle);
        closeSync(handle);
        renameSync(next, join(into, stateFile));
    }
    catch (error) {
        rmSync(staged, { recursive: true, force: true });
        throw cannotWrite(into, error);
    }
    for (const name of readdirSync(into))
        if (/^bundle-\d+-[0-9a-f]{12}$/.test(name) && name !== content)
            rmSync(join(into, name), { recursive: true });
}
/** Tables that a run needs, wherever they come from. */
export function tablesIn(folder) {
    return readdirSync(folder)
        .filter((name) => name.endsWith('.csv'))
        .sort();
}
/** The bundle among the folders of packs, whose tables then hold; null where there is none. */
export function bundleAmong(packs) {
    const found = packs.flatMap((folder) => installedBundle(folder) ?? []);
    if (found.length > 1)
        throw new PosternError('usage', 'Two of the folders of packs hold a bundle; name one of them.');
    const [one] = found;
    if (one === undefined)
        return null;
    const knowledge = join(one.content, 'knowledge');
    const lacks = tablesIn(knowledgeFolder).find((name) => !existsSync(join(knowledge, name)));
    if (lacks !== undefined)
        throw new PosternError('bad-bundle', `The installed bundle holds no ${lacks}, which this version of Postern needs: install a newer one.`);
    return { knowledge, bundle: one.bundle };
}
/** What is said of a bundle whose time is over: it still works, and may be older than what there is. */
export function staleness({ version, expires }, now) {
    return isoTime(expires) > now
        ? null
        : `The installed bundle ${version} was good until ${expires}: there may be a newer one, with rules that this one lacks.`;
}
// ---------------------------------------------------------------- pieces
function trustedRoot(file) {
    if (file === undefined)
        throw new PosternError('usage', 'No bundle was installed there yet: say which root you trust with --root ROOT.json.');
    return { root: readRoot(read(file)), versions: { timestamp: 0, snapshot: 0, targets: 0 }, timestamp: null };
}
function add(files, folder, name) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.isDirectory())
            add(files, join(folder, entry.name), `${name}/${entry.name}`);
        else if (entry.isFile())
            files.set(`${name}/${entry.name}`, readFileSync(join(folder, entry.name)));
    }
}
function newKey(folder, role) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const signer = signerOf(pem);
    try {
        writeFileSync(join(folder, `${role}-${signer.id.slice(0, 12)}.pem`), pem, { flag: 'wx', mode: 0o600 });
    }
    catch (error) {
        throw cannotWrite(folder, error);
    }
    return signer;
}
function signersIn(folder) {
    const isKey = (name) => name.endsWith('.pem') && roles.some((role) => name.startsWith(`${role}-`));
    return readdirSync(folder)
        .filter(isKey)
        .sort()
        .map((name) => signerOf(readFileSync(join(folder, name), 'utf8')));
}
/** The chain of roots in a folder, from the first on. */
function rootsIn(folder) {
    const chain = [];
    for (;;) {
        const file = join(folder, `${chain.length + 1}.root.json`);
        if (!existsSync(file))
            return chain;
        chain.push(readRoot(read(file)));
    }
}
function read(file) {
    try {
        if (statSync(file).size > 256 << 20)
            throw new PosternError('bad-bundle', 'The bundle is refused. Too large: it has more than 256 MiB.', { file });
        return readFileSync(file);
    }
    catch (error) {
        const { code } = error;
        if (error instanceof PosternError || code === undefined)
            throw error;
        throw new PosternError('no-such-path', `${file} cannot be read: ${refusal(code)}.`);
    }
}
function wanted(values, name) {
    const value = textArgument(values[name]);
    if (value === undefined)
        throw new PosternError('usage', `--${name} is missing.`);
    return value;
}
function expiryOf(value) {
    if (value === undefined)
        throw new PosternError('usage', '--expires is missing: a day like 2027-01-31.');
    const time = /^\d{4}-\d\d-\d\d$/.test(value) ? isoTime(`${value}T00:00:00Z`) : null;
    if (time === null)
        throw new PosternError('usage', `--expires wants a day like 2027-01-31, and got ${value}.`);
    return `${value}T00:00:00Z`;
}
function countOf(value, option) {
    if (!/^[1-9]\d{0,8}$/.test(value))
        throw new PosternError('usage', `${option} wants a number from 1 on, and got ${value}.`);
    return Number(value);
}
function say(line) {
    process.stdout.write(`${visible(line)}\n`);
}
//# sourceMappingURL=bundle.js.map