import type { Event, Place } from '../../model/event.ts';
import type { Parser } from '../parser.ts';
/**
 * Events of Microsoft Defender for Endpoint as a table: what advanced hunting exports (DeviceProcessEvents,
 * DeviceFileEvents, DeviceNetworkEvents, DeviceRegistryEvents, DeviceEvents …, also together), and the timeline of a device,
 * whose columns have the same names with blanks in them. A table is a choice of rows and covers nothing.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables
 * https://learn.microsoft.com/defender-endpoint/device-timeline-event-flag
 */
export declare const defenderEndpoint: Parser;
/** The values of a record of these columns; null where it is none of Defender for Endpoint. */
export declare function defenderRow(columns: readonly (readonly [string, string])[]): ReadonlyMap<string, string> | null;
/** What Windows would have logged of it. */
export declare function defenderRowEvent(values: ReadonlyMap<string, string>, raw: string, at: Place): Event;
