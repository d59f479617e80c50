import { wholeNumber } from '../windows-events/event.js';
/** Channels by the short names that Hayabusa prints (config/channel_abbreviations.txt of its rules). */
const CHANNELS = new Map([
    ['sec', 'Security'],
    ['security', 'Security'],
    ['sys', 'System'],
    ['system', 'System'],
    ['app', 'Application'],
    ['sysmon', 'Microsoft-Windows-Sysmon/Operational'],
    ['microsoft-windows-sysmon/operational', 'Microsoft-Windows-Sysmon/Operational'],
    ['pwsh', 'Microsoft-Windows-PowerShell/Operational'],
    ['microsoft-windows-powershell/operational', 'Microsoft-Windows-PowerShell/Operational'],
    ['exchange', 'MSExchange Management'],
    ['msexchange management', 'MSExchange Management'],
]);
/** What the columns call the data of an event, by channel and number; names that Windows has itself stand for themselves. */
const NAMES = [
    [
        /sysmon/i,
        [1],
        {
            Cmdline: 'CommandLine',
            Proc: 'Image',
            ParentCmdline: 'ParentCommandLine',
            ParentProc: 'ParentImage',
            User: 'User',
        },
    ],
    [/sysmon/i, [11], { Path: 'TargetFilename', Proc: 'Image' }],
    [
        /^security$/i,
        [4688],
        { Cmdline: 'CommandLine', Proc: 'NewProcessName', ParentProc: 'ParentProcessName', User: 'SubjectUserName' },
    ],
    [/^system$/i, [7045], { Svc: 'ServiceName', Path: 'ImagePath', Acct: 'AccountName' }],
    [/powershell/i, [4104], { ScriptBlock: 'ScriptBlockText' }],
];
/** The event that a row of Hayabusa quotes, where its columns hold enough of it; null where they do not. */
export function hayabusaRecord(get, details) {
    const channel = CHANNELS.get((get('Channel') ?? '').toLowerCase());
    const eventId = wholeNumber(get('EventID'));
    if (channel === undefined || eventId === null)
        return null;
    const data = channel === 'MSExchange Management' ? inOrder(details) : renamed(channel, eventId, details);
    if (data.length === 0)
        return null;
    const system = {
        eventId,
        channel,
        computer: get('Computer'),
        recordId: wholeNumber(get('RecordID') ?? get('EventRecordID')),
        ...(channel === 'MSExchange Management' ? { provider: 'MSExchange CmdletLogs' } : {}),
    };
    return { system, data, snippet: true };
}
function renamed(channel, eventId, details) {
    const names = NAMES.find(([of, ids]) => of.test(channel) && ids.includes(eventId))?.[2];
    if (!names)
        return [];
    const data = [...details].flatMap(([name, value]) => {
        const own = names[name] ?? (Object.values(names).includes(name) ? name : undefined);
        return own === undefined || value === '' ? [] : [[own, value]];
    });
    return [...data, ...parentOf(names, data)];
}
/** The program of the parent, where only its command line was printed: that begins with it. */
function parentOf(names, data) {
    const [own, line] = [names.ParentProc, data.find(([name]) => name === 'ParentCommandLine')?.[1]];
    if (own === undefined || typeof line !== 'string' || data.some(([name]) => name === own))
        return [];
    const program = /^"?([a-z]:\\[^"]{1,250}?\.exe)(?=["\s]|$)/i.exec(line)?.[1];
    return program === undefined ? [] : [[own, program]];
}
/** Data without names: cmdlet, parameters, caller … */
function inOrder(details) {
    const items = [...details].flatMap(([name, value]) => {
        const place = /^Data\[(\d{1,2})\]$/.exec(name)?.[1];
        return place === undefined ? [] : [[Number(place), value]];
    });
    return items.sort(([a], [b]) => a - b).map(([, value]) => [null, value]);
}
//# sourceMappingURL=hayabusa-record.js.map