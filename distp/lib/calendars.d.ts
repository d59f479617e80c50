/**
 * Dates of calendars with other months, which Windows writes in Saudi Arabia (Umm al-Qura) and Iran (Persian). The calendars
 * are those of ICU, which Node carries: the same on every machine.
 */
export type OtherCalendar = 'islamic-umalqura' | 'persian';
/** Midnight (UTC) of a day in one of these calendars; null where there is no such day. */
export declare function dayOfCalendar(calendar: OtherCalendar, year: number, month: number, day: number): number | null;
