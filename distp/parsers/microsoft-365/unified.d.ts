import type { Event, FieldValue, Place } from '../../model/event.ts';
import type { RecordForm } from '../record-scanner.ts';
import { type CloudRecord, type Members, type Property } from './record.ts';
/**
 * A record of the unified audit log of Microsoft 365 as an event.
 * https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema
 */
export declare function unifiedEvent(record: CloudRecord, raw: string, at: Place, isSnippet: boolean): Event;
export declare function recordClient(members: Members): string | null;
/** Is it the record of a sign-in? */
export declare function isSignIn(members: Members): boolean;
export declare function recordSession(members: Members): string | null;
/** Members that are no field as they stand. */
export declare const LISTS: ReadonlySet<string>;
/** Those of them whose properties become fields of their own. */
export declare const PLAIN_LISTS: readonly ['extendedproperties', 'operationproperties'];
/** What was changed, and to what: `KeyDescription: […]`. */
export declare function modifiedOf(properties: readonly Property[]): readonly string[];
/** Fields that are made of the messages of a record, by their names in lower case. */
export declare const ITEM_FIELDS: ReadonlyMap<string, string>;
/** One of these (in lower case) without the event. */
export declare function itemField(members: Members, name: string): FieldValue;
/** Does it depend on the value of this member (in lower case) which form a record has? */
export declare function isVaried(name: string): boolean;
/** What all records with these members have in common; null where it takes the event. `plain`: names of properties. */
export declare function formOf(members: Members, plain: readonly string[]): RecordForm | null;
