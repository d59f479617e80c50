import { type Event } from '../model/event.ts';
import { type CountedLogon } from '../parsers/exchange/logons.ts';
/** The logon that is counted of a row or record of any log; null where it has none. */
export declare function countedLogon(event: Event): CountedLogon | null;
/** Was it served, or refused? `token`: neither. */
export declare function outcomeOf({ value }: CountedLogon): 'served' | 'refused' | 'token';
/** The logon of a row or record; null where it is none. */
export declare function logonOfEvent(event: Event): CountedLogon | null;
/** Has an event of a logon a name and an address, as Windows writes them? Where its fields have other names, whose logon it was is lost. */
export declare function isWholeLogon({ log, fields, snippet }: Event): boolean;
