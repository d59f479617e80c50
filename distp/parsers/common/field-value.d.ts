import type { FieldValue } from '../../model/event.ts';
/** What a field can hold of a value of JSON; deeper structures are kept as their JSON text. */
export declare function fieldValue(value: unknown): FieldValue;
