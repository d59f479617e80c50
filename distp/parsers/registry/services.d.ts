import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/** A service or driver as its key has it. Keys that are neither (counters of a service, groups) give nothing. */
export declare function service(key: KeyView, context: Context): void;
