import { copyFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { yamlPackage } from '../lib/yaml.js';
/** What a sample shows of its rule: that it matches, or that it does not. */
export const sampleKinds = ['fire', 'quiet'];
/** What lies elsewhere: a path for each file, with the sample of another rule or `shared:NAME` that has its bytes. */
const REFERENCES = 'same.yml';
/** All files of the samples, those that lie elsewhere too, by their paths. */
export function sampleFiles(samples) {
    const own = ownFolder(samples);
    const files = new Map(belowFolder(own).map((path) => [path, join(own, path)]));
    for (const { path, file } of referencesOf(samples).found)
        files.set(path, file);
    return [...files].map(([path, file]) => ({ path, file })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
/** What is wrong with the references of a rule's samples. */
export function referenceFaults(pack, rule) {
    const file = join(pack, 'samples', 'rules', rule, REFERENCES);
    if (!existsSync(file))
        return [];
    const doc = documentOf(file);
    if (doc === null)
        return ['it must be a map with the keys fire and quiet'];
    const unknown = Object.keys(doc).filter((key) => !sampleKinds.includes(key));
    return [
        ...unknown.map((key) => `there is no key ${JSON.stringify(key)}: known are ${sampleKinds.join(' and ')}`),
        ...sampleKinds.flatMap((kind) => referencesOf({ pack, rule, kind }).faults),
    ];
}
/** Folders whose files are samples of a pack, its own and those that packs share. */
export function sampleFolders(pack) {
    return [join(pack, 'samples', 'rules'), sharedSamples(pack)].filter((folder) => existsSync(folder));
}
/** Files that samples of several packs have in common. */
export function sharedSamples(pack) {
    return join(dirname(resolve(pack)), 'shared', 'samples');
}
/**
 * The folder that holds all files of the samples; of samples that lie elsewhere too, one that is there only while it is
 * used.
 */
export async function withSampleFolder(samples, use) {
    if (referencesOf(samples).found.length === 0)
        return use(ownFolder(samples));
    const place = mkdtempSync(join(tmpdir(), 'postern-samples-'));
    // How the folder is named says something of the files in it.
    const folder = join(place, samples.kind);
    try {
        for (const { path, file } of sampleFiles(samples)) {
            const to = join(folder, path);
            mkdirSync(dirname(to), { recursive: true });
            copyFileSync(file, to);
        }
        return await use(folder);
    }
    finally {
        rmSync(place, { recursive: true, force: true });
    }
}
function ownFolder({ pack, rule, kind }) {
    return join(pack, 'samples', 'rules', rule, kind);
}
function referencesOf({ pack, rule, kind }) {
    const named = documentOf(join(pack, 'samples', 'rules', rule, REFERENCES))?.[kind];
    if (named === undefined || named === null)
        return { found: [], faults: [] };
    if (!isRecord(named))
        return { found: [], faults: [`${kind} must be a map of paths`] };
    const found = [];
    const faults = [];
    for (const [path, source] of Object.entries(named)) {
        const file = isPathBelow(path) && typeof source === 'string' ? fileOf(pack, source) : null;
        if (file === null)
            faults.push(`${kind}: there is no sample ${JSON.stringify(source)} for ${JSON.stringify(path)}`);
        else if (existsSync(join(pack, 'samples', 'rules', rule, kind, path)))
            faults.push(`${kind}: ${JSON.stringify(path)} lies here, too`);
        else
            found.push({ path, file });
    }
    return { found, faults };
}
/** The file that a reference names: `RULE/fire/PATH` of the same pack, or `shared:NAME`. */
function fileOf(pack, source) {
    const shared = /^shared:(.+)$/.exec(source)?.[1];
    if (!isPathBelow(shared ?? source))
        return null;
    if (shared === undefined && !/^[^/]+\/(?:fire|quiet)\/./.test(source))
        return null;
    const file = shared === undefined ? join(pack, 'samples', 'rules', source) : join(sharedSamples(pack), shared);
    return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}
/** A path with `/` that stays below the folder that it begins in. */
function isPathBelow(path) {
    return !/[\\\0]|^[A-Za-z]:/.test(path) && path.split('/').every((name) => !/^\.{0,2}$/.test(name));
}
function documentOf(file) {
    if (!existsSync(file))
        return null;
    try {
        const doc = yamlPackage().parse(readFileSync(file, 'utf8'));
        return isRecord(doc) ? doc : null;
    }
    catch {
        return null;
    }
}
const isRecord = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
/** Paths of all files below, with `/`, in code-unit order; none where there is no such folder. */
export function belowFolder(folder) {
    if (!existsSync(folder))
        return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'))
        .sort();
}
//# sourceMappingURL=pack-samples.js.map