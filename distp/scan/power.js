import { isoTime } from '../lib/time.js';
import { fieldText } from '../model/event.js';
/** Starts and stops of Windows by the numbers of their events in the System log. */
const STATES = { 6006: 'down', 1074: 'down', 13: 'down', 6005: 'up', 12: 'up' };
/** A clock that is set by less leaves no hour without entries. */
const SHORTEST = 3_600_000;
/**
 * When the machine went down and came up, by one event: a start or stop, a start after a stop that nothing announced (41, 6008),
 * or a clock that was set forward by an hour or more (Kernel-General 1, Security 4616). Times in milliseconds UTC.
 */
export function powerOf(id, event) {
    const provider = fieldText(event, 'Provider_Name') ?? '';
    if (id === 4616 || (id === 1 && /kernel-general/i.test(provider)))
        return setForward(event);
    if (event.time === null)
        return [];
    const { time } = event;
    if ((id === 41 && /kernel-power/i.test(provider)) || (id === 6008 && /^eventlog$/i.test(provider)))
        return [{ state: 'crashed', time }];
    const state = STATES[id];
    return state === undefined ? [] : [{ state, time }];
}
function setForward(event) {
    const [old, now] = [timeIn(event, 'OldTime') ?? timeIn(event, 'PreviousTime'), timeIn(event, 'NewTime')];
    if (old === null || now === null || now - old < SHORTEST)
        return [];
    return [
        { state: 'down', time: old },
        { state: 'up', time: now },
    ];
}
/** The rendered text of an event has marks of direction in its times. */
function timeIn(event, name) {
    return isoTime((fieldText(event, name) ?? '').slice(0, 80).replaceAll(/[\u200e\u200f]/g, ''));
}
//# sourceMappingURL=power.js.map