import type { FieldValue } from '../../model/event.ts';
import type { DataItem } from './record.ts';
/**
 * Fields of a web event: from its data by their places, or from its text in any language by its lines. `ViewState` is what
 * the client sent as it was logged, `ViewStateObject` the serialized object in it, where there is one.
 */
export declare function webEventFields(unnamed: readonly FieldValue[], message: string | null): readonly DataItem[];
