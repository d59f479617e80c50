import { guessingIn, isManyAccounts } from '../activity/guessing.js';
import { counted } from '../lib/amounts.js';
import { iso } from '../lib/time.js';
import { fieldText } from '../model/event.js';
import { compareByTime, foundOf } from './findings.js';
// Findings of passwords that were guessed, made of what was counted: each row of a refusal is ordinary.
/** Most findings of one kind; the rest are only counted. */
const MOST = 500;
/** Guessing, and accounts that were served after it; `found`: what the rules found, with refusals at logon forms among it. */
export function guessingFindings(found, input, infos, server, known) {
    const rules = [...infos.values()].filter(({ computedBy, sign }) => computedBy === 'logons' && sign.kind === 'guessing');
    if (rules.length === 0)
        return NOTHING;
    const ruleOf = (stage, strength) => rules.find((rule) => rule.stage === stage && rule.sign.strength === strength);
    const { guessed, successes } = guessingIn({ ...input, proxies: server.proxies, forms: formsIn(found) });
    const one = (rule, hits, key, rows, says) => rule === undefined
        ? []
        : [
            foundOf(hits.map((hit) => locatedLogon(hit, rule, { key, rows, says })), server, known),
        ];
    const attempts = guessed.filter(isManyAccounts);
    const made = [
        ...attempts
            .slice(0, MOST)
            .flatMap((each) => one(ruleOf('attempt', each.kind === 'form' ? 'strong' : 'decisive'), each.rows, keyOf(each), each.times, `${saysOf(each)}.`)),
        ...successes.slice(0, MOST).flatMap((each) => successFindings(each, ruleOf, one)),
    ];
    const beyond = Math.max(0, attempts.length - MOST) + Math.max(0, successes.length - MOST);
    const notes = [
        ...(input.logons.beyond > 0
            ? [
                `logons: ${counted(input.logons.beyond, 'row')} beyond the limit of distinct logons; guessing may be among them`,
            ]
            : []),
        ...(beyond > 0 ? [`logons: ${counted(beyond, 'further case')} of guessing counted and not shown`] : []),
    ];
    return { found: made.sort(compareByTime), notes };
}
const NOTHING = { found: [], notes: [] };
/** The logon, and the mail that it showed. */
function successFindings({ guessing, grade, user, client, row, mail }, ruleOf, one) {
    const where = grade === 'weak'
        ? `${saysOf(guessing)}; the account was then served from ${client}, a network that was new.`
        : `${saysOf(guessing)}; the account was then served there.`;
    const key = [keyOf(guessing), user, client, row.mailbox ?? ''].join('\0');
    const logon = one(ruleOf('credentials', grade), [{ ...row, user, client }], key, 1, where);
    if (mail === null || grade === 'weak')
        return logon;
    const rule = ruleOf('collection', 'strong');
    const withMethod = rule && { ...rule, accessMethod: guessing.kind === 'device' ? 'mobile' : methodOf(mail) };
    return [...logon, ...one(withMethod, [{ ...mail, user, client }], key, 1, where)];
}
/** By which protocol mail was shown. */
export function methodOf({ log }) {
    return METHODS[log] ?? 'owa';
}
const METHODS = {
    'httpproxy-ews': 'ews',
    'httpproxy-eas': 'mobile',
    'httpproxy-mapi': 'mapi',
    'httpproxy-rpchttp': 'rpc',
    'httpproxy-rest': 'rest',
    'imap-pop': 'imap',
};
function keyOf({ kind, origin, accounts, first }) {
    return [kind, origin, kind === 'hidden' ? [...accounts].join(',') : '', first].join('\0');
}
/** `40 accounts were refused from 203.0.113.7 120 times from … to …` */
function saysOf({ kind, origin, accounts, times, first, last, known }) {
    const who = accounts.size > 0
        ? `${counted(accounts.size, 'account')} ${accounts.size === 1 ? 'was' : 'were'} refused`
        : 'Passwords were refused';
    const what = {
        address: 'from',
        network: 'from the network',
        tool: 'with the program',
        protocol: 'by the protocol',
        device: 'for the device',
        form: 'at the logon form from',
        hidden: 'from hidden addresses',
    }[kind];
    const from = kind === 'hidden' ? what : `${what} ${origin.replace(/[^\x20-\x7e]/g, '?').slice(0, 64)}`;
    return `${who} ${from}, ${counted(times, 'time')}, ${iso(first)} to ${iso(last)}${known === null ? '' : ` (${known.replace(/\.$/, '')})`}`;
}
/** The row of a logon as a hit of a rule. */
export function locatedLogon({ log, at, time, user, client, sha256, mailbox, isOfDevice }, info, match) {
    const name = user === '' ? null : user;
    const address = client === '' ? null : client;
    const event = {
        log,
        sources: [],
        time,
        timeBasis: 'format',
        fields: {
            'cs-username': name,
            'c-ip': address,
            Succeeded: info.stage !== 'attempt',
            ...(mailbox === undefined ? {} : { ActAsUser: mailbox }),
            ...pathOf(log, isOfDevice === true),
        },
        raw: '',
        at,
        host: null,
        client: address,
        user: name,
        target: null,
        request: null,
        session: null,
    };
    return { rule: info.id, matched: ['cs-username'], event, match, sha256, info, joined: [] };
}
/** What names the mailbox of the user in a row of the front end. */
function pathOf(log, isOfDevice) {
    if (isOfDevice || log === 'httpproxy-eas')
        return { 'cs-uri-stem': '/Microsoft-Server-ActiveSync' };
    return { 'cs-uri-stem': '/owa/' };
}
/** Refusals at logon forms, by address. */
function formsIn(found) {
    return found.flatMap(({ finding, hits, counts }) => {
        const { sign, stage, client, count, first, last } = finding;
        const [head] = hits;
        const isForm = counts && sign.kind === 'guessing' && stage === 'context' && head?.match !== undefined;
        if (!isForm || client === null || first === null || last === null)
            return [];
        // What a header says of the client counts only where a proxy sent it.
        if ((fieldText(head.event, 'forwarded-client') ?? client) !== client)
            return [];
        const { log, at, time } = head.event;
        const row = { log, at, sha256: finding.locators[0]?.artifact ?? '', time: time ?? Date.parse(first) };
        return [{ client, times: count, first: Date.parse(first), last: Date.parse(last), row }];
    });
}
//# sourceMappingURL=guessing.js.map