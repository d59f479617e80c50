import { fieldsByShape, sectionsOf, taskContentOf } from './text-shapes.js';
/**
 * Fields out of the rendered text of an event, for exports that keep nothing else. Sysmon's text is the same in every
 * language and names its fields as its data does; the text of the Security log is read where it is English.
 * `origin` is the names of the provider and the channel.
 */
export function fieldsOfMessage(eventId, origin, message) {
    const text = message.length > LIMIT ? message.slice(0, LIMIT) : message;
    if (/sysmon/i.test(origin))
        return sysmonFields(text);
    if (eventId === 4104 && /powershell/i.test(origin))
        return scriptBlock(text);
    if (/security|microsoft-windows-eventlog/i.test(origin))
        return securityEvent(eventId, text);
    if (/windows defender/i.test(origin))
        return defenderFields(text);
    if (/terminalservices/i.test(origin))
        return desktopFields(eventId, text);
    return eventId === 7045 ? serviceFields(text) : eventId === 7036 ? serviceState(text) : [];
}
const LIMIT = 1_048_576;
/** English labels say which value is which; in other languages the lines and sections do. */
function securityEvent(eventId, text) {
    const labelled = securityFields(text);
    const shaped = eventId === 4688 ? processFields(text) : fieldsByShape(eventId, text);
    const items = shaped.length > labelled.length ? [...shaped] : labelled;
    const content = TASKS.has(eventId) ? taskContentOf(text) : null;
    if (content === null)
        return items;
    const name = sectionsOf(text)
        .flat()
        .find((value) => value.startsWith('\\'));
    const known = items.filter(([one]) => one !== 'TaskContent' && one !== 'TaskName');
    return [
        ...(known.length > 0 ? known : subjectFields(text)),
        ...(name ? [['TaskName', name]] : []),
        [eventId === 4702 ? 'TaskContentNew' : 'TaskContent', content],
    ];
}
/** Events that hold the definition of a task. */
const TASKS = new Set([4698, 4699, 4702]);
function subjectFields(text) {
    const [sid, user, domain, logon] = sectionsOf(text).find((section) => section.length > 0) ?? [];
    return sid && user && domain && logon && /^0x[0-9a-f]{1,16}$/i.test(logon)
        ? [
            ['SubjectUserSid', sid],
            ['SubjectUserName', user],
            ['SubjectDomainName', domain],
            ['SubjectLogonId', logon],
        ]
        : [];
}
function sysmonFields(text) {
    const items = [];
    for (const line of text.split(/\r\n|\n|\r/)) {
        const m = /^\s*([A-Z][A-Za-z]{1,30}): ?/.exec(line);
        if (m)
            items.push([m[1], line.slice(m[0].length).trim()]);
        // A command line may go on over several lines.
        else if (items.length > 0 && line.trim() !== '')
            items.at(-1)[1] += `\n${line}`;
    }
    return items.filter(([, value]) => value !== '');
}
// "Creating Scriptblock text (1 of 1):", the script, and its id at the end, in the server's language.
function scriptBlock(text) {
    const begin = /^[^\n]*\(\d+ \D{1,20} \d+\):\r?\n/.exec(text);
    if (!begin)
        return [];
    const lines = text.slice(begin[0].length).split('\n');
    // The id stands on one of the last lines.
    const last = lines
        .slice(-4)
        .findIndex((line) => /\s[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i.test(line.slice(0, 200)));
    const script = last < 0 ? lines : lines.slice(0, Math.max(0, lines.length - 4) + last);
    return [['ScriptBlockText', script.join('\n').trim()]];
}
/** Names of the three lines of a session of Remote Desktop, which are the same in every language. */
const DESKTOP = new Map([21, 22, 24, 25, 1149].map((id) => [
    id,
    id === 1149 ? ['Param1', 'Param2', 'Param3'] : ['User', 'SessionID', 'Address'],
]));
function desktopFields(eventId, text) {
    const names = DESKTOP.get(eventId);
    const lines = text
        .slice(0, 4_096)
        .split(/\r\n|\n|\r/)
        .slice(1)
        .filter((line) => /[:：]/.test(line))
        .map((line) => line.slice(line.search(/[:：]/) + 1).trim());
    if (!names || lines.length !== names.length)
        return [];
    return names.flatMap((name, i) => (lines[i] ? [[name, lines[i]]] : []));
}
/** `The World Wide Web Publishing Service service entered the stopped state.` */
function serviceState(text) {
    const m = /^The (.{1,200}) service entered the (\w{1,20}) state\./.exec(text.slice(0, 300));
    return m
        ? [
            ['param1', m[1]],
            ['param2', m[2]],
        ]
        : [];
}
function serviceFields(text) {
    const names = new Map([
        ['Service Name', 'ServiceName'],
        ['Service File Name', 'ImagePath'],
        ['Service Type', 'ServiceType'],
        ['Service Start Type', 'StartType'],
        ['Service Account', 'AccountName'],
    ]);
    const items = labelled(text).flatMap(({ label, value }) => {
        const name = names.get(label);
        return name && value ? [[name, value]] : [];
    });
    if (items.length > 0)
        return items;
    // In other languages: the same five lines in the same order.
    const lines = linesOfAnyLanguage(text).flatMap(({ value }) => value);
    return lines.length === names.size ? [...names.values()].map((name, i) => [name, lines[i]]) : [];
}
/** `label: value` lines of a text in any language; a line without a value begins a section. */
function linesOfAnyLanguage(text) {
    const found = [];
    let section = 0;
    for (const line of text.split(/\r\n|\n|\r/).slice(1, 200)) {
        const colon = line.search(/[:：]/);
        if (colon < 1 || colon > 100)
            continue;
        const value = line.slice(colon + 1).trim();
        if (value === '' && /^\S/.test(line))
            section++;
        else
            found.push({ section, value });
    }
    return found;
}
/**
 * A new process (4688) in any language: its subject is the first section, the process the last. Newer versions have the
 * integrity level (a SID) in front of the process that made it, and the name of that behind.
 */
function processFields(text) {
    const lines = linesOfAnyLanguage(text);
    const last = lines.at(-1)?.section ?? 0;
    const subject = lines.filter(({ section }) => section === 1).map(({ value }) => value);
    const [id, name, type, ...rest] = lines.filter(({ section }) => section === last).map(({ value }) => value);
    if (last < 2 || !/^0x[0-9a-f]{1,16}$/i.test(id ?? '') || !/^(?:[a-z]:)?\\/i.test(name ?? ''))
        return [];
    const isNew = /^S-1-16-\d{1,6}$/.test(rest[0] ?? '') || /\bS-1-16-\d{1,6}$/.test((rest[0] ?? '').slice(0, 200));
    // Windows 10 and later name the creator's program, and most of them the label before it.
    const namesCreator = isNew || /^[a-z]:\\[^"<>|*?]{1,256}\.exe$/i.test(rest[1] ?? '');
    const [label, creator, creatorName, command] = isNew
        ? rest
        : namesCreator
            ? [undefined, ...rest]
            : [undefined, rest[0], undefined, rest[1]];
    const of = (names, values) => names.flatMap((one, i) => (values[i] ? [[one, values[i]]] : []));
    return [
        ...of(['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId'], subject),
        ...of([
            'NewProcessId',
            'NewProcessName',
            'TokenElevationType',
            'MandatoryLabel',
            'ProcessId',
            'ParentProcessName',
            'CommandLine',
        ], [id, name, type, /S-1-16-\d{1,6}$/.exec((label ?? '').slice(0, 200))?.[0], creator, creatorName, command]),
    ];
}
/** What Defender found, and where: a name and a path look the same in every language. */
function defenderFields(text) {
    const items = [];
    for (const { value } of linesOfAnyLanguage(text)) {
        const has = (name) => items.some(([one]) => one === name);
        if (/^[A-Z][A-Za-z]{1,30}:[A-Za-z0-9]{1,30}\/\S/.test(value) && !has('Threat Name'))
            items.push(['Threat Name', value]);
        else if (/^(?:container)?[a-z]{1,20}:_/.test(value) && !has('Path'))
            items.push(['Path', value]);
    }
    const action = /^[ \t]{0,40}Action: (.{1,60})$/m.exec(text.slice(0, 16_384));
    return action ? [...items, ['Action Name', action[1].trim()]] : items;
}
// Sections whose accounts are the one that acts, and those whose accounts are acted on.
const SUBJECTS = /^(?:Subject|Creator Subject|Account Whose Credentials Were Used)$/;
const ACCOUNT_LABELS = new Map([
    ['Security ID', 'UserSid'],
    ['Account Name', 'UserName'],
    ['Account Domain', 'DomainName'],
    ['Logon ID', 'LogonId'],
]);
const SECURITY_LABELS = new Map([
    ['New Process ID', 'NewProcessId'],
    ['New Process Name', 'NewProcessName'],
    ['Creator Process ID', 'ProcessId'],
    ['Creator Process Name', 'ParentProcessName'],
    ['Process Command Line', 'CommandLine'],
    ['Token Elevation Type', 'TokenElevationType'],
    ['Mandatory Label', 'MandatoryLabel'],
    ['Logon Type', 'LogonType'],
    ['Workstation Name', 'WorkstationName'],
    ['Source Network Address', 'IpAddress'],
    ['Source Address', 'IpAddress'],
    ['Client Address', 'IpAddress'],
    ['Network Address', 'IpAddress'],
    ['Source Port', 'IpPort'],
    ['Logon Process', 'LogonProcessName'],
    ['Authentication Package', 'AuthenticationPackageName'],
    ['Failure Reason', 'FailureReason'],
    ['Status', 'Status'],
    ['Sub Status', 'SubStatus'],
    ['Object Server', 'ObjectServer'],
    ['Object Type', 'ObjectType'],
    ['Object Name', 'ObjectName'],
    ['Accesses', 'AccessList'],
    ['Access Mask', 'AccessMask'],
    ['Process ID', 'ProcessId'],
    ['Process Name', 'ProcessName'],
    ['Share Name', 'ShareName'],
    ['Share Path', 'ShareLocalPath'],
    ['Relative Target Name', 'RelativeTargetName'],
    ['Task Name', 'TaskName'],
    ['Task Content', 'TaskContent'],
    ['Service Name', 'ServiceName'],
    ['Service File Name', 'ServiceFileName'],
    ['Service Type', 'ServiceType'],
    ['Service Start Type', 'ServiceStartType'],
    ['Service Account', 'ServiceAccount'],
    ['Target Server Name', 'TargetServerName'],
    ['Group Name', 'TargetUserName'],
    ['Privileges', 'PrivilegeList'],
]);
function securityFields(text) {
    const items = [];
    for (const { section, label, value } of labelled(text)) {
        if (!value)
            continue;
        const account = ACCOUNT_LABELS.get(label);
        const name = account
            ? SUBJECTS.test(section)
                ? `Subject${account}`
                : section === 'Member'
                    ? { UserSid: 'MemberSid', UserName: 'MemberName' }[account]
                    : `Target${account}`
            : SECURITY_LABELS.get(label);
        if (name)
            items.push([name, value]);
    }
    return items;
}
/** The `Label:<tab>value` lines of a text, each with the heading above it. */
function labelled(text) {
    const found = [];
    let section = '';
    for (const line of text.split(/\r\n|\n|\r/)) {
        const m = /^(\s*)([A-Z][A-Za-z ]{1,60}):\s*/.exec(line);
        if (!m) {
            // Lists (privileges, accesses) go on below their label.
            const last = found.at(-1);
            if (last && /^\t{2,}\S/.test(line))
                last.value += `${last.value ? '\n' : ''}${line.trim()}`;
            continue;
        }
        const value = line.slice(m[0].length).trim();
        if (value === '' && !m[1])
            section = m[2];
        else
            found.push({ section, label: m[2], value });
    }
    return found;
}
// What the management shell's cmdlets of Exchange begin with; other words with a hyphen belong to the language.
const CMDLET = /(?<![\w-])((?:add|clear|complete|connect|disable|dismount|dump|enable|export|get|import|install|mount|move|new|redirect|remove|repair|restore|resume|retry|search|send|set|start|stop|suspend|test|undo|uninstall|update|upgrade|write)-[a-z][a-z0-9]{2,60})(?![\w-])/i;
/**
 * The cmdlet and its parameters out of the text of an MSExchange Management event. The sentence is in the server's
 * language, but both stand in it as in the data: `Cmdlet Set-X, parameters -Name "value" …` or `{Name=value, …}`.
 */
export function cmdletOfMessage(message) {
    const text = message.length > LIMIT ? message.slice(0, LIMIT) : message;
    const m = CMDLET.exec(text);
    if (!m)
        return null;
    const rest = text.slice(m.index + m[0].length);
    const begin = rest.search(/(?<=\s|[^\x20-\x7e])-[A-Za-z]|\{/);
    return { cmdlet: m[1], parameters: begin < 0 ? '' : rest.slice(begin).trim() };
}
//# sourceMappingURL=message-text.js.map