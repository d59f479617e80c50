import { fieldText } from '../../model/event.js';
import { nameOfSetting } from '../persistent-settings.js';
/** What starts by itself, by the name that its list has, or that a cmdlet or command gives it: one subject for both. */
export function nameOfSelfStarting(event) {
    return nameInCommand(event) ?? nameOfSetting(event);
}
/** Names that commands give to modules, agents, tasks and services. */
const named = [
    // New-WebGlobalModule, Install-TransportAgent, New-Service
    /(?:^|\s)-Name[\s:=]{1,3}(?:"([^"]{1,100})"|'([^']{1,100})'|([^\s"']{1,100}))/i,
    // Register-ScheduledTask, schtasks
    /(?:^|\s)(?:-TaskName[\s:=]{1,3}|\/tn\s{1,3})(?:"([^"]{1,100})"|'([^']{1,100})'|([^\s"']{1,100}))/i,
    // appcmd
    /(?:^|\s)\/name:(?:"([^"]{1,100})"|'([^']{1,100})'|([^\s"']{1,100}))/i,
    // sc
    /(?:^|[\s\\/"])sc(?:\.exe)?"?\s{1,3}(?:\\\\\S{1,60}\s{1,3})?create\s{1,3}(?:"([^"]{1,100})"|'([^']{1,100})'|([^\s"']{1,100}))/i,
];
function nameInCommand(event) {
    for (const field of ['Parameters', 'CommandLine', 'ScriptBlockText', 'CMD']) {
        const text = fieldText(event, field)?.slice(0, LONGEST);
        if (text === undefined)
            continue;
        for (const expression of named) {
            const match = expression.exec(text);
            if (match)
                return match[1] ?? match[2] ?? match[3] ?? null;
        }
    }
    return null;
}
/** Of a script, as much as a command needs. */
const LONGEST = 20_000;
//# sourceMappingURL=setting-names.js.map