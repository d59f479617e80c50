import { decode16 } from '../../lib/text.js';
import { Damage } from '../common/format-error.js';
import { decodedCommand } from '../powershell/encoded-command.js';
import { isKnownProgram } from '../common/known-paths.js';
import { Structure } from '../common/binary-reader.js';
import { gives } from './context.js';
import { anyText, numberOf, registryText } from './value.js';
/** Maximum number of actions of a task. https://learn.microsoft.com/windows/win32/taskschd/actioncollection */
const ACTIONS = 32;
/**
 * The cache of the task scheduler: `Tasks` has a key for each task by its id, `Tree` one for each by its path. A task whose
 * key in `Tree` has lost its security descriptor or stands at index 0 is hidden from every tool that lists tasks.
 * https://www.microsoft.com/security/blog/2022/04/12/tarrask-malware-uses-scheduled-tasks-for-defense-evasion/
 */
export function taskCache(key, context) {
    const tree = new Map();
    collect(key.key('Tree'), '', tree);
    // Before Windows 10 no key of the tree has a descriptor; after an upgrade those that were made since have one.
    const without = [...tree.values()].filter((entry) => entry.key.value('SD') === null).length;
    const described = without * 2 <= tree.size;
    const told = new Set();
    for (const task of key.key('Tasks')?.keys() ?? []) {
        const id = task.name.toUpperCase();
        told.add(id);
        taskOf(task, tree.get(id) ?? null, described, context);
    }
    for (const [id, entry] of tree)
        if (!told.has(id))
            lone(entry, context);
}
/** A task of the cache that was deleted: no tree says more of it. */
export function deletedTask(key, context) {
    if (key.deleted && key.values.length > 0)
        taskOf(key, undefined, false, context);
}
function collect(key, path, into) {
    // Levels of keys are limited by the hive.
    for (const below of key?.keys() ?? []) {
        const at = `${path}\\${below.name}`;
        const id = registryText(below.value('Id'));
        if (id !== null)
            into.set(id.toUpperCase(), { path: at, key: below });
        collect(below, at, into);
    }
}
function taskOf(key, entry, described, context) {
    const text = (name) => anyText(key.value(name));
    const path = text('Path') ?? text('URI') ?? entry?.path ?? null;
    const dates = datesOf(key);
    const actions = actionsOf(key, context);
    const index = entry ? numberOf(entry.key.value('Index')) : null;
    const hidden = entry === null || (entry !== undefined && ((described && entry.key.value('SD') === null) || index === 0));
    const fields = {
        TaskName: path ?? key.name,
        TaskId: key.name,
        Author: text('Author'),
        Description: text('Description'),
        ...actionFields(actions.actions),
        Context: actions.context,
        Created: dates.created?.text ?? null,
        LastRun: dates.run?.text ?? null,
        LastSuccess: dates.success?.text ?? null,
        Date: text('Date'),
    };
    if (entry !== undefined) {
        fields.Index = index;
        fields.SecurityDescriptor = entry !== null && entry.key.value('SD') !== null;
    }
    if (hidden)
        fields.Hidden = true;
    context.emit(gives.task, key, {
        fields,
        target: path ?? key.name,
        user: actions.context,
        time: dates.created?.time ?? key.time,
        raw: rawOf(fields),
    });
}
/** A path without a task: what is left after the other key was taken away. */
function lone(entry, context) {
    context.emit(gives.task, entry.key, {
        fields: { TaskName: entry.path, TaskId: registryText(entry.key.value('Id')), Incomplete: true },
        target: entry.path,
        user: null,
    });
}
function datesOf(key) {
    const data = key.value('DynamicInfo')?.data(64) ?? null;
    if (data === null || data.length < 28)
        return { created: null, run: null, success: null };
    const bytes = new Structure(data, 'DynamicInfo');
    return { created: bytes.stamp(4), run: bytes.stamp(12), success: data.length >= 36 ? bytes.stamp(28) : null };
}
function actionsOf(key, context) {
    const value = key.value('Actions');
    const data = value?.data(1 << 20) ?? null;
    if (value === null || data === null || data.length === 0)
        return { context: null, actions: [] };
    try {
        return taskActions(data);
    }
    catch (error) {
        if (!(error instanceof Damage))
            throw error;
        context.note(`${context.pathOf(key)}: ${error.message}`, value.at);
        return { context: null, actions: [] };
    }
}
/**
 * The binary list of a task's actions, and the account that they run as. Throws `Damage`.
 * https://github.com/GDATAAdvancedAnalytics/winreg-tasks/blob/main/kaitai/actions.ksy
 */
export function taskActions(data) {
    const bytes = new Structure(data, 'Actions');
    const version = bytes.u16(0);
    let at = 2;
    const word = () => {
        at += 4;
        return bytes.u32(at - 4);
    };
    const text = () => {
        const length = word();
        at += length;
        return decode16(bytes.part(at - length, length), false);
    };
    if (version < 1 || version > 3)
        throw new Damage(`Actions: version ${version}`, 'unsupported');
    const context = version === 3 ? text() : null;
    const actions = [];
    while (at + 6 <= data.length && actions.length < ACTIONS) {
        const form = bytes.u16(at);
        at += 2;
        text(); // its id
        if (form === 0x6666) {
            actions.push({ does: 'run', command: text(), arguments: text(), folder: text() });
            if (version === 3)
                at += 2;
        }
        else if (form === 0x7777) {
            const id = bytes.guid(at);
            at += 16;
            actions.push({ does: 'class', id: `{${id.toUpperCase()}}`, data: text() });
        }
        else if (form === 0x8888) {
            const [, to, , , , , subject] = [text(), text(), text(), text(), text(), text(), text(), text()];
            for (let left = word(); left > 0; left--)
                text();
            for (let left = word(); left > 0; left--)
                void [text(), text()];
            actions.push({ does: 'mail', to: to, subject: subject });
        }
        else if (form === 0x9999)
            actions.push({ does: 'message', title: text(), text: text() });
        else
            throw new Damage(`Actions: form 0x${form.toString(16)}`, 'unsupported');
    }
    return { context, actions };
}
function actionFields(actions) {
    const runs = actions.filter((action) => action.does === 'run');
    const classes = actions.filter((action) => action.does === 'class');
    const other = actions.filter((action) => action.does === 'mail' || action.does === 'message');
    const decoded = decodedCommand(runs.map((run) => `${run.command} ${run.arguments}`));
    return {
        Command: one(runs.map((run) => run.command)),
        Image: one(runs.map((run) => run.command)),
        KnownPlace: runs.length === 0 ? null : String(runs.every((run) => isKnownProgram(run.command))),
        Arguments: one(runs.map((run) => run.arguments)),
        CommandLine: one(runs.map((run) => `${run.command} ${run.arguments}`.trim())),
        ...(decoded === null ? {} : { DecodedCommand: decoded }),
        WorkingDirectory: one(runs.map((run) => run.folder)),
        ...(classes.length > 0
            ? { ClassId: one(classes.map(({ id }) => id)), ClassData: one(classes.map(({ data }) => data)) }
            : {}),
        ...(other.length > 0 ? { OtherAction: one(other.map((action) => JSON.stringify(action))) } : {}),
    };
}
/** One as it is, several as a list. */
function one(values) {
    return values.length > 1 ? values : (values[0] ?? null);
}
function rawOf(fields) {
    return Object.entries(fields)
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' | ') : String(value)}`)
        .join('\n');
}
//# sourceMappingURL=tasks.js.map