import { MANAGEMENT } from './channels.js';
/**
 * An event of MSExchange Management whose items some tool joined in one line: `New-X\n-Mailbox 'a'\ncontoso.example/Users/a\n
 * S-1-5-…\nRemote-PowerShell-Unknown\n10544`. What it did with the line ends stands between them.
 */
export function cmdletRecord(line) {
    const text = line.trim().replace(/^[*`>'"\s[]{1,8}|[*`'"\]]{1,8}$/g, '');
    const m = text.length > 65_536 ? null : BEGIN.exec(text);
    if (!m)
        return null;
    const items = text.split(m[2]).map((item) => item.trim());
    if (items.length < 3 || !items.some((item) => CALLER.test(item)))
        return null;
    const data = items.map((item) => (DOUBLED.test(item) ? item.replaceAll('\\\\', '\\') : item));
    const hasFailed = data.some((item) => /\w{3}Exception\b/.test(item));
    return {
        system: { eventId: hasFailed ? 6 : 1, provider: 'MSExchange CmdletLogs', channel: MANAGEMENT },
        data: data.map((item) => [null, item]),
        when: { time: null, basis: 'assumed', text: null },
        snippet: true,
    };
}
const BEGIN = /^([A-Z][a-z]{2,11}-[A-Z]\w{2,60})(\\r\\n|\\n|\\t| ?\u00a6 ?|\t)(?=-|\{)/;
/** Who ran it: a SID, or the client that a session came from. */
const CALLER = /^S-1-5-|\\S-1-5-|^Remote-\w|ManagementShell/;
/** Backslashes that were escaped. */
const DOUBLED = /\\\\\\\\|[A-Za-z]:\\\\/;
//# sourceMappingURL=cmdlet-line.js.map