import type { Event, LogSource } from '../model/event.ts';
import type { EventRule } from './rule.ts';
/** Does an event come from a log source that the rule asks for? One of its sources must have every property named. */
export declare function answers(event: Pick<Event, 'sources'>, rule: Pick<EventRule, 'sources'>): boolean;
/** Can any evidence that Postern reads answer the rule? The log sources are those of docs/internals/fields.md. */
export declare function hasSource(rule: Pick<EventRule, 'sources'>): boolean;
/** Every log source that some evidence answers to; of Windows and Exchange each service besides. */
export declare const producedSources: readonly LogSource[];
