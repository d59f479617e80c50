/**
 * Limits in milliseconds: a rule that exceeds the total in one file, and the mean for each evaluation, is left out of the
 * rest of that file, and after a number of such files of all that follow. Rules of the packs take a hundredth of that.
 */
const MOST = { total: 10_000, each: 0.1, files: 3 };
/** The rules, with the time taken that those of the user take. */
export function timed(rules, now, most = MOST) {
    const own = [];
    const events = rules.events.map((rule) => {
        if (rule.info.pack !== 'rules' || rule.alone !== undefined)
            return rule;
        const one = new TimedRule(rule, now, most);
        own.push(one);
        return one;
    });
    return { ...rules, events, slow: () => own.flatMap((rule) => rule.endFile()) };
}
/** A rule that matches nothing more in a file once it has taken too long there. */
class TimedRule {
    #rule;
    #now;
    #most;
    #questions;
    #time = 0;
    #asked = 0;
    #isOut = false;
    /** Was it not evaluated for a part of this file? */
    #missed = false;
    /** In how many files it took too long. */
    #files = 0;
    constructor(rule, now, most) {
        this.#rule = rule;
        this.#now = now;
        this.#most = most;
    }
    get info() {
        return this.#rule.info;
    }
    get sources() {
        return this.#rule.sources;
    }
    get eventIds() {
        return this.#rule.eventIds;
    }
    get needs() {
        return this.#rule.needs;
    }
    get trail() {
        return this.#rule.trail;
    }
    get isPart() {
        return this.#rule.isPart;
    }
    get questions() {
        const { questions } = this.#rule;
        return (this.#questions ??= questions?.map((question) => ({
            ...question,
            // What is known of a value is kept for later files: a rule that is out could match anything.
            could: (known) => this.#timed(() => question.could(known), true),
        })));
    }
    match(event) {
        if (this.#isOut)
            this.#missed = true;
        return this.#timed(() => this.#rule.match(event), null);
    }
    /** The file ends: says whether the rule was left out of some of it, and begins anew. */
    endFile() {
        const isTold = this.#missed;
        this.#missed = false;
        this.#time = this.#asked = 0;
        this.#isOut = this.#files >= this.#most.files;
        const { file, id } = this.info;
        const detail = `The rule ${id} took too long and was left out of part of the evidence.`;
        return isTold ? [{ file, reason: 'slow', detail }] : [];
    }
    #timed(ask, no) {
        if (this.#isOut)
            return no;
        const began = this.#now();
        const answer = ask();
        this.#time += this.#now() - began;
        this.#asked++;
        if (this.#time > this.#most.total && this.#time > this.#asked * this.#most.each) {
            this.#isOut = true;
            this.#missed = true;
            this.#files++;
        }
        return answer;
    }
}
//# sourceMappingURL=rule-time-limit.js.map