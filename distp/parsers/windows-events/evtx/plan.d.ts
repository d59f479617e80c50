import type { WindowsForm } from '../event.ts';
import type { Definition } from './binxml.ts';
/** Where a value comes from: its number among the values of the template, or the text that stands there. */
export type Slot = number | string;
export declare const NOTHING: Slot;
/** A template of whole events: where the members of the System block and the data come from. */
export type EventPlan = {
    readonly eventId: number;
    readonly provider: Slot;
    readonly channel: Slot;
    readonly computer: Slot;
    readonly level: Slot;
    readonly keywords: Slot;
    readonly recordId: Slot;
    readonly userId: Slot;
    readonly time: number;
    readonly more: readonly (readonly [name: string, slot: Slot])[];
    /** The value that holds the data: BinXML of its own; -1 when the event has none. */
    readonly body: number;
    /** It stands in an element of the event's own template: in `UserData`. */
    readonly wrapped: boolean;
};
/** A template of data: the names of its items, and where each comes from. */
export type DataPlan = {
    readonly names: readonly (string | null)[];
    readonly slots: readonly Slot[];
    /** For each item the value without which it is not there; -1 for none. */
    readonly needs: readonly number[];
    /** Forms of the events that have this data, by the template around it. */
    readonly uses: Map<EventPlan, Use>;
};
/** A template of events with one of data. */
export type Use = {
    readonly forms: Map<string, WindowsForm | null>;
    id: number;
    present: number;
    channel: string;
    provider: string;
    form: WindowsForm | null;
};
export declare const NO_ITEMS: DataPlan;
/** The plan of a template of events; null: its records have to be looked at one by one. */
export declare function eventPlanOf(definition: Definition): EventPlan | null;
/** The plan of a template of data; null as above. */
export declare function dataPlanOf(definition: Definition): DataPlan | null;
