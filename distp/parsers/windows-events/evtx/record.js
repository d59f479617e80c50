import { fileTime, fileTimeText } from '../../../lib/time.js';
import { Damage } from '../../common/format-error.js';
import { levelOf, systemTime, usable, wholeNumber } from '../event.js';
import {} from '../record.js';
import { attributeOf, childNode, contentOf, isNode, fieldValueText } from './tree.js';
/** The record that the XML of one event tells of; `written` is the time of the record itself, for want of a better. */
export function recordOf(nodes, written) {
    const event = nodes.find((node) => node.name === 'Event');
    const system = event ? childNode(event, 'System') : null;
    const id = contentOf(childNode(system, 'EventID'));
    const eventId = wholeNumber(id);
    if (!event || eventId === null)
        throw new Damage('no event with a number');
    const provider = childNode(system, 'Provider');
    const [execution, correlation] = [childNode(system, 'Execution'), childNode(system, 'Correlation')];
    const leaf = (name) => filled(contentOf(childNode(system, name)));
    const more = [];
    const add = (name, value) => {
        // Of a forwarded event all is text.
        if (filled(value) !== null)
            more.push([name, wholeNumber(value) ?? value]);
    };
    add('Version', leaf('Version'));
    add('Task', leaf('Task'));
    add('Opcode', leaf('Opcode'));
    add('Qualifiers', attributeOf(childNode(system, 'EventID'), 'Qualifiers'));
    add('Execution_ProcessID', attributeOf(execution, 'ProcessID'));
    add('Execution_ThreadID', attributeOf(execution, 'ThreadID'));
    add('Correlation_ActivityID', attributeOf(correlation, 'ActivityID'));
    add('Correlation_RelatedActivityID', attributeOf(correlation, 'RelatedActivityID'));
    add('Provider_Guid', attributeOf(provider, 'Guid'));
    const recordId = leaf('EventRecordID');
    const rendering = childNode(event, 'RenderingInfo');
    return {
        system: {
            eventId,
            provider: textOf(attributeOf(provider, 'Name')) ?? textOf(attributeOf(provider, 'EventSourceName')),
            channel: textOf(leaf('Channel')),
            computer: textOf(leaf('Computer')),
            level: levelOf(leaf('Level')),
            recordId: wholeNumber(recordId),
            userId: textOf(attributeOf(childNode(system, 'Security'), 'UserID')),
            keywords: leaf('Keywords'),
            more,
        },
        data: dataOf(event),
        message: textOf(contentOf(childNode(rendering, 'Message')) || null),
        when: timeOf(attributeOf(childNode(system, 'TimeCreated'), 'SystemTime'), written),
    };
}
function timeOf(value, written) {
    const stated = systemTime(value);
    return stated.time === null ? written : stated;
}
/** The time that stands in the header of a record. */
export function writtenAt(low, high) {
    const time = fileTime(low, high);
    return { time: time === null ? null : usable(time), basis: 'format', text: fileTimeText(low, high) };
}
function filled(value) {
    return value === '' ? null : value;
}
function textOf(value) {
    return value === null || value === '' ? null : fieldValueText(value);
}
/** The blocks of an event that say something about it rather than hold its data. */
export const NO_DATA = new Set(['System', 'RenderingInfo']);
/** Items of EventData, UserData and what else stands beside the System block (ProcessingErrorData, DebugData …). */
function dataOf(event) {
    const items = [];
    for (const block of event.children)
        if (isNode(block) && !NO_DATA.has(block.name))
            addItems(block, items);
    return joined(items);
}
function addItems(block, items) {
    for (const element of block.children) {
        if (!isNode(element))
            continue;
        if (element.name === 'DataItem' || element.children.some(isNode))
            addItems(element, items);
        else
            items.push([nameOf(element), contentOf(element)]);
    }
}
/** The names of a provider's own elements in UserData are the names of its fields. */
function nameOf(element) {
    const name = attributeOf(element, 'Name');
    if (typeof name === 'string')
        return name === '' ? null : name;
    return element.name === 'Data' ? null : element.name;
}
/** Items of one name become one item with all their values; those without a name stay as they are. */
function joined(items) {
    const places = new Map();
    const result = [];
    const lists = new Map();
    for (const item of items) {
        const [name, value] = item;
        const place = name === null ? undefined : places.get(name);
        if (place === undefined) {
            if (name !== null)
                places.set(name, result.length);
            result.push(item);
            continue;
        }
        if (value === null || value === '')
            continue;
        const first = result[place][1];
        if (first === null || first === '')
            result[place] = item;
        else {
            let list = lists.get(place);
            if (!list) {
                lists.set(place, (list = listOf(first)));
                result[place] = [name, list];
            }
            for (const one of listOf(value))
                list.push(one);
        }
    }
    return result;
}
function listOf(value) {
    return typeof value === 'object' ? [...value] : [typeof value === 'boolean' ? String(value) : value];
}
//# sourceMappingURL=record.js.map