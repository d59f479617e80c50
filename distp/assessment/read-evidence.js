import { KeptTrails, trailed } from '../findings/correlations.js';
import { PosternError } from '../lib/errors.js';
import { isJoinable, KeptHits, sharesOf } from '../scan/hit-retention.js';
import { orderFiles } from '../model/file-order.js';
import { counted } from '../lib/amounts.js';
import { NO_MAIL } from '../activity/mailbox-use.js';
import { CountedLogs } from './counted-logs.js';
import { askAll } from '../rules/match.js';
import { scanUnlisted } from '../scan/scan.js';
import { NO_REQUESTS } from '../activity/requests.js';
import { listAll, totalSize } from '../evidence/list-all.js';
/** Lists every file, reads each once, and asks every rule of what it holds. The list itself, which is large, is not needed any more then. */
export async function readEvidence(evidence, pool, { infos, rules }, options) {
    const listed = await listAll(evidence, options.passwords ?? [], options);
    const { members, refused, counted } = options.exclude?.removeFrom(listed) ?? listed;
    const ofTrails = trailed(rules);
    const joins = (rule) => isJoinable(infos.get(rule)) || ofTrails.has(rule);
    const weighs = (rule) => {
        const info = infos.get(rule);
        return info !== undefined && sharesOf(info).length > 1;
    };
    const read = await scanAll(members, pool, new KeptHits(joins, undefined, undefined, weighs), options);
    const settings = { rules, ask: askAll(rules.events) };
    for (const gap of refused)
        read.scans.push(scanUnlisted(gap, settings));
    checkOpened(read.scans, options.passwords ?? []);
    return { ...read, counted };
}
/**
 * Was anything opened? Passwords were given for something: where they open nothing, and nothing else is a log or page of a
 * server (a note, the collector's own description of the archive), there is nothing to assess either.
 */
function checkOpened(scans, passwords) {
    if (scans.length === 0)
        throw new PosternError('nothing-opened', 'There is no file in the evidence: name the folder or archive that holds what was copied from the server.');
    const locked = scans.filter(({ artifact, gaps }) => artifact.sha256 === '' && gaps.some(isLocked));
    const isWrong = passwords.length > 0 && locked.length > 0 && !scans.some(isRecognised);
    if (isWrong) {
        const [{ artifact }] = locked;
        throw new PosternError('nothing-opened', wrongPassword(passwords.length, locked.length, artifact.path));
    }
    const opened = scans.some((scan) => scan.artifact.sha256 !== '');
    if (!opened) {
        // Many files, one reason: it is said once.
        const reasons = new Map();
        for (const { path, detail } of scans.flatMap((scan) => scan.gaps)) {
            const known = reasons.get(detail);
            if (known)
                known.more++;
            else
                reasons.set(detail, { path, more: 0 });
        }
        const why = [...reasons]
            .slice(0, 3)
            .map(([detail, { path, more }]) => `${path}${more > 0 ? ` and ${counted(more, 'more file')}` : ''}: ${detail}`);
        throw new PosternError('nothing-opened', `Nothing in the evidence could be opened. ${why.join('; ')}`);
    }
}
function wrongPassword(passwords, files, first) {
    const isOne = passwords === 1;
    const given = isOne ? 'The password given opens' : `None of the ${passwords} passwords given opens`;
    const which = files === 1
        ? `${isOne ? 'nothing of ' : ''}the encrypted ${first}`
        : `${isOne ? 'none' : 'one'} of the ${files} encrypted files (${first} and ${counted(files - 1, 'more file')})`;
    return `${given} ${which}, and nothing else in the evidence is a log or page of a server.`;
}
function isLocked({ reason }) {
    return reason === 'encrypted';
}
/** Is it a log, a state or a page, or something that a rule matches, and not just any file? */
function isRecognised({ artifact: { parser, kinds }, hits }) {
    return hits.length > 0 || (parser !== null && parser !== 'scan') || kinds.some((kind) => kind !== 'files');
}
/** What is said of files that were counted and not listed. */
export function countedNote({ path, empty }) {
    return `${path}: ${counted(empty, 'more file')} without content, with a name that says nothing, counted and not listed`;
}
async function scanAll(members, pool, kept, options) {
    const scans = [];
    const logs = new CountedLogs(members);
    const bytes = totalSize(members);
    const matched = new Set();
    const trails = new KeptTrails();
    let [filesDone, bytesDone, hits] = [0, 0, 0];
    await pool.run('scan', members, (scan, index) => {
        scans[index] = small(scan);
        logs.add(scan, members[index]);
        kept.came(scans, index);
        trails.came(scans, index);
        filesDone++;
        bytesDone += scan.artifact.size;
        hits += scan.hits.length;
        for (const { rule } of scan.hits)
            matched.add(rule);
        options.onProgress?.({ files: members.length, filesDone, bytes, bytesDone, hits, rules: matched.size });
    });
    kept.finish(scans);
    trails.finish(scans);
    logs.finish(scans);
    const { requests, requestsBeside, mail, sent, devices, logons, requestLogs, mailLogs, trackingLogs } = logs;
    return {
        scans: orderFiles(scans),
        requests,
        requestsBeside,
        mail,
        sent,
        devices,
        logons,
        requestLogs,
        mailLogs,
        trackingLogs,
    };
}
/**
 * Of most files nothing is said but that they are there: those share what is the same in all of them. What was asked of
 * the front end is counted once for all files.
 */
function small(scan) {
    const { kinds } = scan.artifact;
    const isPlain = kinds.length === 1 && kinds[0] === 'files' && scan.hours.length === 1 && scan.hours[0][1].length === 0;
    const or = (list) => (list.length === 0 ? NOTHING : list);
    return {
        artifact: isPlain ? { ...scan.artifact, kinds: PLAIN.kinds } : scan.artifact,
        gaps: or(scan.gaps),
        hits: or(scan.hits),
        more: or(scan.more),
        trails: or(scan.trails),
        facts: or(scan.facts),
        hours: isPlain ? PLAIN.hours : scan.hours,
        requests: NO_REQUESTS,
        mail: NO_MAIL,
        ...(scan.cloud ? { cloud: scan.cloud } : {}),
        hosts: or(scan.hosts),
        recorded: or(scan.recorded),
        said: or(scan.said),
        saidMore: scan.saidMore,
        ...(scan.slow ? { slow: scan.slow } : {}),
        ...(scan.seed ? { seed: scan.seed } : {}),
    };
}
const NOTHING = [];
const PLAIN = { kinds: ['files'], hours: [['files', []]] };
//# sourceMappingURL=read-evidence.js.map