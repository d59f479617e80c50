import { isLibraryOfWindows } from '../../model/windows-services.js';
import { parseXml } from '../../lib/xml.js';
import { resembling } from '../config/config-sections.js';
import { decodedCommand } from '../powershell/encoded-command.js';
import { isKnownModule, isKnownProgram, isKnownRoot, isKnownType } from '../common/known-paths.js';
import { taskOfXml } from '../config/scheduled-task-xml.js';
const WMI = 'Microsoft-Windows-WMI-Activity/Operational';
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const IIS = 'Microsoft-IIS-Configuration/Operational';
/**
 * The channels and numbers of events that tell of a service (System 7045, Security 4697, the value of its key in Sysmon
 * 13), a task (4698, 4702), a consumer of WMI events (Sysmon 20, WMI activity 5861) or an entry of the configuration of IIS (29) that was made.
 */
const makers = new Map([
    ['System 7045', service],
    ['Security 4697', service],
    ['Security 4698', (fields) => task(fields, 'TaskContent')],
    ['Security 4702', (fields) => task(fields, 'TaskContentNew')],
    [`${SYSMON} 13`, serviceValue],
    [`${SYSMON} 20`, consumer],
    [`${WMI} 5861`, binding],
    [`${IIS} 29`, configured],
]);
/** Do events of this channel and number tell of something that was set up? */
export function tellsOfSetting(channel, eventId) {
    return channel !== null && makers.has(`${channel} ${eventId}`);
}
/**
 * What was set up, with fields that the event itself does not have. One rule thus reads a service, a task and a start-up
 * entry, wherever they are told of.
 */
export function settingOf(channel, eventId, fields) {
    return channel === null ? null : (makers.get(`${channel} ${eventId}`)?.(fields) ?? null);
}
// https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4697
function service(event) {
    const image = textOf(event.ImagePath) ?? textOf(event.ServiceFileName);
    if (image === null)
        return null;
    return {
        kind: 'service',
        name: textOf(event.ServiceName),
        fields: { ImagePath: image, KnownPlace: String(isKnownProgram(image)), ...decoded(image) },
    };
}
/** The value of a service's key that names its program or library, as Sysmon saw it set. */
function serviceValue(event) {
    const key = /\\Services\\([^\\]{1,256})\\(ImagePath|Parameters\\ServiceDll)$/i.exec(textOf(event.TargetObject) ?? '');
    const details = textOf(event.Details);
    if (!key || details === null || /^(?:\(empty\)|binary data)$/i.test(details))
        return null;
    const isProgram = /^imagepath$/i.test(key[2]);
    const isOwn = isProgram ? null : isLibraryOfWindows(key[1], details);
    return {
        kind: 'service',
        name: key[1],
        fields: {
            ServiceName: key[1],
            [isProgram ? 'ImagePath' : 'ServiceDll']: details,
            ...(isOwn === null ? {} : { LibraryOfWindows: isOwn }),
            KnownPlace: String(isKnownProgram(details)),
            ...decoded(details),
        },
    };
}
// https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4698
function task(event, content) {
    const xml = textOf(event[content]);
    const element = xml === null ? null : parseXml(xml);
    if (element?.name !== 'Task')
        return null;
    return { kind: 'task', name: textOf(event.TaskName), fields: taskOfXml(element) };
}
/** A consumer as Sysmon has it: its command line or script stands in `Destination`. */
function consumer(event) {
    const type = textOf(event.Type) ?? '';
    if (!/command line|script/i.test(type) || /^deleted$/i.test(textOf(event.Operation) ?? ''))
        return null;
    return started(unquoted(textOf(event.Name)), unquoted(textOf(event.Destination)));
}
/** A filter bound to a consumer: the consumer stands as MOF in `PossibleCause`. */
function binding(event) {
    const cause = textOf(event.PossibleCause) ?? '';
    const name = /=\s*"([^"]{1,200})"/.exec(textOf(event.CONSUMER) ?? '')?.[1] ?? textOf(event.ESS);
    const found = ['CommandLineTemplate', 'ExecutablePath', 'ScriptText', 'ScriptFileName'].flatMap((property) => mofText(cause, property) ?? []);
    return found.length === 0 ? null : started(name, found.join(' '));
}
/** A change of applicationHost.config or a web.config: which attribute of which entry, and its new value. */
function configured(event) {
    const [path, value] = [textOf(event.Configuration) ?? '', textOf(event.NewValue)];
    const attribute = /\/@(\w{1,40})$/.exec(path)?.[1]?.toLowerCase();
    if (value === null || attribute === undefined)
        return null;
    const name = /\[@(?:name|path)=["']([^"']{1,256})["']\]\/@\w+$/i.exec(path)?.[1] ?? null;
    const entry = (fields) => ({ kind: 'iis-config', name: name ?? value, fields });
    if (/\/globalModules\//i.test(path) && attribute === 'image')
        return entry({
            Element: 'globalModule',
            Module: name,
            Image: value,
            Known: String(isKnownModule(value)),
            ...resembling(value),
        });
    if (/\/modules\//i.test(path) && attribute === 'type')
        return entry({ Element: 'module', Module: name, Type: value, Known: String(isKnownType(value)) });
    if (/\/virtualDirectory\b/i.test(path) && attribute === 'physicalpath')
        return entry({ Element: 'virtualDirectory', PhysicalPath: value, KnownPlace: String(isKnownRoot(value)) });
    return null;
}
function started(name, command) {
    if (command === null)
        return null;
    return {
        kind: 'startup',
        name,
        fields: {
            Category: 'WMI event consumer',
            Command: command,
            KnownPlace: String(isKnownProgram(command)),
            ...decoded(command),
        },
    };
}
/** A text of an instance in MOF: `Name = "…"` with backslash escapes. */
function mofText(mof, property) {
    const at = new RegExp(`\\b${property}\\s*=\\s*"`, 'i').exec(mof);
    if (!at)
        return null;
    let text = '';
    for (let i = at.index + at[0].length; i < mof.length && mof[i] !== '"'; i++) {
        if (mof[i] === '\\')
            i++;
        text += mof[i] ?? '';
    }
    return text === '' ? null : text;
}
function decoded(line) {
    const text = decodedCommand(line);
    return text === null ? {} : { DecodedCommand: text };
}
/** Sysmon writes these between quotation marks. */
function unquoted(text) {
    return text === null ? null : (/^\s*"([\s\S]*)"\s*$/.exec(text)?.[1] ?? text).trim() || null;
}
function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : null;
}
//# sourceMappingURL=service-and-task-events.js.map