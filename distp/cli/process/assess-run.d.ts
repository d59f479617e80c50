import { type RunContext } from '../commands/assess.ts';
/** `postern assess` and its exit status, whatever happens. */
export declare function assessRun(args: readonly string[], around: RunContext): Promise<number>;
