import { type JsonObject } from '../../lib/json-object.ts';
import type { FieldValue } from '../../model/event.ts';
import type { WindowsTime } from './record.ts';
export declare function withoutSingleList(value: unknown): unknown;
/** A time with its zone; without one it is a local time of unknown zone. */
export declare function stated(value: unknown): WindowsTime;
export declare function entries(value: unknown): readonly (readonly [string, unknown])[];
export declare function nonEmptyText(value: unknown): string | null;
/** JSON within a text of the record; null when it is none, or nested too deep to be walked. */
export declare function parsed(text: string): JsonObject | null;
export declare function add(more: [string, FieldValue][], name: string, value: unknown): void;
