type DataItem = readonly [name: string, value: string];
/** The sections of a text: what its `label: value` lines say, in any language. Lines before the first heading are the first. */
export declare function sectionsOf(text: string): readonly (readonly string[])[];
/** The fields of a text of the Security log by its shape; empty where it has none that is known. */
export declare function fieldsByShape(eventId: number, text: string): readonly DataItem[];
/** The tasks' definition in the text of an event (4698, 4702): it stands on many lines. */
export declare function taskContentOf(text: string): string | null;
export {};
