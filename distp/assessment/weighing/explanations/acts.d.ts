import type { FindingWithHits } from '../../../findings/findings.ts';
import { type Grant } from '../../../findings/grants.ts';
import { type Event } from '../../../model/event.ts';
import type { ExplanationContext } from './explanation.ts';
/** What counts of the findings of a subject. */
export declare function actsOf(found: readonly FindingWithHits[]): readonly FindingWithHits[];
/** The entries of what counts. */
export declare function eventsOf(found: readonly FindingWithHits[]): readonly Event[];
/** Has the account a sign of its own before this time, or within a day after it? */
export declare function isSuspect(account: string, time: number, { all }: ExplanationContext): boolean;
/** Did an act that is rare in ordinary work happen on the server before this time? Acts of the subject itself do not count. */
export declare function isAfterHostileAct(time: number, own: readonly FindingWithHits[], { all }: ExplanationContext): boolean;
/** The last act that is rare in ordinary work, other than those of the subject itself; null where there is none. */
export declare function lastHostileAct(own: readonly FindingWithHits[], { all }: Pick<ExplanationContext, 'all'>): number | null;
/** The first such act. */
export declare function firstHostileAct(own: readonly FindingWithHits[], { all }: Pick<ExplanationContext, 'all'>): number | null;
export declare function grantsOf({ all }: ExplanationContext): readonly Grant[];
/**
 * How well the account of an act is known as one that administers: `strong` with two days before that of the act, `weak` with one.
 * Null where it is not, where it has a sign, where the act serves itself, and while an intruder may have acted in its name.
 */
export declare function administratorOf(event: Event, own: readonly FindingWithHits[], context: ExplanationContext): 'strong' | 'weak' | null;
/** Something that was ordered, and not read or sent: a cmdlet, or what Windows records of who made a task, service or account. */
export declare function isOrder({ log, fields }: Event): boolean;
