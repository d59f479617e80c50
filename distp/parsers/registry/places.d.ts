import { type Context } from './context.ts';
import type { HiveKind } from './kind.ts';
import type { KeyView } from './view.ts';
/** Makes the events of one key. */
export type Shape = (key: KeyView, context: Context) => void;
/**
 * What is read from where. A path begins below the root; `*` stands for any one key, `**` at the end for the key and all
 * below it. A key `Wow6432Node` on the way does not count, so that both views are read. `CurrentControlSet` is the control
 * set in use. Deleted keys are looked up in the same table.
 */
export type RegistryPlace = {
    readonly in: HiveKind;
    readonly path: string;
    readonly read: Shape;
};
/** Every place that is read. */
export declare const places: readonly RegistryPlace[];
