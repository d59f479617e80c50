import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ElsewhereDigest, elsewhereOf, exchange, namedElsewhere, } from '../case/exchange.js';
import { caseOf } from '../case/summarize.js';
import { compareText } from '../lib/compare.js';
import { visible } from '../lib/terminal.js';
import { caseJson, casePage } from '../reports/index.js';
import { caseFile, casePageFile } from './case-files.js';
import { readNumberedLines } from './read-lines.js';
import { assessAgain, keyFile } from './server-run.js';
import { cannotWrite, makeFolder, writeNew } from './write-output.js';
/** Most rounds: what one server received may change the keys that it sends to a third. */
const ROUNDS = 6;
/** Characters that wait for each server until they are written. */
const HELD = 1 << 16;
/**
 * Assesses servers of a case again, out of the ledger, where the others hold related entries, until nothing changes.
 * Returns notes for the case.
 */
export async function joinServers(run) {
    const { done, asked, terminal, unfinished } = run;
    const order = done.map((_, i) => i).sort((a, b) => byDigest(done[a], done[b]));
    const before = new Map();
    const failed = [];
    for (let round = 0; round < ROUNDS; round++) {
        const inbox = new Inbox(unfinished.case, done.length);
        const members = order.map((i) => ({
            server: done[i].record.name,
            digest: done[i].record.input.sha256,
            lines: () => linesIn(keyFile(run, i)),
        }));
        const notes = exchange(members, (to, line) => inbox.add(order[to], line));
        inbox.flush();
        const changed = order.filter((i) => inbox.digest(i) !== (before.get(i) ?? ''));
        if (changed.length === 0)
            return [...notes, ...failed];
        for (const i of changed) {
            before.set(i, inbox.digest(i));
            const { record } = done[i];
            if (!asked.quiet)
                process.stderr.write(`${terminal.line}${visible(record.name)}: assessed again with evidence of other servers\n`);
            const reason = await assessAgain(run, i, elsewhereOf(linesIn(inbox.file(i))));
            done[i].with = reason === null ? [...inbox.from(i)] : done[i].with;
            if (reason === null)
                continue;
            const sentence = `${record.input.evidence.join(', ')}: evidence of other servers could not be taken into account: ${reason}`;
            failed.push(sentence);
            process.stderr.write(`${terminal.line}postern: ${visible(sentence)}\n`);
        }
    }
    return [...failed, `After ${ROUNDS} rounds the servers still exchanged new keys; the last state is reported.`];
}
/** Writes case.json and case.html beside the folders of the servers. */
export function writeCase(run, notes) {
    const { done, failed, unfinished, asked } = run;
    const pathsOf = Map.groupBy(done, ({ record }) => record.input.sha256);
    const records = done.map(({ path, record, with: digests }) => ({
        path,
        record,
        with: digests.flatMap((digest) => (pathsOf.get(digest) ?? []).map((other) => other.path)),
    }));
    const members = done.map(({ path, record }, i) => ({
        path,
        server: record.name,
        lines: () => linesIn(keyFile(run, i)),
    }));
    members.sort((a, b) => compareText(a.path, b.path));
    const absent = namedElsewhere(members).map(({ name, entries, by }) => ({
        name,
        entries,
        by: [...new Set(by.map(({ path }) => path))].sort(),
    }));
    const all = caseOf(records, failed, { absent, notes });
    writeNew(join(unfinished.results, caseFile), caseJson(all));
    writeNew(join(unfinished.results, casePageFile), casePage(all, asked.wishes.language));
    return all;
}
/** Servers in an order that does not depend on that in which they were given. */
function byDigest(a, b) {
    return (compareText(a.record.input.sha256, b.record.input.sha256) ||
        compareText(a.record.input.evidence.join('\0'), b.record.input.evidence.join('\0')));
}
function* linesIn(file) {
    for (const [, text] of readNumberedLines(file))
        yield JSON.parse(text);
}
/** What each server receives in one round: a file each, appended to as lines arrive. */
class Inbox {
    #folder;
    #held;
    #digests;
    constructor(folder, servers) {
        this.#folder = folder;
        makeFolder(folder);
        this.#held = Array.from({ length: servers }, () => '');
        this.#digests = this.#held.map(() => new ElsewhereDigest());
        for (let i = 0; i < servers; i++)
            rmSync(this.file(i), { force: true });
    }
    add(server, line) {
        this.#digests[server].add(line);
        this.#held[server] += `${JSON.stringify(line)}\n`;
        if (this.#held[server].length > HELD)
            this.#write(server);
    }
    flush() {
        for (const server of this.#held.keys())
            this.#write(server);
    }
    file(server) {
        return join(this.#folder, `${server}.inbox.jsonl`);
    }
    /** The same digest means that the server received the same. */
    digest(server) {
        return this.#digests[server].value;
    }
    from(server) {
        return this.#digests[server].from;
    }
    #write(server) {
        try {
            appendFileSync(this.file(server), this.#held[server]);
        }
        catch (error) {
            throw cannotWrite(this.file(server), error);
        }
        this.#held[server] = '';
    }
}
//# sourceMappingURL=case-run.js.map