import { DAY } from '../lib/time.js';
/**
 * Addresses of proxies, which hide clients. What happened is judged by who was one on its day: the set has those of the last
 * days, which anyone who adds days may have written.
 */
export class HiddenAddresses extends Set {
    #onDay;
    #known = new Map();
    constructor(onDay) {
        super(onDay(null).flatMap((one) => [...one]));
        this.#onDay = onDay;
    }
    isAt(client, day) {
        let known = this.#known.get(day);
        if (known === undefined)
            this.#known.set(day, (known = this.#onDay(day)));
        return known.some((one) => one.has(client));
    }
}
/** Is an address one of a proxy at a time (ms), or, where none is known, on the last days? */
export function isHiddenAt(hidden, client, time) {
    return hidden instanceof HiddenAddresses && time !== null
        ? hidden.isAt(client, Math.floor(time / DAY))
        : hidden.has(client);
}
//# sourceMappingURL=hidden-addresses.js.map