import { type JsonObject } from '../../lib/json-object.ts';
import { type Item } from './entry.ts';
/**
 * Attributes of MISP events (https://datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format/): those that their author
 * marked as fit for detection (`to_ids`) and did not delete. Proposals of others and correlations are not taken.
 */
export declare function mispItems(events: readonly JsonObject[]): Generator<Item>;
/** The events of an export, of a feed or of a search, whose attributes may also come without events; null when this is none. */
export declare function mispEvents(json: JsonObject): readonly JsonObject[] | null;
