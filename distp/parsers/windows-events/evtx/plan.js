import { NO_DATA } from './record.js';
export const NOTHING = '';
export const NO_ITEMS = { names: [], slots: [], needs: [], uses: new Map() };
/** The plan of a template of events; null: its records have to be looked at one by one. */
export function eventPlanOf(definition) {
    const plans = plansOf(definition);
    if (plans.event === undefined)
        plans.event = eventPlan(definition.root);
    return plans.event;
}
/** The plan of a template of data; null as above. */
export function dataPlanOf(definition) {
    const plans = plansOf(definition);
    if (plans.data === undefined)
        plans.data = dataPlan(definition.root);
    return plans.data;
}
function plansOf(definition) {
    return (definition.plan ??= {});
}
function eventPlan(root) {
    const system = root.children.find((child) => 'name' in child && child.name === 'System');
    const others = root.children.filter((child) => child !== system);
    if (root.name !== 'Event' || !system || system.needs >= 0 || others.length > 1)
        return null;
    const [other] = others;
    const wrapped = other !== undefined && 'name' in other && !NO_DATA.has(other.name);
    const body = wrapped ? (other.children.length === 1 ? other.children[0] : null) : other;
    if (body === null || (body && ('name' in body || body.kind !== 'value')))
        return null;
    let simple = true;
    const find = (name) => {
        const all = system.children.filter((child) => 'name' in child && child.name === name);
        // An element that needs the value that it holds is not there when that is null, which is the same.
        if (all.length > 1 || (all[0] && all[0].needs >= 0 && slotOf(all[0].children) !== all[0].needs))
            simple = false;
        return all[0] ?? null;
    };
    const content = (name) => check(slotOf(find(name)?.children ?? []));
    const attribute = (name, key) => check(slotOfAttribute(find(name), key));
    const check = (slot) => {
        if (slot === null)
            simple = false;
        return slot ?? NOTHING;
    };
    const plan = {
        eventId: content('EventID'),
        provider: attribute('Provider', 'Name'),
        channel: content('Channel'),
        computer: content('Computer'),
        level: content('Level'),
        keywords: content('Keywords'),
        recordId: content('EventRecordID'),
        userId: attribute('Security', 'UserID'),
        time: attribute('TimeCreated', 'SystemTime'),
        more: [
            ['Version', content('Version')],
            ['Task', content('Task')],
            ['Opcode', content('Opcode')],
            ['Qualifiers', attribute('EventID', 'Qualifiers')],
            ['Execution_ProcessID', attribute('Execution', 'ProcessID')],
            ['Execution_ThreadID', attribute('Execution', 'ThreadID')],
            ['Correlation_ActivityID', attribute('Correlation', 'ActivityID')],
            ['Correlation_RelatedActivityID', attribute('Correlation', 'RelatedActivityID')],
            ['Provider_Guid', attribute('Provider', 'Guid')],
        ].filter(([, slot]) => slot !== NOTHING),
        body: body ? body.index : -1,
        wrapped,
    };
    const { eventId, time } = plan;
    if (!simple || typeof eventId !== 'number' || typeof time !== 'number' || plan.provider === NOTHING)
        return null;
    // Numbers that stand in the template itself are left to the long way.
    if ([plan.level, plan.recordId, ...plan.more.slice(0, 3).map(([, slot]) => slot)].some((slot) => typeof slot === 'string'))
        return null;
    return { ...plan, eventId, time };
}
function dataPlan(root) {
    if (NO_DATA.has(root.name))
        return null;
    const names = [];
    const slots = [];
    const needs = [];
    const simple = (block) => block.children.every((child) => {
        if (!('name' in child))
            return child.kind === 'text';
        if (child.name === 'DataItem' || child.children.some((each) => 'name' in each))
            return child.needs < 0 && simple(child);
        const slot = slotOf(child.children);
        const key = slotOfAttribute(child, 'Name');
        if (slot === null || typeof key === 'number' || key === null)
            return false;
        names.push(key || (child.name === 'Data' || hasName(child) ? null : child.name));
        slots.push(slot);
        needs.push(child.needs);
        return true;
    });
    if (!simple(root))
        return null;
    const named = names.filter((name) => name !== null);
    if (new Set(named).size < named.length || named.length < names.length - 1)
        return null;
    return { names, slots, needs, uses: new Map() };
}
function hasName(element) {
    return element.attributes.some(({ name }) => name === 'Name');
}
function slotOfAttribute(element, key) {
    const found = element?.attributes.find(({ name }) => name === key);
    return found ? slotOf(found.parts) : NOTHING;
}
/** One value or plain text; null for everything else. */
function slotOf(parts) {
    const [first] = parts;
    if (!first)
        return NOTHING;
    if (parts.length === 1 && !('name' in first) && first.kind === 'value')
        return first.index;
    let text = '';
    for (const part of parts) {
        if ('name' in part || part.kind !== 'text')
            return null;
        text += part.text;
    }
    return text;
}
//# sourceMappingURL=plan.js.map