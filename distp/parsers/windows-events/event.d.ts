import type { Event, FieldValue, Place } from '../../model/event.ts';
import type { WindowsTime, WindowsRecord } from './record.ts';
/**
 * The event of a Windows record: Sigma's names, log sources, log kind and roles.
 * https://learn.microsoft.com/windows/win32/wes/eventschema-elements ·
 * https://sigmahq.io/docs/basics/log-sources.html
 */
export declare function windowsEvent(record: WindowsRecord, raw: string | (() => string), at: Place): Event;
/** The time of a System block: ISO text, `yyyy-mm-dd hh:mm:ss.fff UTC`, or seconds since 1970. It is UTC by definition. */
export declare function systemTime(value: unknown): WindowsTime;
/** A time in milliseconds that is a date which Windows can write, else null. */
export declare function usable(time: number): number | null;
/** A whole number out of a number or its decimal text; null when it is neither. */
export declare function wholeNumber(value: unknown): number | null;
/** Level as Windows counts it, out of the words that exporters write for it; other text stays as it is. */
export declare function levelOf(value: unknown): FieldValue;
/** Keywords as the hexadecimal text that Windows writes, out of a (signed) decimal number or the two audit words. */
export declare function keywordsOf(value: unknown): FieldValue;
/** Names of the services that records of Windows answer to, as public Sigma rules call them. */
export declare const windowsServices: readonly string[];
/** What the events of one channel and number with the same items have in common. */
export type WindowsShape = {
    readonly eventId: number;
    readonly channel: string;
    readonly provider: string | null;
    /** Names of the items of `more`, which are all there. */
    readonly more: readonly string[];
    /** Names of the data items. */
    readonly data: readonly (string | null)[];
};
/** Places of the values that `WindowsForm.event` takes; those of `more` and then those of the data follow. */
export declare const formValue: {
    readonly computer: 0;
    readonly level: 1;
    readonly recordId: 2;
    readonly userId: 3;
    readonly keywords: 4;
    readonly time: 5;
    readonly more: 6;
};
/**
 * `windowsEvent` for records that come by the thousand in one form: which field takes which value, which log sources it
 * answers to and where its roles stand is worked out once. It gives the same events.
 */
export declare class WindowsForm {
    #private;
    /** Null where what the values say decides on more than values, or where names meet: `windowsEvent` reads these. */
    static of(shape: WindowsShape): WindowsForm | null;
    private constructor();
    /** `values` in the order of `formValue`, and the time of its text in milliseconds. */
    event(values: readonly FieldValue[], time: number | null, at: Place): Omit<Event, 'raw'>;
}
