import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/** The name of the machine, out of the control set in use. */
export declare function computerName(root: KeyView, controlSet: string): string | null;
/** The time zone, as minutes that standard time is ahead of UTC. */
export declare function timeZone(key: KeyView, context: Context): void;
/** When Windows was shut down last. */
export declare function lastShutdown(key: KeyView, context: Context): void;
