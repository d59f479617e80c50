import type { Place } from '../../model/event.ts';
import type { Sink } from '../parser.ts';
/** Builds that rows speak of: one fact per consecutive run of one build, never one per row. */
export declare class BuildRuns {
    #private;
    constructor(sink: Sink);
    /** A row of this host says that this build ran then. `place` is asked only when a run begins. */
    see(build: string, precision: 'cu' | 'update', source: string, host: string | null, time: number | null, place: () => Place): void;
    finish(): void;
}
/** `15.01.2375.007` or `15.1.2375.7` as `15.1.2375.7`; null for what is no build of Exchange (`15.0.0.0`). */
export declare function buildOf(text: string): string | null;
