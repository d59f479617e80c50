import type { Event } from '../../model/event.ts';
/**
 * An event whose raw text is made when it is asked for: of a binary record that costs more than all the rest. A copy of
 * the event (spread, clone) holds the text itself.
 */
export declare function withRaw(event: Omit<Event, 'raw'>, text: () => string): Event;
