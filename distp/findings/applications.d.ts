import { type Event } from '../model/event.ts';
/** Applications (their ids) that a row of the tenant lets in, gives a secret to, or is of; those of Microsoft tie nothing. */
export declare function applicationsIn(event: Event): readonly string[];
/** The ids of all applications that a row of the tenant lets in, gives a secret to, or is of. */
export declare function applicationIdsIn(event: Event): readonly string[];
