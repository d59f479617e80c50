import { TRAITS } from '../activity/requests.js';
import { headOf } from '../evidence/index.js';
import { loadKnowledge } from '../knowledge/load-packs.js';
import { readCompiled } from '../knowledge/rule-cache.js';
import { decodeText } from '../lib/text.js';
import { choose } from '../parsers/index.js';
import { TookOtherRows } from '../prefilter/read-ahead.js';
import { ValueCaches } from '../prefilter/row-rules.js';
import { askAll } from '../rules/match.js';
import { scanMember } from '../scan/scan.js';
import { abandonedFor, failureOf, isOutOfMemory, stackOf } from './handle.js';
import { help, Leader } from './shared-file.js';
// What a worker that reads loads besides what it lists with: the parsers and the rules.
// Which rules there are may not be known yet: what is known of those that ship is read meanwhile.
const built = readCompiled();
export function memberReader(port, { paths, zone, passwords }, now) {
    const settings = load();
    return async (task) => read(port, task, await settings);
    async function load() {
        const { rules } = await loadKnowledge(paths, built, { now });
        return { rules, ask: askAll(rules.events), zone, passwords, lexicons: new ValueCaches(rules.events) };
    }
}
async function read(port, { member, shared, isHelp, ifLog }, known) {
    if (isHelp) {
        await help(member, shared, known);
        return undefined;
    }
    port.begin();
    try {
        if (ifLog && !(await isLog(member)))
            return { elsewhere: true };
        return { scan: await scanMember(member, known, shared && new Leader(shared)) };
    }
    catch (error) {
        return again(member, error, known);
    }
}
/**
 * Reads a file again after an exception: without what another thread took of it, or by the plain reader where WebAssembly got no
 * memory. Any other is a mistake of the program, which costs the content of the file; rules still match its name and location.
 */
async function again(member, error, known, isPlain = false) {
    // What was known of values may be half written.
    const { events } = known.rules;
    Object.assign(known, { lexicons: new ValueCaches(events) });
    if (error instanceof TookOtherRows || (isOutOfMemory(error) && !isPlain)) {
        const fast = error instanceof TookOtherRows;
        try {
            return { scan: await scanMember(member, { ...known, lexicons: new ValueCaches(events, { fast }) }) };
        }
        catch (other) {
            return again(member, other, known, !fast);
        }
    }
    const mistake = failureOf(error);
    if (isOutOfMemory(error))
        return {
            scan: await scanMember({ ...member, refused: { reason: 'memory', detail: abandonedFor.memory() } }, known),
        };
    return {
        scan: await scanMember({ ...member, refused: { reason: 'failed', detail: abandonedFor.failed(mistake) } }, known),
        mistake,
        stack: stackOf(error),
    };
}
/** Is it a log of rows? These are read in a thread: their parsers take text alone, in pieces. */
async function isLog({ path, windowsPath, size, ref }) {
    const bytes = await headOf(ref);
    return choose({ path, windowsPath, size, bytes, text: decodeText(bytes) }).again !== undefined;
}
/** The long lists of numbers of a scan; a short one is copied sooner than handed over. */
export function largeNumberLists(scan) {
    const { trails, cloud, requests, devices, logons } = scan;
    const lists = [
        ...trails.flatMap(({ rows }) => (rows instanceof Float64Array ? [rows] : [])),
        ...(cloud ? [cloud.cells, cloud.acts, cloud.signIns.numbers, cloud.records] : []),
        ...TRAITS.map((trait) => requests[trait].counts),
        ...(devices ? [devices.counts] : []),
        ...(logons ? [logons.counts] : []),
    ];
    return lists.flatMap((list) => (list.byteLength < LARGE ? [] : [list.buffer]));
}
const LARGE = 4_096;
//# sourceMappingURL=read-members.js.map