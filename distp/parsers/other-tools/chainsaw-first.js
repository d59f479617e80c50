import { wholeNumber } from '../windows-events/event.js';
// Tables of version 1 of Chainsaw, one file for each kind of detection. Values of the event stand there as JSON, folded at
// the width of a column; what they folded had no line breaks left.
// https://github.com/WithSecureLabs/chainsaw/blob/v1.1.7/src/hunt/modules.rs
/** The columns that every table of version 1 begins with: of rules, of built-in detections, and of failed logons. */
export function isFirstHeader(lower) {
    if (lower.join() === 'id,username,failed_login_count')
        return true;
    const others = ['detection_rules', 'computer', 'workstation_name'];
    return lower[0] === 'system_time' && lower[1] === 'id' && lower.length > 3 && others.some((name) => lower[2] === name);
}
const FIELDS = new Map([
    ['command_line', 'CommandLine'],
    ['image', 'Image'],
    ['image_loaded', 'ImageLoaded'],
    ['process_name', 'Image'],
    ['target_object', 'TargetObject'],
    ['service_name', 'ServiceName'],
    ['threat_name', 'ThreatName'],
    ['user_sid', 'TargetSid'],
    ['change_type', 'ChangeType'],
    ['target_group', 'TargetGroup'],
    ['workstation_name', 'WorkstationName'],
    ['logon_type', 'LogonType'],
]);
/** A row of a table of version 1. `group`: the name of the file, which says what was detected. */
export function firstRow(names, get, group) {
    const value = (name) => valueOf(get(name));
    const [host, file] = [value('computer') ?? value('computer_name'), fileOf(value('threat_file'))];
    const fields = {
        Action: 'detected',
        EventID: wholeNumber(get('id')),
        Computer: host,
        ToolGroup: group,
    };
    if (value('failed_login_count') !== null)
        fields.Count = wholeNumber(value('failed_login_count'));
    for (const name of names) {
        // The column of the context is called by its place in the event.
        const field = FIELDS.get(name.toLowerCase()) ?? /^Event\.EventData\.(\w{1,60})$/i.exec(name)?.[1];
        const text = field === undefined ? null : value(name);
        if (field !== undefined && text !== null && fields[field] === undefined)
            fields[field] = text;
    }
    const sha1 = value('sha1');
    if (sha1 !== null && /^[\da-f]{40}$/i.test(sha1))
        fields.Hashes = `SHA1=${sha1.toUpperCase()}`;
    const titles = titlesOf(get('detection_rules') ?? '');
    const title = titles[0] ?? (group ?? 'built-in detection').replaceAll('_', ' ');
    return {
        stamp: value('system_time') ?? '',
        result: {
            tool: 'Chainsaw',
            rule: title,
            verdict: titles.length > 0 ? titles.join('; ') : title,
            host,
            client: value('source_ip'),
            user: value('target_username') ?? value('username') ?? value('subject_user') ?? value('user'),
            file: file ?? (typeof fields.TargetFilename === 'string' ? fields.TargetFilename : null),
            fields,
        },
    };
}
/** `‣ One rule` lines, `+ One rule` where it ran on Windows; a long title is folded at its spaces. */
export function titlesOf(text) {
    return text
        .split(/(?:^|\n)(?:‣|\+) /)
        .map((title) => title.replace(/\s+/g, ' ').trim())
        .filter((title) => title !== '');
}
/** The first file of `file:_C:\a.aspx; containerfile:_C:\b.zip`: of one in an archive the archive. */
export function fileOf(text) {
    if (text === null)
        return null;
    const named = /(?:^|; ?)file:_?([^;]+)/.exec(text)?.[1] ?? text;
    return named.split('->')[0].trim() || null;
}
const NOTHING = /^(?:null|-|<empty>|<system time not found>|Invalid Mapping|context_field not (?:found!|set))$/;
function valueOf(text) {
    if (text === null)
        return null;
    const line = text.replace(/\r?\n/g, '');
    const plain = /^".*"$/s.test(line) ? unquoted(line) : line;
    return plain === '' || NOTHING.test(plain) ? null : plain;
}
function unquoted(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'string' ? value : text;
    }
    catch {
        // Cut short, or a quote too many.
        return text.slice(1, -1);
    }
}
//# sourceMappingURL=chainsaw-first.js.map