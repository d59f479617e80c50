import { type Event } from '../../model/event.ts';
/** What starts by itself, by the name that its list has, or that a cmdlet or command gives it: one subject for both. */
export declare function nameOfSelfStarting(event: Event): string | null;
