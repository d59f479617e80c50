import { eventValues } from '../field-values.js';
/**
 * A Sigma rule. What it asks is read when the first event or log that it answers to asks for it: most logs are of few sources,
 * and most rules of others.
 */
export class SigmaRule {
    info;
    sources;
    #read;
    /** `read` gives the same test each time. */
    constructor(info, sources, read, counted = {}) {
        this.info = info;
        this.sources = sources;
        this.#read = read;
        Object.assign(this, counted);
    }
    counted(counted) {
        return new SigmaRule(this.info, this.sources, this.#read, counted);
    }
    get eventIds() {
        return this.#read().eventIds;
    }
    get needs() {
        return this.#read().needs;
    }
    get questions() {
        const test = this.#read();
        return test.alternatives ?? [test];
    }
    match(event) {
        const test = this.#read();
        const values = eventValues(event);
        if (!test.test(values))
            return null;
        const names = new Set();
        test.names(values, names);
        return [...names];
    }
}
//# sourceMappingURL=rule.js.map