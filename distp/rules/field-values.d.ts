import type { Event } from '../model/event.ts';
/**
 * The form in which text is compared without regard to case, the same on every machine. Greek final sigma, which lower
 * casing gives by position, is read as sigma.
 */
export declare function fold(text: string): string;
/** One field of an event as rules see it: every text that a predicate on it is evaluated on. */
export declare class Field {
    #private;
    /** The name as the event spells it. */
    readonly name: string;
    /** Does the event have the field, be it null? */
    readonly present: boolean;
    /** Does it have no value of its own (missing, null, or an empty list)? */
    readonly empty: boolean;
    /** How many of `texts`, from the first, are the field's own values; the rest are other forms of it. */
    readonly own: number;
    readonly texts: readonly string[];
    constructor(name: string, present: boolean, own: readonly string[], forms?: readonly string[]);
    get folded(): readonly string[];
}
/** The values of one event, looked up by name without regard to case, each folded once whatever the number of rules. */
export declare class Values {
    #private;
    readonly event: Event;
    constructor(event: Event);
    /** The field of this (folded) name with its other forms; `Field.present` is false when the event has none. */
    get(name: string): Field;
    /** Every field of the event, in its order. */
    get all(): readonly Field[];
    /** Is it a web request? */
    get isWeb(): boolean;
    /** The raw text, as if it were a field of that name. */
    get raw(): Field;
    /** The raw text and every value, folded, in one text; a zero byte between each two. */
    get everything(): string;
}
/** The values of an event. The last event asked is remembered, since many rules ask one event after another. */
export declare function eventValues(event: Event): Values;
