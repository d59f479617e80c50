import { splitHeadLines } from '../../lib/text.js';
import { isoTime, statesZone } from '../../lib/time.js';
import { readLines } from '../common/lines.js';
import { rulesIn } from '../common/rule-text.js';
import { windowsEvent } from './event.js';
import { quotedEvent } from '../powershell/history.js';
import { quotedCommands } from '../powershell/quoted-command.js';
import { takeOtherLine } from '../fallback/excerpt-lines.js';
/**
 * Fields of an event of Sysmon or of process creation, a line each, without the event around them, as reports quote what a
 * tool displayed: `ParentImage: …`, `CommandLine: …`. Which event it is shows by the fields. In a folder of a server such a text
 * is a user's file.
 */
export const fieldLines = {
    name: 'field-lines',
    title: 'Fields of Windows events',
    product: 'windows',
    recognise,
    read,
};
const FIELD = /^[\s>*`"'\u2022|-]{0,12}([A-Za-z][\w. ]{1,40}?)[`*"']{0,3}\s{0,20}[:=]\s{0,20}(\S.*)$/;
/** What tools call the fields of an event, in small letters without blanks, points and lines. */
const NAMES = new Map(Object.entries({
    CommandLine: 'commandline processcommandline cmdline cmd command',
    Image: 'image process processpath processname newprocessname processimage processexecutable',
    ParentImage: 'parentimage parentprocess parent parentprocessname creatorprocessname parentname parentpath',
    ParentCommandLine: 'parentcommandline parentprocesscommandline initiatingprocesscommandline processparentcommandline',
    User: 'user username account accountname',
    UtcTime: 'utctime time timestamp timecreated datetime timegenerated date',
    SourceImage: 'sourceimage',
    TargetImage: 'targetimage',
    GrantedAccess: 'grantedaccess',
    TargetFilename: 'targetfilename',
    ImageLoaded: 'imageloaded',
    TargetObject: 'targetobject',
    Details: 'details',
    DestinationIp: 'destinationip',
    DestinationPort: 'destinationport',
    Computer: 'computer computername hostname host device devicename',
    IntegrityLevel: 'integritylevel',
    CurrentDirectory: 'currentdirectory workingdirectory',
    OriginalFileName: 'originalfilename',
    Hashes: 'hashes',
    ProcessId: 'processid pid',
    ParentProcessId: 'parentprocessid ppid',
    ProcessGuid: 'processguid',
    ParentProcessGuid: 'parentprocessguid',
    RuleName: 'rulename',
    Description: 'description',
    Company: 'company',
    Product: 'product',
}).flatMap(([name, aliases]) => aliases.split(' ').map((alias) => [alias, name])));
/** Which event of Sysmon has such fields; the first that fits. */
const EVENTS = [
    [10, ['SourceImage', 'TargetImage', 'GrantedAccess']],
    [8, ['SourceImage', 'TargetImage']],
    [11, ['Image', 'TargetFilename']],
    [7, ['Image', 'ImageLoaded']],
    [13, ['TargetObject', 'Details']],
    [3, ['Image', 'DestinationIp']],
    [1, ['Image', 'CommandLine']],
    [1, ['ParentImage', 'CommandLine']],
    [1, ['ParentCommandLine', 'CommandLine']],
];
function fieldOf(text) {
    const [, said, value] = text.length > 32_768 ? [] : (FIELD.exec(text) ?? []);
    const name = said === undefined ? undefined : NAMES.get(said.toLowerCase().replace(/[\s._]/g, ''));
    return name === undefined ? null : [name, bare(value)];
}
/** Without the marks of code around the whole. */
function bare(value) {
    const text = value.replace(/^[\s`*]{1,6}|[\s`*|,]{1,6}$/g, '');
    return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
}
function eventIdOf(fields) {
    return EVENTS.find(([, names]) => names.every((name) => fields.has(name)))?.[0] ?? null;
}
function recognise(head) {
    if (head.windowsPath !== null)
        return 0;
    const rules = rulesIn(head.text);
    let fields = new Map();
    for (const text of splitHeadLines(head.text).slice(0, 2_000)) {
        const field = rules?.takes(text) ? null : fieldOf(text);
        if (field === null || fields.has(field[0]))
            fields = new Map();
        if (field !== null)
            fields.set(field[0], field[1]);
        if (eventIdOf(fields) !== null)
            return 58;
    }
    return 0;
}
async function read(source, sink) {
    let open = null;
    const rules = rulesIn(source.text);
    const end = (unread) => {
        if (open === null)
            return;
        const { lines } = open;
        if (!give(open, source, sink))
            for (const line of lines)
                other(line, unread);
        open = null;
    };
    const other = (line, unread) => takeOtherLine(line, source, sink, unread, 'text that is no field of an event');
    return readLines(source, sink, (line, unread) => {
        const field = rules?.takes(line.text) ? null : fieldOf(line.text);
        if (field === null || open?.fields.has(field[0]))
            end(unread);
        if (field === null)
            return other(line, unread);
        const { offset, length, number } = line;
        open ??= { offset, length, number, fields: new Map(), lines: [] };
        open.fields.set(field[0], field[1]);
        open.lines.push(line);
        open.length = offset + length - open.offset;
    }, end);
}
/** The event that the fields are of; false where they are of none. */
function give({ fields, lines, offset, length, number }, source, sink) {
    const eventId = eventIdOf(fields);
    if (eventId === null)
        return false;
    const [first, second] = lines;
    // What the parent was started with is a command that was run, too, where it has a line for itself.
    const commands = second && fieldOf(first.text)?.[0] === 'ParentCommandLine' ? quotedCommands(first.text) : [];
    for (const command of commands)
        sink.event(quotedEvent(source, first, command));
    const own = commands.length > 0 ? lines.slice(1) : lines;
    const at = commands.length > 0 ? { offset: second.offset, length: offset + length - second.offset } : { offset, length };
    sink.event(windowsEvent({
        system: {
            eventId,
            provider: 'Microsoft-Windows-Sysmon',
            channel: 'Microsoft-Windows-Sysmon/Operational',
            computer: fields.get('Computer') ?? null,
        },
        data: [...programs(fields), ...[...fields].filter(([name]) => name !== 'Computer' && name !== 'UtcTime')],
        when: timeOf(fields.get('UtcTime') ?? null),
        snippet: true,
    }, own.map(({ text }) => text).join('\n'), { path: source.path, ...at, line: commands.length > 0 ? second.number : number }));
    return true;
}
/** Programs that only their command lines name. */
function* programs(fields) {
    for (const [image, line] of [
        ['Image', 'CommandLine'],
        ['ParentImage', 'ParentCommandLine'],
    ]) {
        const program = /^(?:"([^"]{1,260})"|(\S{1,260}))/.exec(fields.get(line) ?? '');
        if (!fields.has(image) && program)
            yield [image, program[1] ?? program[2]];
    }
}
function timeOf(text) {
    const stamp = text === null
        ? null
        : (/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?/.exec(text)?.[0] ?? null);
    const time = stamp === null ? null : isoTime(stamp);
    return { time, basis: stamp !== null && statesZone(stamp) ? 'stated' : 'assumed', text: stamp };
}
//# sourceMappingURL=field-lines.js.map