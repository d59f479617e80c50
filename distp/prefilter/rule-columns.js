import { mailColumns } from './mail-columns.js';
import { traitColumns } from '../parsers/row-layout.js';
import { fold } from '../rules/field-values.js';
/** What the columns of a layout make. */
export class RuleColumns {
    names;
    /** Names (folded) of the fields that each column makes, and of those the ones that it makes alone. */
    made;
    own;
    joint;
    /** The column of the path, where that of the query is the next: an address stands in a row with a delimiter for its `?`. */
    border;
    #layout;
    /** Fields that follow from those of single columns. */
    #joined;
    #isWeb;
    #traits;
    #grouped;
    constructor(layout) {
        this.#layout = layout;
        this.#grouped = mailColumns(layout)?.by ?? [];
        this.#isWeb = layout.sources.some(({ category }) => category === 'webserver');
        this.names = new Set(layout.fields.map(fold));
        this.#traits = new Set(traitColumns(layout).values());
        this.joint = new Set(layout.joint.keys());
        this.#joined = new Set(layout.joins?.fields.map(fold));
        const [path = -1, query = -1] = layout.joint.get('cs-uri') ?? [];
        this.border = path >= 0 && query === path + 1 && !layout.quoted ? path : -1;
        this.made = layout.columns.map((_, column) => Object.keys(layout.fieldsOf(column, layout.empty) ?? {}).map(fold));
        this.own = this.made.map((made) => new Set(made.filter((name) => !layout.joint.has(name))));
    }
    /**
     * Does every field come from one column, or from those that are named for it? Else what one column says of a field is not
     * what the event has: a log may have a column of the name that another column gives to its value.
     */
    areApart() {
        // Two names of one value that differ by case are one field.
        const all = this.made.flatMap((made) => [...new Set(made)]);
        return (new Set(all).size === all.length &&
            this.made.every((made, column) => made.every((name) => this.#layout.joint.get(name)?.includes(column) ?? !this.#joined.has(name))));
    }
    /** Are requests counted by the values of a column? */
    isTrait(column) {
        return this.#traits.has(column);
    }
    /** Are rows counted by the values of a column, alone or with others? */
    isCounted(column) {
        return this.isTrait(column) || this.#grouped.includes(column);
    }
    /** Does a column make a field, be it with others? */
    makes(column, name) {
        return this.made[column].includes(name) || (this.#layout.joint.get(name)?.includes(column) ?? false);
    }
    /** Columns that make one of these fields without others. */
    alone(names) {
        return this.own.flatMap((own, column) => ([...names].some((name) => own.has(name)) ? [column] : []));
    }
    /** Columns that make one of these fields, be it with others; the path is a part of one form of the query. */
    lookedAt(names) {
        return this.made.flatMap((_, column) => ([...names].some((name) => this.makes(column, name)) ? [column] : []));
    }
    /** Do the values of columns tell the field of a (folded) name? */
    isTold(name) {
        if (name === '')
            return false;
        if (!this.names.has(name) || this.#joined.has(name))
            return true;
        const makers = this.made.filter((made) => made.includes(name)).length;
        // The path with the query is a form that follows from the two.
        return makers === 1 && (!this.joint.has(name) || name === 'cs-uri-query');
    }
    /** A rule that looks at one field only, wherever one of the texts stands in it. */
    askedAlone(number, rule, texts) {
        return [...rule.alone]
            .filter((name) => this.names.has(name))
            .map((field) => {
            const needs = texts.map((text) => ({ field, text }));
            const groups = [this.#groupOf({ needs, exact: false })].filter((group) => group !== null);
            return {
                rule: number,
                whole: rule,
                question: { could: () => undefined, reads: new Set([field]) },
                groups,
                refusing: [],
                decidedBy: null,
                comparedBy: null,
            };
        });
    }
    asked(rule, question) {
        const usable = (question.groups ?? []).flatMap((group) => [longest, second].flatMap((part) => {
            const needs = this.#groupOf(group, part);
            return needs === null ? [] : [{ group, needs }];
        }));
        // What a column lacks that makes its field alone, its value refuses once a question is left: a group of such a field
        // is of use where it is rare, or the only one.
        const searched = usable.filter(({ needs }) => needs.every(({ field, text }) => this.#isJoint(field) || (text.length >= RARE && !this.isRemembered(field))));
        const kept = searched.length > 0 ? searched.slice(0, GROUPS) : usable.length > 0 ? [usable.reduce(rarer)] : [];
        const rest = new Set(question.rest);
        for (const group of question.groups ?? [])
            if (!kept.some((one) => one.group === group && this.#isExact(one.group, one.needs)))
                for (const { field } of group.needs)
                    rest.add(field);
        const decidedBy = this.#decidedBy(rest);
        const compares = question.compares && decidedBy ? this.#decidedBy(question.compares) : null;
        const comparedBy = compares !== null && isPartOf(compares, decidedBy) ? compares : null;
        const asWritten = kept.some(({ group, needs }) => this.#isExact(group, needs) && needs.some(isAnywhere));
        const groups = kept.map(({ needs }) => needs);
        return { rule, question, groups, refusing: this.#refusing(usable, kept), decidedBy, comparedBy, asWritten };
    }
    /** Of some groups those whose texts stand in the values of one column, if anywhere. */
    #refusing(usable, kept) {
        let next = kept.length;
        return usable.flatMap((one) => {
            const columns = new Set(one.needs.map(({ field }) => this.own.findIndex((own) => own.has(field))));
            const [column] = columns;
            if (columns.size !== 1 || column === undefined || column < 0)
                return [];
            const at = kept.indexOf(one);
            const group = at < 0 ? next++ : at;
            return group < ITEM_GROUPS ? [{ column, group, needs: one.needs }] : [];
        });
    }
    #isJoint(name) {
        return name === '' || this.joint.has(name);
    }
    /** Is the value of a field's column known of every row, whatever rules ask? */
    isRemembered(name) {
        const { context, watched, client } = this.#layout;
        return this.own.every((own, column) => !own.has(name) ||
            context.includes(column) ||
            watched.includes(column) ||
            client === column ||
            this.isCounted(column));
    }
    /** The texts of a group, such as one column can hold; null when they cannot be looked for. */
    #groupOf({ needs }, part = longest) {
        const found = [];
        for (const { field, text, isEnd = false } of needs) {
            // A field that no row has holds nothing.
            if (field !== '' && !this.names.has(field))
                continue;
            const whole = field !== '' && (!this.joint.has(field) || this.border >= 0);
            if (whole && part === second)
                return null;
            const piece = whole ? text : part(text, field === '' ? this.#layout.delimiter : null);
            const atEnd = isEnd && text.endsWith(piece) && this.#isEnd(field);
            // What is derived and no column holds as it stands (`true`) cannot be looked for.
            if (piece.length < (atEnd ? 1 : 2) || this.#isDerived(field))
                return null;
            if (field === '' && 'true\0false'.includes(piece))
                return null;
            found.push(atEnd ? { field, text: piece, isEnd: true } : { field, text: piece });
        }
        return found;
    }
    /** Does the value of each column that makes this field, be it with others, end where the field ends? */
    #isEnd(name) {
        return this.made.every((_, column) => !this.makes(column, name) || this.#layout.stands(column, name) === 'end');
    }
    /** May a field of several columns have a text that stands in none of them? */
    #isDerived(name) {
        return (this.#layout.joint.get(name) ?? []).some((column) => this.#layout.stands(column, name) === null);
    }
    /** Does a text that was found in a column stand in its field for certain? */
    #isExact(group, needs) {
        return (group.exact &&
            needs.length === group.needs.length &&
            needs.every(({ field, text }, i) => text === group.needs[i].text &&
                !text.includes('?') &&
                // In an agent a blank may be a plus sign.
                (field === '' ? !text.includes(' ') : this.#isWeb && field === 'cs-uri-query')));
    }
    #decidedBy(rest) {
        const columns = new Set();
        for (const name of rest) {
            if (name === '' || this.joint.has(name))
                return null;
            if (!this.names.has(name))
                continue;
            const makers = this.own.flatMap((own, column) => (own.has(name) ? [column] : []));
            if (makers.length !== 1)
                return null;
            columns.add(makers[0]);
        }
        return columns.size > DECIDING ? null : [...columns].sort((a, b) => a - b);
    }
}
/** Is it a text that may stand in any column? */
function isAnywhere({ field }) {
    return field === '';
}
/** Some of these columns, and not all. */
function isPartOf(some, all) {
    return some.length > 0 && some.length < all.length && some.every((column) => all.includes(column));
}
/** Of two groups the one whose shortest text is longer: fewer rows hold one. */
function rarer(a, b) {
    const shortest = ({ needs }) => needs.reduce((least, { text }) => Math.min(least, text.length), Infinity);
    return shortest(b) > shortest(a) ? b : a;
}
/** Groups of a question that are looked at; more of them rule out little more. */
const GROUPS = 4;
/** An item is the number of a question and of one of its groups, at most this number. */
export const ITEM_GROUPS = 8;
/** Words of methods, statuses and the like are shorter than this, and stand in many rows. */
const RARE = 6;
/** Columns whose values together are remembered with the answer. */
const DECIDING = 7;
/** The longest part of a text that cannot reach over the border of two columns. */
function longest(text, delimiter) {
    return byLength(text, delimiter)[0] ?? '';
}
/** And the one that is the longest beside it. */
function second(text, delimiter) {
    return byLength(text, delimiter)[1] ?? '';
}
function byLength(text, delimiter) {
    const borders = delimiter === null ? /[?]/ : delimiter === 32 ? /[? \0]/ : /[?,"\0]/;
    return text.split(borders).sort((a, b) => b.length - a.length);
}
//# sourceMappingURL=rule-columns.js.map