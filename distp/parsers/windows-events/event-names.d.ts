/** The names of an event's data by their places; empty where they are not known. */
export declare function namesOfData(provider: string, eventId: number): readonly string[];
