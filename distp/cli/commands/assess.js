import { join } from 'node:path';
import { PosternError } from '../../lib/errors.js';
import { visible } from '../../lib/terminal.js';
import {} from '../../knowledge/load-packs.js';
import { caseLines, summaryHead, summaryJson, summaryLine, textReport } from '../../reports/index.js';
import { Ledger } from '../../run/ledger.js';
import {} from '../../run/handle.js';
import { isLargeLog, workerPool } from '../../run/pool.js';
import { LIMITS } from '../../run/thread.js';
import { textArgument } from '../arguments.js';
import { FileMistakes } from '../crash.js';
import { terminalOf } from '../terminal.js';
import { Unfinished, unfinishedName } from '../unfinished-run.js';
import { makeFolder, writeNew } from '../write-output.js';
import { greatestOf } from '../../lib/collections.js';
import { askedOf, digestOf, knownOf } from '../assess-arguments.js';
import { assessOne } from '../server-run.js';
import { settleFolders } from '../result-folders.js';
import { joinServers, writeCase } from '../case-run.js';
import { casePageFile } from '../case-files.js';
/** `postern assess`: one verdict a server, and all the files of the contract. */
export async function assessCommand(args, around = {}) {
    let started = null;
    try {
        return await carriedOut(args, around, (pool) => {
            started = pool;
            for (const reader of around.readers ?? [])
                pool.start(reader);
            return pool;
        });
    }
    finally {
        // Workers that never had work, or have none any more.
        await started?.end();
    }
}
async function carriedOut(args, context, startedNow) {
    const { terminal = terminalOf(process), onUnfinished, onBrowser = () => undefined, wait } = context;
    const started = Date.now();
    const asked = await askedOf(args, terminal);
    const mistakes = new FileMistakes(args);
    // A worker loads the shipped rules at the same time; for others it receives the results of compiling them here.
    const early = asked.isOwn ? startedNow(poolOf(asked, asked.paths, context, terminal, mistakes)) : null;
    const known = await knownOf(asked, started, terminal);
    // What is read is kept until all is done. That the results can be written shows before the work begins.
    makeFolder(asked.out);
    const unfinished = new Unfinished(asked.out, textArgument(asked.values.out) ?? 'postern-out');
    onUnfinished?.(join(asked.out, unfinishedName));
    const ledger = Ledger.open(unfinished.ledger, {
        digest: digestOf(known.knowledge, asked.servers, known.recorded, asked.passwords),
        now: () => performance.now(),
        // The ledger of a server of a case is used again when others send it something.
        ...(asked.isCase ? { wait: 0 } : wait === undefined ? {} : { wait }),
        tell: (sentence) => process.stderr.write(`${terminal.line}postern: ${sentence}\n`),
    });
    // The work, one server after the other.
    const compiled = { ...asked.paths, compiled: known.knowledge.compiled };
    const pool = early ?? startedNow(poolOf(asked, compiled, context, terminal, mistakes));
    const work = { args, started, asked, known, pool, ledger, unfinished, mistakes, terminal, onBrowser };
    const run = { ...work, done: [], failed: [] };
    let all = null;
    try {
        for (const evidence of asked.servers)
            await assessOne(run, evidence);
        const notes = asked.isCase ? await joinServers(run) : [];
        makeFolder(unfinished.results);
        settle(run);
        writeNew(join(unfinished.results, 'summary.json'), summaryJson(run.done, run.failed));
        if (asked.isCase)
            all = writeCase(run, notes);
        mistakes.write(unfinished.results);
        await ledger.close();
        unfinished.place();
    }
    catch (error) {
        // Where the disk was full, the same command goes on when there is room again.
        await ledger.close();
        if (error instanceof PosternError && error.code !== 'cannot-write')
            unfinished.remove();
        else
            unfinished.leave();
        throw error;
    }
    const sentence = mistakes.sentence(asked.out);
    if (sentence !== null)
        process.stderr.write(`${terminal.line}postern: ${sentence}\n`);
    if (asked.exclude.mistake !== null)
        process.stderr.write(`${terminal.line}postern: ${visible(asked.exclude.mistake)}\n`);
    if (!asked.quiet)
        say(run.done, all, asked.out, asked.servers.length === 1, terminal);
    return statusOf(run.done.map((d) => d.assessment.verdict.is), run.failed.length);
}
function poolOf({ jobs, zone, passwords, isOwn, isSmall }, paths, { limits = LIMITS, openPool = workerPool }, { line }, mistakes) {
    return openPool({
        jobs,
        paths,
        zone,
        passwords,
        limits,
        isLater: !isSmall,
        isForThread: isOwn && !isSmall ? isLargeLog : () => false,
        onFailed: (path, detail, stack) => {
            mistakes.add(stack);
            process.stderr.write(`${line}postern: ${visible(`Internal error at ${path} (${detail})`)}\n`);
        },
    });
}
/** The folder of each server, whatever the order in which the evidence was given. */
function settle({ done, unfinished }) {
    const placed = done.map(({ path, record, evidence }) => ({
        path,
        server: record.name,
        digest: record.input.sha256,
        evidence: evidence.join('\0'),
    }));
    for (const [i, path] of settleFolders(unfinished.results, placed).entries())
        done[i].path = path;
}
function say(done, all, out, single, terminal) {
    const { colour } = terminal;
    const width = terminal.out ? Math.min(120, Math.max(40, terminal.columns)) : 80;
    const report = (path) => visible(join(out, path, 'report.html'));
    const lines = done.flatMap(({ assessment, path }) => single
        ? [textReport(assessment, { colour, width }), `Report: ${report(path)}`]
        : [summaryLine(assessment, { colour, width }), `  ${report(path)}`]);
    if (!single && lines.length > 0)
        lines.unshift(summaryHead({ colour, width }));
    if (all !== null)
        lines.push(caseLines(all), `Case: ${visible(join(out, casePageFile))}`);
    // Of a thread's two streams either may come first: what is shown of the work must not stand before the answer.
    process.stdout.write((terminal.out ? terminal.line : '') + lines.map((line) => `${line}\n`).join(''));
}
/** Of several servers the highest of 5, 4, 3, 0; 1 if one failed and none is 5. */
function statusOf(verdicts, failed) {
    const status = { compromised: 5, exploited: 5, targeted: 4, 'cannot-tell': 3, 'no-evidence': 0 };
    const highest = greatestOf(verdicts.map((is) => status[is]), 0);
    return failed > 0 && highest < 5 ? 1 : highest;
}
//# sourceMappingURL=assess.js.map