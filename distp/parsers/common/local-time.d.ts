/** The order in which a culture writes a date. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
/** A time written in the given order, as UTC; null when it is none. */
export declare function cultureTime(text: string, order: DateOrder): number | null;
/** The orders in which every one of the texts is a time. */
export declare function ordersOf(texts: readonly string[]): DateOrder[];
/** A time whose meaning is certain by itself: ISO, year first, a day over 12, or day and month alike. Null otherwise. */
export declare function certainTime(text: string): number | null;
