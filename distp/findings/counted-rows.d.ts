import type { Event } from '../model/event.ts';
import type { RuleInfo } from '../model/rule.ts';
/** Is a row one of those that are counted for the findings of a rule, be it in a log that its condition does not select? */
export declare function countsRow({ computedBy, stage }: Pick<RuleInfo, 'computedBy' | 'stage'>, event: Event): boolean;
