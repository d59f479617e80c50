import type { FindingWithHits } from '../../findings/findings.ts';
import type { KnownActor, Trace } from '../../model/actor.ts';
import type { Finding } from '../../model/finding.ts';
/** A trace of an actor that a finding shows. */
export type SeenTrace = {
    readonly actor: KnownActor;
    readonly trace: Trace;
    readonly value: string;
    readonly finding: Finding;
    /** Of the row that shows it (ms UTC); null where none is known that an intruder could not have set. */
    readonly time: number | null;
    /** False where the value was only written down: an administrator who looks into a host writes its name, too. */
    readonly firm: boolean;
};
/** Looks up what events show among the traces of all actors. Values in a request are never looked up: anyone can send them. */
export declare class TraceTable {
    #private;
    constructor(actors: readonly KnownActor[]);
    /** The traces that a finding shows, each once, the firmest row first. */
    in(found: FindingWithHits, ruleName: string): SeenTrace[];
}
