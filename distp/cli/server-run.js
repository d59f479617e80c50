import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { assess } from '../assessment/assess.js';
import { PosternError } from '../lib/errors.js';
import { visible } from '../lib/terminal.js';
import { isOutOfMemory } from '../run/handle.js';
import {} from '../run/pool.js';
import { resumable } from '../run/resume.js';
import { printPdf } from './pdf/print.js';
import { version } from './paths.js';
import { progressLine } from './progress.js';
import { writeServer } from './server-files.js';
import {} from './terminal.js';
import { folderName } from './result-folders.js';
import { manifestDigest, caseRecordOf } from '../case/record.js';
import { keyLines } from '../case/exchange.js';
import { makeFolder, writeNew } from './write-output.js';
/** Assesses one server and writes its folder. Of many servers one that cannot be assessed does not end the run. */
export async function assessOne(run, evidence) {
    const { asked, ledger } = run;
    const single = asked.servers.length === 1;
    const began = single ? run.started : Date.now();
    const from = ledger.tail;
    let path = '';
    try {
        let resumed = 0;
        const onFound = (found, of) => {
            resumed = found;
            if (found > 0 && !asked.quiet)
                process.stderr.write(`resumed: ${thousands(found)} of ${thousands(of)} files were read before\n`);
        };
        const keys = keyFile(run, run.done.length);
        const assessment = await assessed(run, evidence, ledger, onFound, asked.isCase ? { keys } : {});
        path = folderName(assessment.server.name, manifestDigest(assessment), run.done.map((d) => d.path));
        await writeOne(run, assessment, path, { evidence, started: began, jobs: asked.jobs, args: run.args, resumed });
        const record = recordIn(run, assessment, evidence);
        // Of many servers only what the summary says of them is kept.
        const short = single ? assessment : inShort(assessment);
        run.done.push({ evidence, assessment: short, path, record, read: { from, to: ledger.tail }, with: [] });
    }
    catch (error) {
        const isOfOutput = error instanceof PosternError && error.code === 'cannot-write';
        if (single || isOfOutput || isOutOfMemory(error))
            throw error;
        // An attacker on one server must not be able to end the run for the others.
        const reason = reasonOf(run, error);
        if (path !== '')
            rmSync(join(run.unfinished.results, path), { recursive: true, force: true });
        run.failed.push({ evidence: basename(resolve(evidence[0])), reason });
        process.stderr.write(`postern: ${visible(`${evidence.join(', ')}: ${reason}`)}\n`);
    }
}
/** Assesses a server of a case again with the keys of others, out of the ledger, and rewrites its folder; null when that failed. */
export async function assessAgain(run, number, elsewhere) {
    const { asked, ledger, unfinished } = run;
    const server = run.done[number];
    const { evidence, path, read } = server;
    const began = Date.now();
    const again = `${path}.again`;
    try {
        const own = await ledger.between(read.from, read.to);
        const kept = {
            size: own.size + ledger.size,
            take: (key) => own.take(key) ?? ledger.take(key),
            add: () => undefined,
        };
        const assessment = await assessed(run, evidence, kept, () => undefined, { keys: keyFile(run, number), elsewhere });
        await writeOne(run, assessment, again, { evidence, started: began, jobs: asked.jobs, args: run.args, resumed: 0 });
        rmSync(join(unfinished.results, path), { recursive: true, force: true });
        renameSync(join(unfinished.results, again), join(unfinished.results, path));
        server.record = recordIn(run, assessment, evidence);
        server.assessment = inShort(assessment);
        return null;
    }
    catch (error) {
        const isOfOutput = error instanceof PosternError && error.code === 'cannot-write';
        if (isOfOutput || isOutOfMemory(error))
            throw error;
        rmSync(join(unfinished.results, again), { recursive: true, force: true });
        return reasonOf(run, error);
    }
}
/** The file of the keys that a server of the case sends to the others. */
export function keyFile({ unfinished }, number) {
    return join(unfinished.case, `${number}.jsonl`);
}
async function assessed(run, evidence, ledger, onFound, { keys, elsewhere }) {
    const { known, pool, terminal, asked } = run;
    const progress = progressLine(asked.quiet, terminal);
    try {
        const onKeys = keys === undefined ? undefined : (own) => writeKeys(keys, own);
        const options = {
            ...optionsOf(run, evidence, progress),
            ...(onKeys ? { onKeys } : {}),
            ...(elsewhere ? { elsewhere } : {}),
        };
        return await assess(evidence, known.knowledge, known.facts, resumable(pool, ledger, onFound), options);
    }
    finally {
        progress.end();
    }
}
function writeKeys(file, keys) {
    makeFolder(dirname(file));
    // Of a server that failed, or of an earlier round.
    rmSync(file, { force: true });
    writeNew(file, jsonLines(keyLines(keys)));
}
function* jsonLines(values) {
    for (const value of values)
        yield `${JSON.stringify(value)}\n`;
}
function recordIn({ asked }, assessment, evidence) {
    const names = evidence.map((one) => basename(resolve(one)));
    return caseRecordOf(assessment, { evidence: names, masked: asked.values.mask === true });
}
function reasonOf({ mistakes }, error) {
    return error instanceof PosternError ? error.message : mistakes.addServer(error);
}
const NOTHING = [];
/** An assessment reduced to what the summary of several servers needs: nothing that grows with its evidence. */
function inShort(assessment) {
    const { server, answers, exposure, mailboxes, requests, coverage, evidence } = assessment;
    return {
        ...assessment,
        server: { ...server, builds: NOTHING },
        answers: answers.map(({ question, is }) => ({
            question,
            is,
            sentence: '',
            because: NOTHING,
            against: NOTHING,
            wouldChange: NOTHING,
            coverage: { from: null, to: null, covered: 0, of: 0, missing: NOTHING },
        })),
        exposure: { ...exposure, cves: NOTHING, protections: NOTHING },
        mailboxes: mailboxes.map((mailbox) => ({
            ...mailbox,
            names: NOTHING,
            operations: NOTHING,
            clients: NOTHING,
            days: NOTHING,
            ordinary: null,
            because: NOTHING,
            cannotKnow: NOTHING,
        })),
        requests: { ...requests, statuses: NOTHING, rareAgents: null, rarePages: null },
        findings: NOTHING,
        intrusions: NOTHING,
        campaigns: NOTHING,
        subjects: NOTHING,
        clients: NOTHING,
        persistence: NOTHING,
        actors: NOTHING,
        attribution: NOTHING,
        actions: NOTHING,
        duties: NOTHING,
        opinions: NOTHING,
        coverage: { ...coverage, kinds: NOTHING, unknown: NOTHING, gaps: NOTHING, blind: NOTHING },
        evidence: { ...evidence, manifest: NOTHING, notes: NOTHING },
    };
}
function optionsOf({ asked, known, pool }, evidence, progress) {
    const { caseKey, organization, window, sector } = asked;
    return {
        fallbackName: nameFor(evidence[0]),
        campaigns: asked.campaigns,
        mask: asked.values.mask === true,
        ...(caseKey === undefined ? {} : { caseKey }),
        tool: `postern ${version}`,
        passwords: asked.passwords,
        exclude: asked.exclude,
        recorded: known.recorded,
        tables: known.tables,
        bundle: known.bundle,
        onProgress: progress.update,
        onFound: progress.found,
        list: (root, onFound) => pool.list(root, onFound),
        ...(organization ? { known: organization } : {}),
        ...(window ? { window } : {}),
        ...(sector === undefined ? {} : { sector }),
    };
}
/** Writes the folder of a server, and says which files could not be written. */
async function writeOne({ asked: { extra, wishes, browser }, known, unfinished, terminal, onBrowser }, assessment, path, how) {
    const results = join(unfinished.results, path);
    const wanted = { extra, wishes: { ...wishes, texts: known.knowledge.texts } };
    const lost = await writeServer(results, assessment, wanted, how, async () => {
        if (browser !== null)
            await makePdf(results, browser, unfinished.browser, terminal, onBrowser);
    });
    for (const { file, reason } of lost)
        process.stderr.write(`${terminal.line}postern: ${file} of ${visible(path)} could not be written (${visible(reason)}). The other results are complete.\n`);
}
const thousands = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
function nameFor(path) {
    const name = basename(resolve(path));
    const bare = name.replace(/(?:\.tar)?\.(?:zip|7z|rar|tar|tgz|gz|zst|xz|bz2|vhdx?)$/i, '');
    return bare.replace(/^\.+/, '') || 'server';
}
/** report.pdf, beside report.html. That it cannot be made takes nothing from the other results. */
async function makePdf(folder, browser, profile, { line }, onBrowser) {
    const why = await printPdf(browser, join(folder, 'report.html'), join(folder, 'report.pdf'), profile, {
        onProcess: onBrowser,
    });
    if (why === null)
        return;
    process.stderr.write(`${line}postern: ${visible(browser)} has made no report.pdf: ${visible(why)}. Open report.html in a browser and print it.\n`);
}
//# sourceMappingURL=server-run.js.map