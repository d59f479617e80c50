type DataItem = readonly [name: string, value: string];
/**
 * Fields out of the rendered text of an event, for exports that keep nothing else. Sysmon's text is the same in every
 * language and names its fields as its data does; the text of the Security log is read where it is English.
 * `origin` is the names of the provider and the channel.
 */
export declare function fieldsOfMessage(eventId: number, origin: string, message: string): readonly DataItem[];
/**
 * The cmdlet and its parameters out of the text of an MSExchange Management event. The sentence is in the server's
 * language, but both stand in it as in the data: `Cmdlet Set-X, parameters -Name "value" …` or `{Name=value, …}`.
 */
export declare function cmdletOfMessage(message: string): {
    cmdlet: string;
    parameters: string;
} | null;
export {};
