import { counted, formatList } from '../../lib/amounts.js';
import { visible } from '../../lib/terminal.js';
/** Names in one line of the terminal at most. */
const SHOWN = 3;
/** A case in a few lines: totals, what servers share, and which servers have no evidence. */
export function caseLines({ totals, attacks, shared, absent, mailboxes }) {
    const verdicts = [
        ['compromised', 'compromised'],
        ['exploited', 'exploited'],
        ['targeted', 'targeted'],
        ['cannot-tell', 'cannot tell'],
        ['no-evidence', 'no evidence'],
    ].flatMap(([is, words]) => (totals.verdicts[is] > 0 ? [`${totals.verdicts[is]} ${words}`] : []));
    const failed = totals.failed > 0 ? [`${totals.failed} not assessed`] : [];
    const across = attacks.filter(({ intrusions }) => new Set(intrusions.map(({ path }) => path)).size > 1);
    const lines = [`Case: ${counted(totals.servers, 'server')}: ${[...verdicts, ...failed].join(', ')}.`];
    if (totals.first !== null && totals.last !== null)
        lines.push(`Attack seen from ${minute(totals.first)} to ${minute(totals.last)} UTC.`);
    if (across.length > 0)
        lines.push(`${counted(across.length, 'attack chain')} on more than one server.`);
    if (shared.length > 0)
        lines.push(`Shared by several servers: ${formatList(shared.map(({ name }) => visible(name)), SHOWN, 'thing')}.`);
    if (mailboxes.length > 0)
        lines.push(`Mail was taken from ${counted(mailboxes.length, 'mailbox', 'mailboxes')}.`);
    for (const { name, entries } of absent.slice(0, SHOWN))
        lines.push(`${visible(name)} is named by ${counted(entries, 'log entry', 'log entries')}; no evidence of it was given.`);
    if (absent.length > SHOWN)
        lines.push(`${counted(absent.length - SHOWN, 'more server')} named by logs and not in the evidence: see case.html.`);
    return lines.join('\n');
}
const minute = (time) => time.slice(0, 16).replace('T', ' ');
//# sourceMappingURL=terminal.js.map