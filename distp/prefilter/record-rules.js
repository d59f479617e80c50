import { answers } from '../rules/log-source.js';
import { Field, Values } from '../rules/field-values.js';
const absent = new Field('', false, []);
/** Values together that are remembered with the answer, and the longest text of them. */
const REMEMBERED = { answers: 5_000, text: 2_000 };
/**
 * What rules say of the records of one form: a rule is out as soon as what all of them have in common says no, and what
 * is left is asked of the few fields that it reads. What these cannot tell stays possible.
 */
export class FormRules {
    /** Rules that match every record of the form. */
    certain;
    #form;
    #same;
    #questions;
    #alone;
    /** Fields that are asked for. */
    asks;
    #answers = new Map();
    /** Null when a rule can only be asked of whole events. */
    static of(rules, form) {
        const asked = rules.filter((rule) => answers(form, rule));
        if (!asked.every((rule) => rule.questions ?? rule.alone))
            return null;
        const made = new FormRules(asked, form);
        return made.asks.includes('') ? null : made;
    }
    constructor(rules, form) {
        this.#form = form;
        this.#same = new Values(eventOf(form, form.same));
        const known = (name) => this.#knownOf(name);
        const could = (rule) => rule.questions?.map((question) => [question, question.could(known)]) ?? [];
        this.certain = rules.filter((rule) => could(rule).some(([, answer]) => answer === true));
        const open = rules.filter((rule) => !this.certain.includes(rule));
        const questions = open.flatMap((rule) => could(rule).flatMap(([question, is]) => (is === false ? [] : [question])));
        this.#questions = questions;
        this.#alone = open.filter((rule) => rule.alone && [...rule.alone].some((name) => form.mayHave(name)));
        const names = [...questions.flatMap(({ reads }) => [...reads]), ...this.#alone.flatMap(({ alone }) => [...alone])];
        this.asks = [...new Set(names)].filter((name) => name === '' || this.#knownOf(name) === undefined);
    }
    /** May one of the other rules match the record whose fields `tell` tells? */
    could(tell) {
        if (this.#questions.length === 0 && this.#alone.length === 0)
            return false;
        const told = [];
        let key = '';
        for (const name of this.asks) {
            const value = tell(name);
            told.push(value);
            key += `${keyOf(value)}\0`;
        }
        let answer = this.#answers.get(key);
        if (answer !== undefined)
            return answer;
        answer = this.#ask(told);
        if (key.length > REMEMBERED.text)
            return answer;
        if (this.#answers.size >= REMEMBERED.answers)
            this.#answers.clear();
        this.#answers.set(key, answer);
        return answer;
    }
    #ask(told) {
        const fields = Object.create(null);
        const unknown = new Set();
        this.asks.forEach((name, i) => {
            const value = told[i];
            if (value === undefined)
                unknown.add(name);
            else if (value !== null)
                fields[name] = value;
        });
        const event = eventOf(this.#form, fields);
        const values = new Values(event);
        const known = (name) => (unknown.has(name) ? undefined : (this.#knownOf(name) ?? values.get(name)));
        if (this.#questions.some((question) => question.could(known) !== false))
            return true;
        return this.#alone.some((rule) => [...rule.alone].some((name) => unknown.has(name)) || rule.match(event) !== null);
    }
    /** What all records of the form have, or none. */
    #knownOf(name) {
        const same = this.#same.get(name);
        if (same.present)
            return same;
        return this.#form.mayHave(name) ? undefined : absent;
    }
}
function keyOf(value) {
    if (value === undefined)
        return '?';
    return typeof value === 'string' ? `"${value.length} ${value}` : JSON.stringify(value);
}
function eventOf({ log, sources }, fields) {
    const client = fields['c-ip'];
    return {
        log,
        sources,
        time: null,
        timeBasis: 'format',
        fields,
        raw: '',
        at: { path: '', offset: 0, length: 0 },
        host: null,
        client: typeof client === 'string' ? client : null,
        user: null,
        target: null,
        request: null,
        session: null,
    };
}
//# sourceMappingURL=record-rules.js.map