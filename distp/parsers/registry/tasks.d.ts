import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/** What a task does. */
export type TaskAction = {
    readonly does: 'run';
    readonly command: string;
    readonly arguments: string;
    readonly folder: string;
} | {
    readonly does: 'class';
    readonly id: string;
    readonly data: string;
} | {
    readonly does: 'mail';
    readonly to: string;
    readonly subject: string;
} | {
    readonly does: 'message';
    readonly title: string;
    readonly text: string;
};
/**
 * The cache of the task scheduler: `Tasks` has a key for each task by its id, `Tree` one for each by its path. A task whose
 * key in `Tree` has lost its security descriptor or stands at index 0 is hidden from every tool that lists tasks.
 * https://www.microsoft.com/security/blog/2022/04/12/tarrask-malware-uses-scheduled-tasks-for-defense-evasion/
 */
export declare function taskCache(key: KeyView, context: Context): void;
/** A task of the cache that was deleted: no tree says more of it. */
export declare function deletedTask(key: KeyView, context: Context): void;
/**
 * The binary list of a task's actions, and the account that they run as. Throws `Damage`.
 * https://github.com/GDATAAdvancedAnalytics/winreg-tasks/blob/main/kaitai/actions.ksy
 */
export declare function taskActions(data: Buffer): {
    context: string | null;
    actions: readonly TaskAction[];
};
