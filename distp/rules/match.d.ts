import type { Event } from '../model/event.ts';
import type { EventRule } from './rule.ts';
/** A rule that said yes to an event, and the names of the fields that matched. */
export type Yes<Rule = EventRule> = {
    readonly rule: Rule;
    readonly matched: readonly string[];
};
/**
 * Asks every rule of an event; only those are run whose log source it answers to, whose event ids include its own, and
 * whose needs it meets. The answers come in the order of rule ids.
 */
export declare function askAll(rules: readonly EventRule[]): (event: Event) => Yes[];
/** Asks these rules alone; the answers come in the order of rule ids. */
export declare function askThese<Rule extends Asked>(rules: readonly Rule[], event: Event): Yes<Rule>[];
type Asked = Pick<EventRule, 'info' | 'match'>;
export {};
