import type { RuleLanguage } from '../rule.ts';
/**
 * Indicator lists: addresses, digests, names and agents that others have seen. One rule per list, way of looking and
 * campaign; the entries stand in maps, so that an event costs a few look-ups whatever the length of the list.
 */
export declare const ioc: RuleLanguage;
