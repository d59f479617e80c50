import { asObject, ownMember } from '../../lib/json-object.js';
import { fieldValue } from '../common/field-value.js';
import { keywordsOf, levelOf, wholeNumber } from './event.js';
import { append } from '../../lib/collections.js';
import { nonEmptyText, add, withoutSingleList, stated } from './json-values.js';
export function winlogbeat(o) {
    const nested = 'winlog' in o || 'event' in o || 'event_data' in o || 'process' in o;
    const source = nested ? o : asObject(ownMember(o, 'fields'));
    const dotted = nested || (source !== null && Object.keys(source).some(isEcs)) || Object.keys(o).some(isEcs);
    if (!dotted)
        return null;
    const all = flatten(nested || !source || !Object.keys(source).some(isEcs) ? o : source);
    const get = (...names) => {
        for (const name of names) {
            const value = all.get(name);
            if (value !== undefined && value !== null && value !== '')
                return value;
        }
        return null;
    };
    const isWinlog = [...all.keys()].some((name) => name.startsWith('winlog.') || name.startsWith('event_data.'));
    const eventId = wholeNumber(withoutSingleList(get('winlog.event_id', 'event_id', 'event.code')));
    const provider = nonEmptyText(withoutSingleList(get('winlog.provider_name', 'event.provider', 'source_name')));
    const channel = nonEmptyText(withoutSingleList(get('winlog.channel', 'log_name')));
    const data = [];
    for (const [name, value] of all) {
        const m = /^(?:winlog\.)?(?:event|user)_data\.(.+)$/.exec(name);
        if (!m)
            continue;
        data.push([m[1], fieldValue(value)]);
        // Items without a name are called param1, param2 … by the shipper.
        if (/^param\d+$/.test(m[1]) && !/^(?:Microsoft-Windows-|Service Control Manager)/i.test(provider ?? ''))
            data.push([null, fieldValue(value)]);
    }
    const time = get('@timestamp', 'winlog.time_created', 'event.created');
    if (!isWinlog)
        return ecsOnly(all, eventId, provider, stated(withoutSingleList(time)));
    if (eventId === null)
        return null;
    // Ingest pipelines move the data into fields of ECS, all of it or some.
    const moved = data.length === 0 || eventId === 4688 || eventId === 4104 || /sysmon/i.test(`${provider} ${channel}`);
    if (moved)
        append(data, ecsItems(all));
    const more = [];
    add(more, 'Version', withoutSingleList(get('winlog.version', 'version')));
    add(more, 'Task', withoutSingleList(get('winlog.task', 'task')));
    add(more, 'Opcode', withoutSingleList(get('winlog.opcode', 'opcode')));
    add(more, 'Execution_ProcessID', withoutSingleList(get('winlog.process.pid', 'process_id')));
    add(more, 'Execution_ThreadID', withoutSingleList(get('winlog.process.thread.id', 'thread_id')));
    add(more, 'Correlation_ActivityID', withoutSingleList(get('winlog.activity_id', 'activity_id')));
    return {
        system: {
            eventId,
            provider,
            channel,
            computer: nonEmptyText(withoutSingleList(get('winlog.computer_name', 'computer_name', 'host.name', 'host.hostname', 'agent.hostname', 'beat.hostname'))),
            level: levelOf(withoutSingleList(get('winlog.level', 'log.level', 'level'))),
            recordId: wholeNumber(withoutSingleList(get('winlog.record_id', 'record_number'))),
            userId: nonEmptyText(withoutSingleList(get('winlog.user.identifier', 'user.identifier'))),
            keywords: keywordsOf(get('winlog.keywords', 'keywords')),
            more,
        },
        data,
        message: nonEmptyText(withoutSingleList(get('message'))),
        when: stated(withoutSingleList(time)),
    };
}
function isEcs(name) {
    return /^(?:winlog\.|event_data\.|process\.|event\.code$)/.test(name);
}
// https://www.elastic.co/docs/reference/ecs/ecs-field-reference in the names of Sysmon.
const ECS = [
    ['Image', 'process.executable', 'process.path'],
    ['CommandLine', 'process.command_line'],
    ['ProcessId', 'process.pid'],
    ['ProcessGuid', 'process.entity_id'],
    ['CurrentDirectory', 'process.working_directory'],
    ['OriginalFileName', 'process.pe.original_file_name'],
    ['Company', 'process.pe.company'],
    ['Description', 'process.pe.description'],
    ['Product', 'process.pe.product'],
    ['FileVersion', 'process.pe.file_version'],
    ['ParentImage', 'process.parent.executable'],
    ['ParentCommandLine', 'process.parent.command_line'],
    ['ParentProcessId', 'process.parent.pid'],
    ['ParentProcessGuid', 'process.parent.entity_id'],
    ['TargetFilename', 'file.path'],
    ['TargetObject', 'registry.path'],
    ['ImageLoaded', 'dll.path'],
    ['QueryName', 'dns.question.name'],
    ['DestinationIp', 'destination.ip'],
    ['DestinationPort', 'destination.port'],
    ['DestinationHostname', 'destination.domain'],
    ['SourceIp', 'source.ip'],
    ['SourcePort', 'source.port'],
    ['ScriptBlockText', 'powershell.file.script_block_text'],
];
function ecsItems(all) {
    const items = [];
    for (const [field, ...names] of ECS) {
        const value = names.map((name) => all.get(name)).find((v) => v !== undefined && v !== null);
        if (value !== undefined)
            items.push([field, fieldValue(withoutSingleList(value))]);
    }
    const user = nonEmptyText(withoutSingleList(all.get('user.name')));
    const domain = nonEmptyText(withoutSingleList(all.get('user.domain')));
    if (user)
        items.push(['User', domain ? `${domain}\\${user}` : user]);
    const hashes = ['md5', 'sha1', 'sha256', 'imphash'].flatMap((kind) => {
        const hash = nonEmptyText(withoutSingleList(all.get(`process.hash.${kind}`) ?? all.get(kind === 'imphash' ? 'process.pe.imphash' : `hash.${kind}`)));
        return hash ? [`${kind.toUpperCase()}=${hash.toUpperCase()}`] : [];
    });
    if (hashes.length > 0)
        items.push(['Hashes', hashes.join(',')]);
    return items;
}
/** Endpoint events that have ECS fields alone become what Sysmon would have written. */
function ecsOnly(all, code, provider, when) {
    const system = nonEmptyText(withoutSingleList(all.get('host.os.type') ?? all.get('host.os.family') ?? all.get('host.os.platform')));
    const path = nonEmptyText(withoutSingleList(all.get('process.executable')));
    if (system ? !/windows/i.test(system) : !/^[a-z]:\\/i.test(path ?? ''))
        return null;
    const categories = [all.get('event.category')].flat().map(String);
    const types = [all.get('event.type')].flat().map(String);
    const eventId = code ??
        (categories.includes('process') && types.includes('start')
            ? 1
            : categories.includes('file') && types.includes('creation')
                ? 11
                : categories.includes('network') && all.get('destination.ip')
                    ? 3
                    : null);
    if (eventId === null)
        return null;
    return {
        system: {
            eventId,
            provider,
            channel: code === null ? 'Microsoft-Windows-Sysmon/Operational' : null,
            computer: nonEmptyText(withoutSingleList(all.get('host.name') ?? all.get('host.hostname') ?? all.get('agent.name'))),
        },
        data: ecsItems(all),
        message: nonEmptyText(withoutSingleList(all.get('message'))),
        when,
    };
}
/** Every leaf under its dotted path, whether the source nests, dots its keys, or both. */
function flatten(o) {
    const all = new Map();
    const walk = (node, path) => {
        for (const [key, value] of Object.entries(node)) {
            const name = path ? `${path}.${key}` : key;
            const inner = asObject(value);
            if (inner)
                walk(inner, name);
            else
                all.set(name, value);
        }
    };
    walk(o, '');
    return all;
}
//# sourceMappingURL=winlogbeat.js.map