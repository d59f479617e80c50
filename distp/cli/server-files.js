import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { canonicalJson } from '../lib/json.js';
import { always, core, reports } from '../reports/index.js';
import { version } from './paths.js';
import { makeFolder, writeNew, writeOver } from './write-output.js';
/** Bytes of one report at most: a larger file opens nowhere, and would take the disk from the other reports. */
const LARGEST_REPORT = 4 * 1024 ** 3;
/**
 * Writes the files of one server. The answer comes first: assessment.json, findings.jsonl, coverage.jsonl and run.json. Each
 * further report is then written by itself: one that fails is removed, named in run.json and returned, and costs no other.
 */
export async function writeServer(folder, assessment, { extra, wishes, forms = reports }, run, print = () => Promise.resolve()) {
    makeFolder(folder);
    const asked = forms.filter((form) => always.some(({ name }) => name === form.name) || extra.has(form.name));
    const isCore = ({ name }) => core.some((report) => report.name === name);
    for (const report of asked.filter(isCore))
        writeNew(join(folder, report.file), report.write(assessment, wishes));
    const about = join(folder, 'run.json');
    writeNew(about, runJson(run, []));
    const failed = [];
    // The page comes last: its first screen names what could not be written.
    const isPage = ({ file }) => file === 'report.html';
    const rest = asked.filter((one) => !isCore(one));
    for (const report of [...rest.filter((one) => !isPage(one)), ...rest.filter(isPage)]) {
        const write = () => report.write(assessment, { ...wishes, failed });
        const reason = reasonNotWritten(join(folder, report.file), write);
        if (reason !== null)
            failed.push({ report: report.name, file: report.file, reason });
    }
    if (!failed.some(({ file }) => file === 'report.html'))
        await print();
    writeOver(about, runJson(run, failed));
    return failed;
}
/** Writes one report; null when that succeeds, else why it did not. Nothing is left of a part. */
function reasonNotWritten(file, write) {
    try {
        writeNew(file, write(), LARGEST_REPORT);
        return null;
    }
    catch (error) {
        // Whatever a report throws is its own: the answer is written, and the other reports follow.
        rmSync(file, { force: true });
        return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
}
function runJson(run, failed) {
    const ended = Date.now();
    return `${canonicalJson({
        schema: 'postern-run/1',
        evidence: run.evidence.map((path) => resolve(path)),
        arguments: run.args,
        folder: process.cwd(),
        started: new Date(run.started).toISOString(),
        ended: new Date(ended).toISOString(),
        seconds: (ended - run.started) / 1000,
        jobs: run.jobs,
        host: hostname(),
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        tool: `postern ${version}`,
        // The number of files that an interrupted run had read.
        ...(run.resumed > 0 ? { resumed: run.resumed } : {}),
        ...(failed.length > 0 ? { failedReports: failed } : {}),
    }, 2)}\n`;
}
//# sourceMappingURL=server-files.js.map