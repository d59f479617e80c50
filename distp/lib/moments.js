import { firstReached } from './collections.js';
/** Things by their times, so that the nearest one is found without looking at all. */
export class Moments {
    #times = [];
    #isSorted = true;
    /** The same thing may have several times. */
    add(time, of) {
        this.#times.push({ time, of });
        this.#isSorted = false;
    }
    /** The number of the thing that is nearest in time, at most `span` away, and is not `except`; of equally near ones the least. */
    nearest(time, span, except = -1) {
        const times = this.#sorted();
        const here = this.#from(time);
        let after = here;
        while (times[after]?.of === except)
            after++;
        let before = here - 1;
        while (before >= 0) {
            // Of one time the least number stands first.
            const last = before;
            before = this.#from(times[last].time);
            while (before < last && times[before].of === except)
                before++;
            if (times[before].of !== except)
                break;
            before = this.#from(times[last].time) - 1;
        }
        const [best] = [times[before], times[after]]
            .flatMap((one) => (one === undefined ? [] : [{ of: one.of, distance: Math.abs(one.time - time) }]))
            .sort((a, b) => a.distance - b.distance || a.of - b.of);
        return best !== undefined && best.distance <= span ? best : null;
    }
    #sorted() {
        if (!this.#isSorted)
            this.#times.sort((a, b) => a.time - b.time || a.of - b.of);
        this.#isSorted = true;
        return this.#times;
    }
    /** The first place whose time is not before `time`. */
    #from(time) {
        return firstReached(this.#times.length, (at) => this.#times[at].time >= time);
    }
}
//# sourceMappingURL=moments.js.map