import type { RuleInfo } from '../../model/rule.ts';
import type { Event, LogSource } from '../../model/event.ts';
import type { EventRule, RuleQuestion } from '../rule.ts';
import type { Test } from './predicate.ts';
/** How correlations count a rule. */
type Counted = Pick<EventRule, 'trail' | 'isPart'>;
/**
 * A Sigma rule. What it asks is read when the first event or log that it answers to asks for it: most logs are of few sources,
 * and most rules of others.
 */
export declare class SigmaRule implements EventRule {
    #private;
    readonly info: RuleInfo;
    readonly sources: readonly LogSource[];
    readonly trail?: readonly string[];
    readonly isPart?: true;
    /** `read` gives the same test each time. */
    constructor(info: RuleInfo, sources: readonly LogSource[], read: () => Test, counted?: Counted);
    counted(counted: Counted): SigmaRule;
    get eventIds(): EventRule['eventIds'];
    get needs(): EventRule['needs'];
    get questions(): readonly RuleQuestion[];
    match(event: Event): readonly string[] | null;
}
export {};
