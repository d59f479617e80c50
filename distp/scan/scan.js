import { EvidenceError, headOf, readMember, unsupportedArchive } from '../evidence/index.js';
import { decodeText } from '../lib/text.js';
import { isRunnable } from '../model/file-fields.js';
import { choose } from '../parsers/index.js';
import { isExportWithScript } from '../parsers/exchange/oab-dump.js';
import { readUnparsed, unparsed as noParser } from '../parsers/fallback/unparsed.js';
import { isTextInName, notYetRead } from '../parsers/fallback/unsupported.js';
import { takesNothing } from '../rules/web-shells/takes-nothing.js';
import { seedOf } from '../lib/secrets.js';
import { fileEvent, isServed, withKnownPath } from './file-event.js';
import { includesOf } from './page-includes.js';
import { MemberReader, HEAD, END, LARGE_PAGE } from '../evidence/reader.js';
import { Collector, searched, SEARCHED } from './collector.js';
import { KEPT } from './hit-room.js';
/** Scan of an archive or folder that could not be listed: rules match its name and location. */
export function scanUnlisted({ path, size, reason, detail }, { rules, ask }) {
    const member = { ref: { root: '', steps: [] }, path, windowsPath: null, size, modified: null };
    return new Collector(member, ask, null, KEPT, rules.baselines).refuse(reason, detail);
}
/** Reads one member of the evidence: parses it, asks every rule, and counts what was there. Never throws on evidence. */
export async function scanMember(member, { rules, ask, zone, passwords = [], lexicons, keep = KEPT, tied = false }, ahead) {
    const collected = new Collector(member, ask, zone, keep, rules.baselines, lexicons, ahead, tied);
    if (member.note)
        collected.fact({
            fact: 'note',
            note: `${member.path}: ${member.note}`,
            at: { path: member.path, offset: 0, length: 0 },
        });
    if (member.refused)
        return collected.refuse(member.refused.reason, member.refused.detail);
    // Nothing is awaited between reading a small file that no parser takes and the end of this function, so that the file may
    // lie in memory that the next file is read into.
    const reader = new MemberReader(member, passwords);
    const look = lookAt(member, reader, reader.whole?.subarray(0, HEAD) ?? (await reader.head()), rules);
    const { parser, unread } = look;
    // Read it once: the parser, the digest and the search see the same bytes.
    const { whole } = reader;
    const now = unread !== null
        ? 0
        : whole && parser === noParser
            ? readUnparsed(whole, collected, member.windowsPath ?? member.path)
            : null;
    const parsed = now ?? (await parser.read(sourceOf(member, look, reader, passwords), collected));
    if (!whole)
        await reader.drain();
    tellUnread(member, reader, unread, collected);
    // The file itself is an event too, and file rules are evaluated on its bytes.
    const sha256 = reader.digest();
    const file = eventOf(member, sha256, look, reader, collected, rules);
    collected.file(file);
    // What is known good by its content is not searched: nothing can be found there but mistakes.
    if (look.isSearched && file.fields.KnownHash !== true) {
        searchFile(reader, rules, collected, file);
        const path = member.windowsPath ?? member.path;
        if (namesCode(path))
            collected.includes(includesOf(decodeText(reader.kept()), path));
    }
    if (look.isSearched && isUnknownPage(file))
        collected.fact(pageFact(member, reader, file));
    collected.slow(rules.slow?.() ?? []);
    collected.seed(() => seedOf(look.bytes));
    return collected.finish({ sha256, size: reader.size, parser: unread === null ? parser.name : null, parsed });
}
/** Chooses the parser by the first bytes, and keeps what file rules will be evaluated on. */
function lookAt(member, reader, first, rules) {
    let bytes = first;
    const text = once(() => decodeText(bytes));
    const head = {
        path: member.path,
        windowsPath: member.windowsPath,
        size: member.size,
        bytes,
        get text() {
            return text();
        },
    };
    const parser = choose(head);
    const unread = unreadForm(bytes, member.path, parser === noParser);
    // Script within saved settings is no page: the settings themselves are reported.
    const isQuoted = parser.name === 'oab-dump' && isExportWithScript(head);
    const isSearched = rules.scanners.length > 0 && !isQuoted && (searched.has(parser.name) || isServed(head));
    const isLarge = (member.size ?? Infinity) > LARGE_PAGE && parser.name !== 'pe' && isServed(head);
    if (isSearched)
        reader.keep(SEARCHED, isLarge ? (member.windowsPath ?? member.path) : null);
    // A parser gets its own copy of a small file.
    if (reader.whole && unread === null && parser !== noParser)
        bytes = reader.own().subarray(0, HEAD);
    return { bytes, text, parser, unread, isSearched };
}
function sourceOf({ path, windowsPath, size, modified, companions = [] }, { bytes, text }, reader, passwords) {
    return {
        path,
        windowsPath,
        size,
        bytes,
        get text() {
            return text();
        },
        modified,
        chunks: ({ passing } = { passing: false }) => reader.chunks(passing),
        companions: companions.map((companion) => ({
            path: companion.path,
            size: companion.size,
            read: () => wholeOf(companion.ref, passwords),
            chunks: () => piecesOf(companion.ref, passwords),
        })),
    };
}
/** Reports the parts of a file that were not read. */
function tellUnread(member, reader, unread, collected) {
    if (unread !== null) {
        const length = reader.size - (reader.failure?.length ?? 0);
        collected.gap({ offset: 0, length, reason: 'unsupported', detail: unread });
    }
    if (reader.failure)
        collected.gap(reader.failure);
    if (member.cut)
        collected.gap({ offset: reader.size, length: 0, reason: 'truncated', detail: member.cut });
}
/** The event of the file itself. */
function eventOf(member, sha256, { parser, unread, text }, { size, failure }, collected, { baselines }) {
    const listed = fileEvent(member, {
        sha256,
        size,
        parser: unread === null ? parser.name : null,
        text,
        about: collected.described,
        ...(failure ? {} : { baselines }),
    });
    // The digest of a part is in no baseline, but the path may be.
    return { ...(failure ? withKnownPath(listed, baselines) : listed), ...collected.written };
}
/**
 * Asks the rules of files: of all of it; of a file too large for that of its beginning and its end; and of a large page of
 * its code, wherever in it that lies. What they were not evaluated on is a gap.
 */
function searchFile(reader, rules, collected, file) {
    const found = new Set();
    const ask = (bytes, placeOf) => {
        for (const scanner of rules.scanners) {
            try {
                for (const { rule, places } of scanner.scan(bytes)) {
                    if (found.has(rule))
                        continue;
                    found.add(rule);
                    collected.fileHit(rule, places, bytes, file, placeOf);
                }
            }
            catch (error) {
                if (!(error instanceof RangeError))
                    throw error;
                collected.gap({ offset: 0, length: 0, reason: 'timeout', detail: `file rules: ${error.message}` });
            }
            collected.slow(scanner.slow?.() ?? []);
        }
    };
    const kept = reader.kept();
    if (kept.length > 0)
        ask(kept);
    const end = reader.size > SEARCHED ? reader.end(END) : null;
    const from = reader.size - (end?.length ?? 0);
    if (end !== null)
        ask(end, (offset, length) => ({ offset: from + offset, length, at: offset }));
    const condensed = reader.condensed();
    if (condensed !== null)
        ask(condensed.bytes, condensed.place);
    const gap = (offset, detail) => collected.gap({ offset, length: 0, reason: 'too-long', detail });
    if (condensed !== null && condensed.missed > 0)
        gap(condensed.missedFrom, `${condensed.missed} bytes of code more than rules of files are asked of`);
    else if (condensed === null && from > SEARCHED)
        gap(SEARCHED, `rules of files were asked of the first ${SEARCHED} and the last ${end?.length ?? 0} bytes`);
}
/** Can it name files that then run: a page, or what pages are made of? */
function namesCode(path) {
    return isRunnable(path) || /\.(?:master|inc|skin)(?:\.enc)?$/i.test(path);
}
/** Is it a page of a web root that no baseline knows? */
function isUnknownPage({ fields: { KnownHash, WebRoot }, target }) {
    return KnownHash !== true && WebRoot !== null && target !== null && isRunnable(target);
}
/** What the code of a page takes; of one that was not read to its end nothing is known. */
function pageFact(member, reader, { target, at }) {
    const bytes = reader.kept();
    const isWhole = reader.failure === null && bytes.length === reader.size && /\.(?:aspx|ashx|asp)(?:\.enc)?$/i.test(target);
    return { fact: 'page', page: target, modified: member.modified, takesNothing: isWhole && takesNothing(bytes), at };
}
/** A member of which a worker could not even match the name: rules that hang, or no memory. */
export function unscanned(member, reason, detail) {
    return new Collector(member, () => [], null, KEPT).refuse(reason, detail);
}
/** Makes a thing at the first call: most files never need theirs. */
function once(make) {
    let made = null;
    return () => (made ??= { value: make() }).value;
}
/** What is named and not read: an archive of a form that cannot be opened, a binary log, a registry hive. */
function unreadForm(bytes, path, isUnknown) {
    const archive = unsupportedArchive(bytes);
    if (archive)
        return `${archive}: this form cannot be opened yet`;
    const form = notYetRead(bytes, path);
    if (form !== null)
        return `${form}: not read yet`;
    return isUnknown && isTextInName(bytes, path) ? 'it is named like text and contains none' : null;
}
/** A file beside the one that is scanned is read a second time, as far as it can be read. */
const COMPANION = 256 * 1024 * 1024;
async function wholeOf(ref, passwords) {
    return headOf(ref, COMPANION, { limits: { passwords } });
}
/** Ends where the file cannot be read any further: it is reported as an artifact. */
async function* piecesOf(ref, passwords) {
    try {
        yield* readMember(ref, { limits: { passwords } });
    }
    catch (error) {
        if (!(error instanceof EvidenceError))
            throw error;
    }
}
//# sourceMappingURL=scan.js.map