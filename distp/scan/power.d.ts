import { type Event, type PowerState } from '../model/event.ts';
/**
 * When the machine went down and came up, by one event: a start or stop, a start after a stop that nothing announced (41, 6008),
 * or a clock that was set forward by an hour or more (Kernel-General 1, Security 4616). Times in milliseconds UTC.
 */
export declare function powerOf(id: number, event: Event): {
    readonly state: PowerState;
    readonly time: number;
}[];
