import { canonicalIp } from '../../lib/ip.js';
// What of an assessment names the victim: the server and other machines of the organization, its domains, its people.
/** Words of every server, and accounts that every Windows has: alone they identify no one, and are in paths of every server. */
const WORDS = new Set('administrator admin admins guest system local service network everyone users user public default exchange mail mailbox owa ews ecp mapi oab test backup server microsoft windows anonymous nt authority builtin iis apppool com net org local lan internal example localhost evidence'.split(' '));
/** What names the victim, by all that the assessment knows of it. */
export function victimOf(assessment) {
    const names = new Set();
    const told = new Set();
    const add = (text) => {
        if (text === null || told.has(text))
            return;
        told.add(text);
        for (const name of namesIn(fold(text)))
            names.add(name);
    };
    add(assessment.server.name);
    for (const { host, user } of assessment.findings)
        for (const name of [host, user])
            add(name);
    for (const { facts } of assessment.findings) {
        const values = (name) => (Object.hasOwn(facts, name) ? [facts[name]].flat() : []);
        for (const name of [...values('ActAsUser'), ...values('ImpersonatedUser')])
            add(typeof name === 'string' ? name : null);
        // An internal host that was contacted through the vulnerability is the organization's own.
        if (!values('SsrfTo').includes('outside'))
            for (const name of values('SsrfHost'))
                add(typeof name === 'string' ? name : null);
    }
    for (const { mailbox, names: more, scope } of assessment.mailboxes)
        if (scope === 'mailbox')
            for (const name of [mailbox, ...more])
                add(name);
    return matcher(names);
}
/** `CONTOSO\\j.doe`, `j.doe@mail.contoso.example` and `/cn=Recipients/cn=j.doe`: the whole, its parts, and its domains. */
function* namesIn(text) {
    if (text.length > 1_024 || canonicalIp(text) !== null)
        return;
    yield text;
    for (const part of text.split(/[\\@]|\/(?:[a-z]{1,3}=)?/).map((one) => one.replace(/\$$/, ''))) {
        // Of a part that is no name (an address, a number, markup) nothing stands elsewhere.
        if (!/^[\p{L}\p{N}._' -]+$/u.test(part) || !/\p{L}/u.test(part))
            continue;
        yield part;
        const labels = part.split('.');
        for (let i = 1; i < labels.length - 1; i++)
            yield labels.slice(i).join('.');
        if (labels.length > 2 || (labels.length === 2 && text.includes('@')))
            yield labels[labels.length - 2];
        if (labels.length > 1 && !text.includes('@'))
            yield labels[0];
    }
}
/** A name from its first letter or digit to its last. */
function bareName(name) {
    const letters = [...name];
    const isLetter = (letter) => /[\p{L}\p{N}]/u.test(letter);
    return letters.slice(letters.findIndex(isLetter), letters.findLastIndex(isLetter) + 1).join('');
}
/** Looks names up where a word begins, and takes the longest that ends where a word ends. */
function matcher(names) {
    const byFirst = new Map();
    for (const name of names) {
        const bare = bareName(name);
        const first = /^[\p{L}\p{N}]+/u.exec(bare)?.[0];
        if (first === undefined || bare.length < 3 || WORDS.has(bare))
            continue;
        const list = byFirst.get(first);
        if (list)
            list.push(bare);
        else
            byFirst.set(first, [bare]);
    }
    for (const list of byFirst.values())
        list.sort((a, b) => b.length - a.length);
    const places = function* (text) {
        const folded = fold(text);
        let done = 0;
        for (const { 0: word, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
            if (index < done)
                continue;
            const name = byFirst
                .get(word)
                ?.find((one) => folded.startsWith(one, index) &&
                !/^[\p{L}\p{N}]/u.test(folded.slice(index + one.length, index + one.length + 2)));
            if (name === undefined)
                continue;
            done = index + name.length;
            yield [index, done];
        }
    };
    return {
        in: (text) => readings(text).some((one) => !places(one).next().done),
        hidden: (text) => {
            let [out, at] = ['', 0];
            for (const [from, to] of places(text)) {
                out += `${text.slice(at, from)}[victim]`;
                at = to;
            }
            return out + text.slice(at);
        },
    };
}
/** The text, and what it says where it is percent-encoded or holds Base64: so what was taken is sent to a URL. */
function readings(text) {
    const plain = [text];
    for (let turn = 0; turn < 3; turn++) {
        const last = plain.at(-1);
        const decoded = last.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
        if (decoded === last)
            break;
        plain.push(decoded);
    }
    const encoded = plain.at(-1).match(/[A-Za-z0-9+/_-]{8,}/g) ?? [];
    return [
        ...plain,
        ...encoded.flatMap((run) => {
            const bytes = Buffer.from(run, 'base64');
            return [bytes.toString('utf8'), bytes.toString('utf16le')];
        }),
    ];
}
/** Lower case, every character as long as before, so that places in the one are places in the other. */
function fold(text) {
    const lower = text.toLowerCase();
    if (lower.length === text.length)
        return lower;
    return [...text].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('');
}
//# sourceMappingURL=victim-names.js.map