import { type Event } from './event.ts';
/** The value of a parameter of a cmdlet, as events and scripts write it; null where it is not there. */
export declare function parameterOf(event: Event, name: string): string | null;
