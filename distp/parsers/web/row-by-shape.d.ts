import type { Event } from '../../model/event.ts';
/**
 * Requests in rows of which no header says what the values are: columns were left out or written over, an agent has its spaces
 * again, or columns of several logs were chosen. What a value is shows by its form: a time, a method, a path, a status, an
 * address. A row needs the first four.
 */
export declare function requestByShape(text: string, path: string, at: {
    offset: number;
    length: number;
    number: number;
}): Event | null;
