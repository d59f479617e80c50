import { type JsonObject } from '../../lib/json-object.ts';
import { type Bad, type IndicatorEntry, type Item } from './entry.ts';
/**
 * Indicators of STIX 2.1 and 2.0 (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, sections 4.7 and 9).
 * What was merely observed (observed-data, addresses and files as objects) is no indicator.
 */
export declare function stixItems(objects: readonly unknown[]): Generator<Item>;
/** Objects of a bundle, of an answer of a TAXII server, or one object alone; null when this is no STIX. */
export declare function stixObjects(json: JsonObject): readonly unknown[] | null;
export type PatternBudget = {
    cases: number;
};
export declare const budget: () => PatternBudget;
/**
 * The entries of a pattern. Alternatives (OR, IN) are entries of their own; facts that must hold together are one entry
 * or none: each alone would say more than the pattern does.
 */
export declare function patternItems(pattern: string, id: string, context: string, left: PatternBudget): Generator<IndicatorEntry | Bad>;
