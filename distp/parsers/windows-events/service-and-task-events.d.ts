import type { FieldValue } from '../../model/event.ts';
type Fields = Record<string, FieldValue>;
/** What an event says was set up, in the words of the registry, of the file of a task, or of the configuration of IIS. */
export type RecordedSetting = {
    readonly kind: 'service' | 'task' | 'startup' | 'iis-config';
    readonly name: string | null;
    readonly fields: Fields;
};
/** Do events of this channel and number tell of something that was set up? */
export declare function tellsOfSetting(channel: string | null, eventId: number): boolean;
/**
 * What was set up, with fields that the event itself does not have. One rule thus reads a service, a task and a start-up
 * entry, wherever they are told of.
 */
export declare function settingOf(channel: string | null, eventId: number, fields: Readonly<Fields>): RecordedSetting | null;
export {};
