import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownBaseline, readBaseline } from '../knowledge/baselines.js';
import { PosternError } from '../lib/errors.js';
import { Exclusions } from '../evidence/exclusions.js';
import { eachServer } from '../evidence/index.js';
import { loadExposureFacts } from '../knowledge/exposure-tables.js';
import { knowledgeTables } from '../knowledge/digest.js';
import { sha256 } from '../lib/hash.js';
import { visible } from '../lib/terminal.js';
import { isoTime } from '../lib/time.js';
import { zoneNamed } from '../lib/windows-zones.js';
import { loadKnowledge } from '../knowledge/load-packs.js';
import { isLanguage, briefingLanguages, reports, tlps } from '../reports/index.js';
import { checkRules } from '../run/rule-check.js';
import { readArguments, textArgument, texts } from './arguments.js';
import { findBrowser } from './pdf/browser.js';
import { bundleAmong, staleness } from './commands/bundle.js';
import { isForOne, isShipped } from './process/thread-plan.js';
import { withoutCompiling } from './process/heap.js';
import { formatNames } from './help.js';
import { readKnown } from './known-file.js';
import { specOf } from './options.js';
import { notesOnOwnResults } from './own-results.js';
import { readCaseKey, readPasswords } from './passwords.js';
import { pathHint } from './path-hint.js';
import { knowledgeFolder, packsFolder, programFolder, version } from './paths.js';
import {} from './terminal.js';
import { isUnfinished, notEmpty } from './unfinished-run.js';
import { cannotWrite, notAFolder, statsOf } from './write-output.js';
export async function askedOf(args, terminal) {
    const { values, positionals } = readArguments('assess', args);
    const kinds = { each: values.each === true, join: values.join === true, separate: values.separate === true };
    const servers = await serversOf(positionals, kinds);
    const out = checkedOut(textArgument(values.out) ?? 'postern-out', positionals);
    const exclude = texts(values.exclude);
    for (const note of notesOnOwnResults(servers.flat(), exclude))
        process.stderr.write(`${terminal.line}postern: ${visible(note)}\n`);
    // Knowledge: packs, the user's rules, authorized scanners.
    for (const path of [...texts(values.packs), ...texts(values.rules), ...texts(values.iocs)])
        checkThere(path);
    for (const file of texts(values.baseline))
        readBaseline(file);
    const paths = {
        packs: texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder],
        rules: texts(values.rules),
        iocs: texts(values.iocs),
        baselines: texts(values.baseline),
    };
    const zone = zoneArgument(textArgument(values.timezone));
    const window = windowArgument(textArgument(values.window));
    const known = textArgument(values.known);
    const organization = known === undefined ? undefined : readKnown(known);
    const passwords = readPasswords(textArgument(values['password-file']));
    const caseKey = readCaseKey(textArgument(values['case-key']));
    const extra = formats(texts(values.format));
    const wishes = {
        ...sharingArgument(values['name-victim'] === true, textArgument(values.tlp), extra),
        language: languageArgument(textArgument(values.language)),
    };
    const browser = browserFor(extra, textArgument(values.browser), terminal);
    const jobs = jobsArgument(textArgument(values.jobs));
    const isSmall = servers.every((evidence) => isForOne(evidence, textArgument(values.jobs)));
    return {
        values,
        servers,
        /** Are the servers of one organization, so that each may explain the others? */
        isCase: servers.length > 1 && !kinds.each && !kinds.separate,
        out,
        paths,
        zone,
        window,
        organization,
        passwords,
        caseKey,
        extra,
        wishes,
        browser,
        jobs: isSmall ? 1 : jobs,
        isSmall,
        /** Are the rules those that ship? */
        isOwn: isShipped(values),
        sector: textArgument(values.sector),
        campaigns: texts(values.campaign),
        exclude: new Exclusions(exclude, servers.length > 1),
        quiet: values.quiet === true,
    };
}
/** The paths of the evidence of each server: one server or many. */
async function serversOf(paths, { each, join: joined, separate }) {
    if (paths.length === 0)
        throw new PosternError('usage', 'No evidence given. Usage: postern assess EVIDENCE... [options]');
    if (each && joined)
        throw new PosternError('usage', '--each and --join exclude each other.');
    if (separate && joined)
        throw new PosternError('usage', '--separate and --join exclude each other.');
    for (const path of paths)
        checkThere(path);
    if (joined)
        return [paths];
    const all = each ? (await Promise.all(paths.map(eachServer))).flat() : paths;
    if (all.length === 0)
        throw new PosternError('nothing-opened', `--each finds no folder and no archive in ${paths.join(', ')}.`);
    return all.map((path) => [path]);
}
export async function knownOf({ values, paths, campaigns }, now, { line }) {
    const knowledge = await withoutCompiling(() => loadKnowledge(paths, undefined, { check: checkRules, now: () => performance.now() }));
    checkCampaigns(campaigns, knowledge);
    // Tables of a signed bundle hold instead of those that came with the program; its baseline is the program's.
    const installed = bundleAmong(paths.packs);
    const tablesFolder = installed?.knowledge ?? knowledgeFolder;
    const facts = loadExposureFacts(tablesFolder);
    const baselines = [...(installed === null ? [] : [fileURLToPath(ownBaseline)]), ...texts(values.baseline)];
    const tables = knowledgeTables(tablesFolder, baselines);
    const stale = installed === null ? null : staleness(installed.bundle, now);
    if (stale !== null)
        process.stderr.write(`${line}postern: ${stale}\n`);
    return { knowledge, facts, tables, bundle: installed?.bundle ?? null, recorded: recordedOptions(values) };
}
/** What the result of a file depends on besides the evidence: the program, what it knows, and the options. */
export function digestOf(knowledge, servers, { timezone, baseline }, passwords) {
    const { packs, infos, broken } = knowledge;
    return sha256(JSON.stringify([
        [version, process.version, process.platform, process.arch],
        [...stampsBelow(programFolder), ...stampsBelow(knowledgeFolder)],
        [packs, [...infos], broken],
        servers.map((paths) => paths.map(real)),
        [timezone, baseline, passwords.length > 0],
    ]));
}
/** Name, size and time of change of every file in a folder of the program. */
function stampsBelow(folder) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    return names.map((name) => {
        const { size, mtimeMs } = statSync(join(folder, name));
        return `${name} ${size} ${mtimeMs}`;
    });
}
/** There must be something at the path; whether it can be read is the evidence's own matter. */
function checkThere(path) {
    if (statsOf(path) === 'nothing')
        throw new PosternError('no-such-path', `There is nothing at ${path || "''"}.${pathHint(path)}`);
}
/** The folder for the results: new or empty but for what an interrupted run left, and outside the evidence. */
function checkedOut(out, evidence) {
    const hint = statsOf(out) === 'nothing' ? pathHint(out) : '';
    if (hint !== '')
        throw new PosternError('usage', `No results can be written to ${out}.${hint}`);
    const place = real(out);
    for (const path of evidence) {
        const root = real(path);
        if (place === root || place.startsWith(root.endsWith(sep) ? root : root + sep)) {
            throw new PosternError('out-inside-evidence', `The results would lie inside the evidence (${out} in ${path}), which is never written to. Choose another folder with --out.`);
        }
    }
    const there = statsOf(place);
    if (there === 'nothing')
        return place;
    if (there === 'unknown' || !there.isDirectory())
        throw new PosternError('usage', `${notAFolder(out)} Choose another with --out.`);
    let names;
    try {
        names = readdirSync(place);
    }
    catch (error) {
        throw cannotWrite(out, error);
    }
    if (names.length > 0 && !isUnfinished(place)) {
        throw notEmpty(out);
    }
    return place;
}
/** The real path of something that need not exist yet. A link that leads nowhere (or in a circle) is no place. */
function real(path) {
    const full = resolve(path);
    try {
        return realpathSync(full);
    }
    catch (error) {
        const { code } = error;
        if (code === undefined)
            throw error;
        if (isLink(full))
            throw new PosternError('usage', `${path} is a link that leads nowhere.`);
    }
    const parent = dirname(full);
    return parent === full ? full : join(real(parent), basename(full));
}
function isLink(path) {
    try {
        return lstatSync(path).isSymbolicLink();
    }
    catch {
        return false; // nothing there, or below a file, or not to be asked
    }
}
function zoneArgument(name) {
    if (name === undefined)
        return null;
    const zone = zoneNamed(name);
    if (!zone)
        throw new PosternError('usage', `Invalid time zone '${name}'. Use a name such as Europe/Berlin, an offset such as +01:00, or a Windows name such as "W. Europe Standard Time".`);
    return zone;
}
function windowArgument(window) {
    if (window === undefined)
        return null;
    const dots = window.indexOf('..');
    const [from, to] = dots < 0 ? [undefined, undefined] : [momentOf(window.slice(0, dots), false), momentOf(window.slice(dots + 2), true)];
    const wanted = `--window wants FROM..TO with dates like 2021-03-01..2021-03-31, and got '${window}'`;
    if (from === undefined || to === undefined || (from === null && to === null))
        throw new PosternError('usage', `${wanted}.`);
    if (from !== null && to !== null && from >= to)
        throw new PosternError('usage', `${wanted}, which ends before it begins.`);
    return { from, to };
}
function momentOf(value, end) {
    if (value === '')
        return null;
    if (/^\d{4}-\d\d-\d\d$/.test(value)) {
        const day = isoTime(`${value}T00:00:00Z`);
        return day === null ? undefined : end ? day + 86_400_000 : day;
    }
    return isoTime(value) ?? undefined;
}
function jobsArgument(jobs) {
    if (jobs === undefined)
        return Math.max(1, availableParallelism());
    const n = /^\d{1,3}$/.test(jobs) ? Number(jobs) : 0;
    if (n < 1 || n > 256)
        throw new PosternError('usage', `--jobs wants a number from 1 to 256, and got '${jobs}'.`);
    return n;
}
function formats(names) {
    for (const name of names) {
        if (!formatNames.includes(name))
            throw new PosternError('usage', `There is no format ${name}. There are: ${formatNames.join(', ')}.`);
    }
    return new Set(names);
}
/** How far the forms that are meant for others may go. */
function sharingArgument(victim, tlp, asked) {
    const shared = reports.filter((report) => report.shared).map((report) => report.name);
    if ((victim || tlp !== undefined) && !shared.some((name) => asked.has(name)))
        throw new PosternError('usage', `${victim ? '--name-victim' : '--tlp'} is about forms that are meant for others: say --format ${shared.join(' or --format ')}, too.`);
    const label = tlps.find((one) => one === tlp?.toLowerCase().replace(/^tlp:/, ''));
    if (tlp !== undefined && label === undefined)
        throw new PosternError('usage', `There is no label ${tlp} for --tlp. There are: ${tlps.join(', ')}.`);
    return { victim, tlp: label ?? null };
}
function languageArgument(language = 'en') {
    if (!isLanguage(language))
        throw new PosternError('usage', `There is no language ${language}. There are: ${briefingLanguages.join(', ')}.`);
    return language;
}
function checkCampaigns(named, knowledge) {
    const ids = knowledge.campaigns.map((campaign) => campaign.id);
    for (const name of named) {
        if (!ids.includes(name))
            throw new PosternError('unknown-campaign', `There is no campaign ${name}. There are: ${ids.join(', ')}.`);
    }
}
/** Options that change the answer, as recorded in the assessment; paths by their names only. */
function recordedOptions(values) {
    const recorded = {};
    if (values.mask === true)
        recorded.mask = 'people of the organization';
    for (const option of specOf('assess').options) {
        const given = [values[option.name] ?? []].flat().map(String);
        if (option.recorded === undefined || given.length === 0)
            continue;
        recorded[option.name] = {
            value: () => given.join(', '),
            zone: () => zoneArgument(given.at(-1))?.name ?? '',
            given: () => 'given',
            // The file's content changes the answer; packs, rules and indicators have their digests beside the options.
            digest: () => given.map((file) => `${basename(file)} (sha256 ${sha256(readFileSync(file))})`).join(', '),
            names: () => given.map((path) => basename(path)).join(', '),
        }[option.recorded]();
    }
    return recorded;
}
/** The browser that prints; null where no PDF is wanted, or none can be made: then that is said before the work begins. */
function browserFor(extra, named, { line }) {
    const browser = named ?? process.env.POSTERN_BROWSER;
    if (!extra.has('pdf')) {
        if (named === undefined)
            return null;
        throw new PosternError('usage', '--browser is for --format pdf, which was not asked for.');
    }
    if (browser !== undefined && browser !== '') {
        if (statsOf(browser) === 'nothing')
            throw new PosternError('no-such-path', `There is no browser at ${browser}.`);
        return resolve(browser);
    }
    const found = findBrowser();
    if (found === null)
        process.stderr.write(`${line}postern: No Chromium, Chrome or Edge is found on this machine, so that no report.pdf is made: open report.html in a browser and print it, or name one with --browser.\n`);
    return found;
}
//# sourceMappingURL=assess-arguments.js.map