import { type Situation } from './action-targets.ts';
import type { Action, PackAction } from '../../model/response.ts';
/**
 * What to do now, in order, from what was found: the packs' actions whose conditions hold, preserve first. Conditions of a
 * campaign's pack are evaluated against that campaign, and an action for servers is none for a tenant.
 */
export declare function actionsOf(actions: readonly PackAction[], situation: Situation, 
/** Names of rules in pack.yml, by id. */
names: ReadonlyMap<string, string>): Action[];
