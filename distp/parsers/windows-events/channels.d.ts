import type { LogSource } from '../../model/event.ts';
import type { KnownLogKind } from '../../model/log-kinds.ts';
import type { RecordedSetting } from './service-and-task-events.ts';
import type { WindowsSystem } from './record.ts';
import { type MutableFields } from './values.ts';
export declare const SECURITY = "Security";
export declare const CLASSIC = "Windows PowerShell";
export declare const DEFENDER = "Microsoft-Windows-Windows Defender/Operational";
export declare const MANAGEMENT = "MSExchange Management";
/** The channel of a record that does not say it: by its provider, else by its number and the fields that only one has. */
export declare function channelOf({ eventId, provider }: WindowsSystem, fields: MutableFields): string | null;
export declare const SERVICES: ReadonlyMap<string, string>;
export declare function kindOf(channel: string | null, service: string | null): KnownLogKind;
export declare function categoriesOf(service: string | null, id: number, fields: MutableFields): readonly string[];
export declare function keyCategories(fields: MutableFields): readonly string[];
/** The log sources that a record answers to; the same object for all records of one kind. */
export declare function channelSources(service: string | null, categories: readonly string[], setting?: RecordedSetting['kind']): readonly LogSource[];
