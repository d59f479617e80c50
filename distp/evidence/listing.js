import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { PosternError, refusal } from '../lib/errors.js';
import { Budget } from './budget.js';
import { gapReasonOf, HEAD_LENGTH } from './container.js';
import { archives, evidenceError, isArchive, recognise } from './containers.js';
import { directory, fileBytes, lastEnding } from './directory.js';
import { forwardBytes, isForward } from './forward.js';
import { heldBytes } from './held-bytes.js';
import { shortenName } from './shorten-name.js';
import { zip } from './zip.js';
import { endsAsZip } from './zip-directory.js';
import { parsersAt } from '../model/log-places.js';
import { closeness, isGiven, isPagePath, hasTellingName } from './ranks.js';
export async function existing(root) {
    try {
        const path = await realpath(root);
        const stats = await stat(path);
        if (stats.isDirectory() || stats.isFile())
            return { path, isFolder: stats.isDirectory() };
    }
    catch (error) {
        const code = error.code;
        if (code === undefined)
            throw error;
        if (code !== 'ENOENT' && code !== 'ENOTDIR')
            throw new PosternError('nothing-opened', `cannot be opened (${refusal(code)}): ${root}`);
        throw new PosternError('no-such-path', `no such file or folder: ${root}`);
    }
    throw new PosternError('no-such-path', `neither a file nor a folder: ${root}`);
}
const batchSize = 1_000;
/** All members of an evidence input. `jobs`: maximum of archives read at the same time. */
export async function* listMembers({ path, isFolder }, limits, onCounted, jobs = 1, watch = {}) {
    const run = { limits, onCounted, jobs, watch };
    const closed = new ClosedArchives();
    for await (const batch of isFolder ? folder(path, run) : single(path, run))
        yield batch.some(isClosed) ? batch.filter((item) => !isClosed(item) || closed.isListed(item)) : batch;
    for (const [reason, count] of Object.entries(closed.unlisted)) {
        const detail = `${reason === 'depth' ? tooDeep(limits) : TOO_MANY}: ${count} of them are not listed`;
        if (count > 0)
            yield [{ path: isFolder ? '.' : basename(path), size: 0, reason, detail }];
    }
}
/** Maximum number of unopened archives that are named: nested archives can hold millions of them in a few bytes. */
const NAMED = 1_000;
const TOO_MANY = 'more archives than may be opened there';
const tooDeep = ({ depth }) => `more than ${depth} archives inside one another`;
function isClosed(item) {
    if (!('ref' in item) || item.refused === undefined)
        return false;
    return item.refused.reason === 'depth' || item.refused.detail === TOO_MANY;
}
function folder(path, run) {
    const outer = { path: '.', prefix: '', windowsPath: null, within: withinOf(basename(path)) };
    const budget = Budget.given(0, run.limits);
    return walk({ run, ref: { root: path, steps: [] }, place: { folder: path }, outer, budget, depth: 0, held: 0 }, directory);
}
/** Evidence that is one file: an archive, or the only member. */
async function* single(path, run) {
    const name = basename(path);
    const ref = { root: path, steps: [] };
    const { size, mtimeMs } = await stat(path);
    const member = { ref, path: name, windowsPath: null, size, modified: Math.floor(mtimeMs) };
    if (isPagePath(name))
        return yield [member];
    const refused = run.watch.skipped?.get(name);
    if (refused)
        return yield [{ ...member, refused }];
    const bytes = await fileBytes(path);
    try {
        const container = recognise(await bytes.read(0, HEAD_LENGTH), size);
        const isBehind = container === undefined && endsAsZip(await bytes.read(Math.max(0, size - TAIL), TAIL));
        if (container === undefined)
            yield [member];
        if (container === undefined && !isBehind)
            return;
        const outer = {
            path: name,
            prefix: isBehind ? `${name}!/` : '',
            windowsPath: null,
            within: withinOf(name),
            ...(isBehind && { behind: true }),
        };
        const budget = Budget.given(size, run.limits);
        const at = { run, ref, place: bytes, outer, budget, depth: 1, held: 0, isGiven: true, packed: size };
        run.watch.onOpen?.(name, size);
        yield* inside(at, container ?? zip, size);
        run.watch.onClose?.();
    }
    finally {
        await bytes.close();
    }
}
/** Length of the end of a file that shows whether it is an archive behind other bytes. */
const TAIL = 1024;
async function* walk(at, container) {
    const { contents } = container;
    if (contents === undefined)
        return yield* walkIn(at, container, at.place);
    const { limits } = at.run;
    const unpacked = forwardBytes(() => contents(at.place, limits), limits.total);
    try {
        yield* walkIn(at, container, unpacked);
    }
    finally {
        await unpacked.close();
    }
}
/** Each member, and then what lies in archives among them; `content` is where their bytes are looked for. */
async function* walkIn(at, container, content) {
    const found = archives.includes(container) ? new Planned(at) : new Passing(at);
    const inside = { ...at, place: content };
    const limits = { ...at.run.limits, entries: Math.max(0, at.budget.members) };
    let failure = null;
    try {
        for await (const items of atOnce(container.list(at.place, at.outer, limits))) {
            for (const item of items) {
                if (!('step' in item))
                    found.add({ ...item, path: shortenName(item.path) }, 0);
                else if (found.counts(item)) {
                    const waits = lookAt(inside, container, item, found);
                    if (waits !== undefined)
                        await waits;
                }
                if (found.isFull)
                    yield found.taken();
            }
            if (found.isPassing)
                yield found.taken();
        }
    }
    catch (error) {
        // What was found before it breaks off is there.
        if (gapReasonOf(error) === null)
            throw error;
        failure = error;
    }
    yield* found.finish();
    yield* archivesIn(inside, container, found.waiting);
    if (failure !== null)
        throw failure;
}
/** What is there without waiting, all at once; else one by one. */
async function* atOnce(items) {
    if (Symbol.iterator in items)
        yield items;
    else
        for await (const item of items)
            yield [item];
}
/** One member: a file, a packed file, or an archive, which waits. What can be told at once is told without waiting. */
function lookAt(at, container, item, found) {
    const { skipped } = at.run.watch;
    const skip = skipped && skipped.size > 0 ? skipped.get(memberOf(at, item).path) : undefined;
    if (skip) {
        found.add({ ...memberOf(at, item), refused: skip }, 0);
        return undefined;
    }
    const asked = item.refused || isPagePath(item.path) ? undefined : innerOf(at.place, container, item, at.run.limits);
    if (asked instanceof Promise)
        return asked.then((inner) => take(at, container, item, found, inner));
    return take(at, container, item, found, asked);
}
function take(at, container, item, found, inner) {
    if (inner === undefined || inner.behind)
        found.add(memberOf(at, item), costOf(at, item));
    if (inner === undefined)
        return undefined;
    if (!inner.isArchive)
        return unpack(at, container, item, found, inner);
    archiveFound(at, container, item, found, inner);
    return undefined;
}
/** An archive waits; in a packed file that is looked at for what it is, its finder is told. */
function archiveFound(at, container, item, found, inner) {
    if (at.onArchive !== undefined && item.path === at.outer.path)
        at.onArchive();
    else
        found.wait(item, inner, container);
}
/** A packed file: what is in it, unless that is an archive. */
async function unpack(at, container, item, found, inner) {
    let holdsArchive = false;
    const onArchive = () => void (holdsArchive = true);
    for await (const batch of descend({ ...at, onArchive }, container, item, inner, false))
        for (const each of batch)
            if (!holdsArchive)
                found.add(each, packedCost(at, item));
    if (holdsArchive)
        archiveFound(at, container, item, found, inner);
}
/** Which archives that are not opened are listed one by one: those that lie where logs lie, or are named like one, always. */
class ClosedArchives {
    unlisted = { depth: 0, bomb: 0 };
    #listed = { depth: 0, bomb: 0, telling: 0 };
    isListed({ path, windowsPath, refused: { reason } }) {
        const isTelling = this.#listed.telling < EMPTY.telling && parsersAt(windowsPath ?? path).size > 0;
        const as = isTelling ? 'telling' : reason;
        if (!isTelling && this.#listed[as] >= NAMED) {
            this.unlisted[reason]++;
            return false;
        }
        this.#listed[as]++;
        return true;
    }
}
/** What is found in a folder or in a packed file, handed on as it comes. */
class Passing {
    waiting = [];
    at;
    #batch = [];
    constructor(at) {
        this.at = at;
    }
    /** Is what was found to be handed on now? */
    get isFull() {
        return this.#batch.length >= batchSize;
    }
    isPassing = true;
    taken() {
        const batch = this.#batch;
        this.#batch = [];
        return batch;
    }
    /** Is it listed separately? */
    counts(_item) {
        return true;
    }
    add(item, _cost) {
        this.#batch.push(item);
    }
    wait(item, inner, container) {
        const ofFolder = container === directory && isGiven(item);
        const ofPacked = this.at.isGiven === true && item.path === this.at.outer.path;
        this.waiting.push({ item, inner, isGiven: ofFolder || ofPacked, rank: closeness(item) });
    }
    *finish() {
        yield this.taken();
    }
}
/** Maximum number of files without content listed of one archive, by whether it was given; and of those with telling names. */
const EMPTY = { given: 10_000, found: 1_000, telling: 10_000 };
/** What is found in an archive: all of it is known before it is decided what may be read. */
class Planned extends Passing {
    #found = [];
    #costs = [];
    #waitingCosts = [];
    #listed = 0;
    #telling = 0;
    /** Files without content that are not listed: of names that tell nothing, of others, and what would not be read anyway. */
    #empty = 0;
    #unjudged = 0;
    #refused = 0;
    get isFull() {
        return false;
    }
    isPassing = false;
    counts(item) {
        this.at.budget.members--;
        const { step } = item;
        if (item.size !== 0 || (step.in === 'zip' && step.compressed > 0))
            return true;
        if (this.#listed < (this.at.budget.isGiven ? EMPTY.given : EMPTY.found)) {
            this.#listed++;
            return true;
        }
        if (hasTellingName(item.path.slice(this.at.outer.prefix.length))) {
            if (++this.#telling <= EMPTY.telling)
                return true;
            this.#unjudged++;
        }
        else if (item.refused)
            this.#refused++;
        else
            this.#empty++;
        return false;
    }
    add(item, cost) {
        this.#found.push(item);
        this.#costs.push(cost);
    }
    wait(item, inner, container) {
        super.wait(item, inner, container);
        this.#waitingCosts.push(costOf(this.at, item));
    }
    *finish() {
        const { run, budget, outer } = this.at;
        const fits = budget.spend([...this.#costs, ...this.#waitingCosts]);
        if (fits !== null)
            this.#refuse(fits);
        if (this.#empty > 0)
            run.onCounted({ path: shortenName(outer.path), empty: this.#empty });
        for (const [n, what] of [
            [this.#unjudged, 'files without content whose names would be looked at'],
            [this.#refused, 'links and other members that are not read'],
        ])
            if (n > 0)
                this.#found.push({ path: outer.path, size: 0, reason: 'bomb', detail: `${n} more ${what}: not listed` });
        for (let i = 0; i < this.#found.length; i += batchSize)
            yield this.#found.slice(i, i + batchSize);
    }
    /** What there is no room for is there and is not read. */
    #refuse(fits) {
        const refused = { reason: 'bomb', detail: 'the archive holds more than may be unpacked of it' };
        const files = this.#found.length;
        for (const [i, item] of this.#found.entries())
            if (fits[i] === 0 && 'ref' in item && !item.refused)
                this.#found[i] = { ...item, refused };
        const waiting = this.waiting.splice(0);
        for (const [i, each] of waiting.entries()) {
            if (fits[files + i] === 1)
                this.waiting.push(each);
            else
                this.#found.push({ ...memberOf(this.at, each.item), refused });
        }
    }
}
/** What it costs to read a member: as much as is stated, where that is. */
function costOf({ run }, { step, size, refused }) {
    if (refused)
        return 0;
    return size ?? (step.in === 'zip' ? step.compressed * run.limits.ratio : 0);
}
/** What it costs to read a packed file in it: nothing says how much it holds, but it may not hold more. */
function packedCost({ run }, { size }) {
    return (size ?? 0) * run.limits.ratio;
}
/** What a member is, by its first bytes, and by its last where it lies in a folder. */
function innerOf(place, container, { step, size }, limits) {
    const unreadable = (error) => {
        if (gapReasonOf(error) === null)
            throw error;
        return undefined; // reading it will show
    };
    try {
        const head = container.peek(place, step, limits);
        if (head instanceof Promise)
            return head.then((bytes) => innerAs(bytes, size), unreadable);
        return innerAs(head, size) ?? (container === directory ? behind(head) : undefined);
    }
    catch (error) {
        return unreadable(error);
    }
}
function innerAs(head, size) {
    const container = recognise(head, size);
    return container && { container, isArchive: isArchive(container, head) };
}
/** An archive behind other bytes: one that extracts itself, or was appended to a picture. */
function behind(head) {
    const ending = lastEnding();
    return (ending.length > 0 || head.length < HEAD_LENGTH) && endsAsZip(ending.length > 0 ? ending : head)
        ? { container: zip, isArchive: true, behind: true }
        : undefined;
}
/** Archives up to this size are looked into several at a time. */
const SMALL = { size: 2 ** 16, together: 8 };
/**
 * What lies in the archives of a container: what was given comes first, then what lies where nobody but the administrator
 * writes, of the same the larger ones first. So what an intruder leaves behind takes room from nothing else.
 */
async function* archivesIn(at, container, waiting) {
    if (waiting.length === 0)
        return;
    const sorted = [...waiting].sort((a, b) => Number(b.isGiven) - Number(a.isGiven) || a.rank - b.rank || (b.item.size ?? 0) - (a.item.size ?? 0));
    const room = Math.max(0, at.budget.archives);
    const [opened, closed] = [sorted.slice(0, room), sorted.slice(room)];
    at.budget.archives -= opened.length;
    if ('read' in at.place && isForward(at.place)) {
        // Going back in what can only be unpacked front to back costs all before it.
        const isOpened = new Set(opened);
        for (const each of waiting)
            if (isOpened.has(each))
                yield* archiveIn(at, container, each);
    }
    else
        yield* inTurn(at, container, opened);
    const refused = { reason: 'bomb', detail: TOO_MANY };
    for (const { item } of closed)
        yield [{ ...memberOf(at, item), refused }];
}
/** One after the other, small ones several at a time. */
async function* inTurn(at, container, opened) {
    // Those at the same time each hold all that they may have: in an archive that was found that would be too much for one.
    const most = at.budget.isGiven ? SMALL.together : 0;
    const isSmall = (each) => (each?.item.size ?? Infinity) <= SMALL.size;
    for (let i = 0; i < opened.length;) {
        const from = i;
        while (i - from < most && isSmall(opened[i]))
            i++;
        if (i === from)
            yield* archiveIn(at, container, opened[i++]);
        else
            yield* together(at.run.jobs, opened.slice(from, i).map((each) => archiveIn(at, container, each)));
    }
}
/** Some small archives at the same time; what they hold comes in their order. */
async function* together(jobs, all) {
    const came = [];
    const begin = () => {
        const next = all[came.length];
        if (next !== undefined)
            came.push(gathered(next));
    };
    for (let i = 0; i < Math.max(1, jobs); i++)
        begin();
    for (let i = 0; i < all.length; i++) {
        yield* await came[i];
        begin();
    }
}
async function gathered(batches) {
    const all = [];
    for await (const batch of batches)
        all.push(batch);
    return all;
}
/** One archive, with a budget of its own. */
function archiveIn(at, container, { item, inner, isGiven }) {
    const { limits } = at.run;
    const packed = item.step.in === 'zip' ? item.step.compressed : (item.size ?? at.packed ?? 0);
    const budget = isGiven ? Budget.given(packed, limits) : at.budget.within(packed, limits);
    return settled(descend({ ...at, budget, isGiven, packed }, container, item, inner, true), budget);
}
async function* settled(batches, budget) {
    yield* batches;
    budget.settle();
}
/** What lies in a member; `isAsked`: also in the archive in a packed file. */
async function* descend(at, container, item, inner, isAsked) {
    const { onOpen, onClose } = at.run.watch;
    onOpen?.(memberOf(at, item).path, item.size ?? 0);
    try {
        yield* within(at, container, item, inner, isAsked);
    }
    catch (error) {
        // A mistake of the program is one that shows in this archive.
        if (gapReasonOf(error) !== null)
            onClose?.();
        throw error;
    }
    onClose?.();
}
async function* within(at, container, item, inner, isAsked) {
    const { run } = at;
    const member = memberOf(at, item);
    if (at.depth >= run.limits.depth) {
        yield [{ ...member, refused: { reason: 'depth', detail: tooDeep(run.limits) } }];
        return;
    }
    const bytes = await innerBytes(at, container, item, inner.container);
    if (bytes === null || 'reason' in bytes) {
        if (!inner.behind)
            yield [bytes === null ? member : { ...member, refused: bytes }];
        return;
    }
    const { path, windowsPath } = item;
    // One packed file is no level of its own: `logs.tar.gz` shows what lies in the tar.
    const same = path === at.outer.path;
    const outer = same
        ? { ...at.outer, windowsPath }
        : {
            path: member.path,
            prefix: `${member.path}!/`,
            windowsPath,
            within: withinOf(lastName(path)),
            ...(inner.behind && { behind: inner.behind }),
        };
    const { onArchive, ...rest } = at;
    const held = at.held + ('isHeld' in bytes ? bytes.size : 0);
    const next = { ...rest, ref: member.ref, place: bytes, outer, depth: at.depth + 1, held };
    let empty = true;
    try {
        for await (const each of inside(isAsked || !onArchive ? next : { ...next, onArchive }, inner.container, item.size)) {
            if (each.length > 0)
                empty = false;
            yield each;
        }
        if (empty && !inner.behind)
            yield [member]; // an archive of nothing is still a file
    }
    finally {
        // A part of an archive stays open as long as that.
        if (container === directory || isForward(bytes))
            await bytes.close();
    }
}
/** What lies in an archive; an error of the medium or a fault of the whole becomes a gap. */
async function* inside(at, container, size) {
    try {
        yield* walk(at, container);
    }
    catch (error) {
        const { reason, message } = evidenceError(error, 0);
        yield [{ path: at.outer.path, size: size ?? 0, reason, detail: message }];
    }
}
/** An archive inside, ready to be looked into; null when it is damaged and better read as a file. */
async function innerBytes(at, container, { step }, inner) {
    const { limits } = at.run;
    try {
        const there = await container.at(at.place, step, limits);
        if (there !== null)
            return there;
        if (inner.forward)
            return forwardBytes(() => container.read(at.place, step, limits), limits.total);
        const bytes = await heldBytes(container.read(at.place, step, limits), limits.inner - at.held);
        return { ...bytes, isHeld: true };
    }
    catch (error) {
        const { reason, message } = evidenceError(error, 0);
        return reason === 'unsupported' ? { reason, detail: message } : null;
    }
}
function memberOf(at, { step, path, windowsPath, ...rest }) {
    return {
        ref: { root: at.ref.root, steps: [...at.ref.steps, step] },
        path: shortenName(path),
        windowsPath: windowsPath === null ? null : shortenName(windowsPath),
        ...rest,
    };
}
/** A folder or archive that is itself named like a drive or a folder of the server says where its members were. */
export function withinOf(name) {
    const bare = name.replace(/\.(?:zip|7z|rar|tar|tgz|tar\.\w+|vhdx?)$/i, '');
    return /^[C-Z][:$]?$/.test(bare) ||
        /^(?:inetpub|Program Files|ProgramData|Windows|ExchangeSetupLogs|wwwroot|aspnet_client|HttpProxy|ClientAccess|V1[45]|Exchange Server)$/i.test(bare)
        ? `${bare}/`
        : '';
}
function lastName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
//# sourceMappingURL=listing.js.map