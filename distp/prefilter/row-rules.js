import { FastLexicon } from './wasm-rows.js';
import { FastRecords } from './wasm-records.js';
import { ValueCache, ROW } from './rows.js';
import { mailColumns } from './mail-columns.js';
import { FormRules } from './record-rules.js';
import { Candidates } from '../rules/rule-index.js';
import { answers } from '../rules/log-source.js';
import { ValueIds } from './value-ids.js';
import { Field, fold, Values } from '../rules/field-values.js';
import { ITEM_GROUPS, RuleColumns } from './rule-columns.js';
/**
 * What rules say of the values of rows, one lexicon for each list of columns. Null: rules can only be asked of whole
 * events. Kept from file to file, within bounds.
 */
export class ValueCaches {
    #rules;
    /** Without rules whose rows count only in an attack chain: no row is read for them. */
    #untied;
    #fast;
    #known = new Map();
    #keys = new WeakMap();
    /** Values by which requests are counted. */
    names = new ValueIds();
    /** `fast`: with the kernel, where it was built. */
    constructor(rules, { fast = true } = {}) {
        this.#rules = rules;
        this.#untied = rules.filter(({ info }) => !info.requiresChain);
        this.#fast = fast;
    }
    /** `tied`: with rules whose rows count only in an attack chain. */
    for(layout, tied = false) {
        const key = `${tied} ${this.#keyOf(layout)}`;
        let lexicon = this.#known.get(key);
        // What was asked for last is forgotten last.
        this.#known.delete(key);
        if (lexicon === undefined) {
            for (const oldest of this.#known.keys()) {
                if (this.#known.size < LEXICONS)
                    break;
                this.#known.delete(oldest);
            }
            const judge = RowPrefilter.of(tied ? this.#rules : this.#untied, layout);
            lexicon = judge && ((this.#fast ? FastLexicon.of(judge, layout) : null) ?? new ValueCache(judge));
        }
        this.#known.set(key, lexicon);
        return lexicon;
    }
    /** Layouts of logs of one kind share the list of their fields. */
    #keyOf({ sources, delimiter, columns, fields }) {
        const known = this.#keys.get(fields);
        if (known?.columns === columns && known.sources === sources && known.delimiter === delimiter)
            return known.key;
        const key = JSON.stringify([sources, delimiter, columns, fields]);
        this.#keys.set(fields, { sources, delimiter, columns, key });
        return key;
    }
    /** The same for records of one form. `tied`: with rules whose rows count only in an attack chain. */
    records(form, tied) {
        return FormRules.of(tied ? this.#rules : this.#untied, form);
    }
    /** What reads the records of one file; null without the kernel. */
    scanner() {
        return this.#fast ? FastRecords.make() : null;
    }
}
const LEXICONS = 6;
const absent = new Field('', false, []);
/**
 * Which rules can match a row, told by one value at a time. A rule is taken apart into questions, of which one must be
 * answered with yes. A question is out as soon as one column alone says no, or when a text that it needs stands in no
 * column. What is left is asked of all columns together; what they cannot tell stays possible: the row is then read as a
 * whole and the rule asked of its event.
 */
export class RowPrefilter {
    columns;
    isEager;
    isSearched;
    isAnywhere;
    open;
    openWords;
    questions;
    rules;
    #layout;
    #columns;
    #asked;
    /** Columns that make what each question asks about; questions of the same have the same list. */
    #lookedAt;
    /** The values of the row that was asked about last, by such lists. */
    #row = { at: -1, values: new Map() };
    #byColumn;
    border;
    groups;
    /** Texts that reach over the border. */
    #across;
    /** Null when a rule can only be evaluated on whole events. */
    static of(rules, layout) {
        const asked = rules.filter((rule) => answers(layout, rule));
        if (!asked.every((rule) => rule.questions ?? rule.alone))
            return null;
        const judge = new RowPrefilter(asked, layout);
        return judge.#columns.areApart() ? judge : null;
    }
    constructor(rules, layout) {
        this.#layout = layout;
        this.rules = rules;
        const columns = new RuleColumns(layout);
        this.#columns = columns;
        // Of a value that is known of every row it is remembered what such a rule says; in others its texts are looked for.
        const isByValue = ({ alone, aloneTexts }) => alone !== undefined &&
            (aloneTexts === undefined || [...alone].every((name) => !columns.joint.has(name) && columns.isRemembered(name)));
        const alone = rules.flatMap((rule, number) => (isByValue(rule) ? [{ rule, number }] : []));
        // What asks for a field that no row has is answered once for all.
        const nothing = (name) => (name === '' || columns.names.has(name) ? undefined : absent);
        const asked = rules.flatMap((rule, number) => isByValue(rule)
            ? []
            : rule.aloneTexts
                ? columns.askedAlone(number, rule, rule.aloneTexts)
                : (rule.questions ?? [])
                    .filter((question) => question.could(nothing) !== false)
                    .map((question) => columns.asked(number, question)));
        const inOrder = [
            ...asked.filter(({ groups }) => groups.length === 0),
            ...asked.filter(({ groups }) => groups.length > 0),
        ];
        const opens = inOrder.findIndex(({ groups }) => groups.length > 0);
        const openCount = opens < 0 ? inOrder.length : opens;
        this.openWords = Math.max(1, Math.ceil(openCount / 32));
        this.#asked = inOrder;
        this.questions = inOrder.map(({ rule, question, groups, decidedBy, comparedBy, asWritten = false }) => ({
            rule,
            full: (1 << groups.length) - 1,
            decidedBy,
            comparedBy,
            asWritten,
            refusedBy: columns.alone(question.reads),
        }));
        const lists = new Map();
        this.#lookedAt = inOrder.map(({ question }) => {
            const list = columns.lookedAt(question.reads);
            const known = lists.get(list.join());
            if (!known)
                lists.set(list.join(), list);
            return known ?? list;
        });
        const words = Math.max(1, Math.ceil(inOrder.length / 32));
        this.open = new Uint32Array(words);
        for (let bit = 0; bit < openCount; bit++)
            set(this.open, bit);
        this.#byColumn = layout.columns.map((_, column) => new ColumnRules(column, layout, columns, inOrder, alone, words));
        this.columns = this.#byColumn.map(({ kind }) => kind);
        this.isEager = this.#byColumn.map(({ isEager }) => isEager);
        this.isSearched = this.#byColumn.map(({ isSearched }) => isSearched);
        this.isAnywhere = this.#byColumn.map(({ isAnywhere }) => isAnywhere);
        this.border = columns.border;
        this.groups = mailColumns(layout);
        this.#across = columns.border < 0 ? [] : acrossOf(inOrder, columns, layout);
    }
    judge(column, value, found) {
        const fields = this.#layout.fieldsOf(column, value);
        if (fields === null)
            return null;
        return this.#byColumn[column].judge(value, fields, found && isAsWritten(value, fields) ? found : undefined);
    }
    texts(column) {
        return this.#byColumn[column]?.texts ?? this.#across;
    }
    textsOfValues(column) {
        return this.#byColumn[column].textsOfValues;
    }
    across(path, query) {
        if (this.#across.length === 0)
            return [];
        const between = String.fromCharCode(this.#layout.delimiter);
        // As it is written and with its escapes undone.
        const event = eventOf(this.#layout, { 'cs-uri': `${path}${between}${query}` }, '', null);
        const forms = new Values(event).get('cs-uri').folded;
        return this.#across.flatMap(({ text, items }) => (forms.some((form) => form.includes(text)) ? items : []));
    }
    found(column, value) {
        const fields = this.#layout.fieldsOf(column, value);
        return fields === null ? null : this.#byColumn[column].found(value, fields);
    }
    refused(questions, column, value) {
        const fields = this.#layout.fieldsOf(column, value);
        return fields === null ? [] : this.#byColumn[column].refused(questions, value, fields);
    }
    answer(question, at, textOf, only) {
        const { question: asked, whole } = this.#asked[question];
        if (only) {
            const fields = this.#fieldsOf(only, textOf);
            return fields === null ? undefined : this.#answerBy(asked, fields);
        }
        const values = this.#valuesOf(this.#lookedAt[question], at, textOf);
        if (values === null)
            return undefined;
        if (whole)
            return whole.match(values.event) !== null;
        const raw = asked.reads.has('') ? new Field('raw', true, [textOf(ROW)]) : undefined;
        return asked.could((name) => (name === '' ? raw : this.#columns.isTold(name) ? values.get(name) : undefined));
    }
    /** The values of a row, as far as these columns make them. */
    #valuesOf(columns, at, textOf) {
        if (at !== this.#row.at)
            this.#row = { at, values: new Map() };
        let values = this.#row.values.get(columns);
        if (values === undefined) {
            const fields = this.#fieldsOf(columns, textOf);
            if (fields !== null)
                Object.assign(fields, this.#layout.joins?.of(fields));
            values = fields && new Values(eventOf(this.#layout, fields, '', null));
            if (at >= 0)
                this.#row.values.set(columns, values);
        }
        return values;
    }
    #fieldsOf(columns, textOf) {
        const fields = {};
        for (const column of columns) {
            const own = this.#layout.fieldsOf(column, textOf(column));
            if (own === null)
                return null;
            Object.assign(fields, own);
        }
        return fields;
    }
    /** The answer where no more than these fields are known. */
    #answerBy(asked, fields) {
        const values = new Values(eventOf(this.#layout, fields, '', null));
        const known = new Set(Object.keys(fields).map(fold));
        return asked.could((name) => this.#columns.isTold(name) && (known.has(name) || !this.#columns.names.has(name)) ? values.get(name) : undefined);
    }
}
/** Texts that are looked for in each value of a column; where there are more, each value is remembered. */
const TEXTS = 20_000;
/** Maximum number of lists of texts found in values of a column that are remembered. */
const FOUND = 4_096;
/** With more texts than this a rule is asked about each value. */
const HINTS = 2_000;
/** The conditions of rules on one column. */
class ColumnRules {
    kind;
    isEager;
    isSearched;
    isAnywhere;
    made;
    texts;
    textsOfValues;
    #layout;
    #all;
    /** Groups of texts (a bit each) without any of which a value refuses a question. */
    #refusing;
    /** The groups of each question that stand for items of rows. */
    #groups;
    /** What values say in which the same texts stand. */
    #byFound = new Map();
    /** The same by lists that are handed over again. */
    #byList = new WeakMap();
    /** Questions that read a field which this column alone makes. */
    #reading;
    /** Those of them that need no text: each new value is asked about them. */
    #open;
    #sought;
    /** The same, and the texts of groups for which refusing alone they are looked for. */
    #soughtInValues;
    #isClient;
    #isOneClient;
    #alone;
    #columns;
    #own;
    constructor(column, layout, columns, asked, alone, words) {
        this.#layout = layout;
        this.#columns = columns;
        this.#all = new Uint32Array(words).fill(0xffff_ffff);
        this.made = columns.made[column];
        this.#own = columns.own[column];
        this.#reading = new Map([...asked.entries()].filter(([, { question }]) => [...question.reads].some((name) => this.#own.has(name))));
        this.#open = [...this.#reading].flatMap(([number, { question, groups }]) => groups.length === 0 ? [[number, question]] : []);
        this.#isOneClient = layout.clients?.includes(column) ?? false;
        this.#isClient = layout.client === column || this.#isOneClient;
        const aloneHere = alone.filter(({ rule }) => [...rule.alone].some((name) => this.made.includes(name) || (this.#isClient && name === 'c-ip')));
        this.#alone = aloneHere.map((one, i) => ({ ...one, item: isHinted(one) ? (asked.length + i) * ITEM_GROUPS : null }));
        const soughtOf = (item, needs) => {
            const here = needs.filter(({ field }) => field === '' || columns.makes(column, field));
            // The raw text is asked as well where any field will do.
            const under = ({ field, text }) => [...this.made, ...(field === '' ? [''] : [])].map((name) => ({ field: name, text }));
            return here.length === 0 ? [] : [{ item, texts: here.map(pieceOf), needs: here.flatMap(under) }];
        };
        const sought = asked.flatMap(({ groups }, question) => groups.flatMap((needs, group) => soughtOf(question * ITEM_GROUPS + group, needs)));
        this.#groups = asked.map(({ groups }) => groups.length);
        // What a client is called may not be what stands in the row.
        const refusing = this.#isClient
            ? []
            : asked.flatMap((one, question) => one.refusing.flatMap((group) => (group.column === column ? [{ question, ...group }] : [])));
        this.#refusing = bitsByQuestion(refusing);
        const besides = refusing.filter(({ question, group }) => group >= this.#groups[question]);
        // One name of the value stands for all that the column gives it.
        const [field = ''] = this.made;
        const hints = this.#alone.flatMap(({ rule, item }) => item === null
            ? []
            : soughtOf(item, rule.aloneTexts.map((text) => ({ field, text }))));
        const soughtInValues = [
            ...sought,
            ...hints,
            ...besides.flatMap(({ question, group, needs }) => soughtOf(question * ITEM_GROUPS + group, needs)),
        ];
        this.#sought = sought.length > 0 ? new Candidates(sought) : null;
        const areMore = besides.length > 0 || hints.length > 0;
        this.#soughtInValues = areMore ? new Candidates(soughtInValues) : this.#sought;
        // Agents are also read with blanks for their plus signs.
        const isAgent = this.made.includes('cs-user-agent');
        this.texts = textsOf(sought, isAgent);
        this.textsOfValues = areMore ? textsOf(soughtInValues, isAgent) : this.texts;
        const needed = this.#reading.size > 0 || this.#alone.length > 0 || this.#sought !== null;
        const isOwed = layout.context.includes(column) ||
            layout.watched.includes(column) ||
            layout.client === column ||
            columns.isCounted(column);
        const isOpen = this.#open.length > 0;
        // Texts are looked for in a value as it is written: each field of which one is asked must stand there.
        const isSought = (name) => sought.some(({ needs }) => needs.some(({ field }) => field === '' || field === name));
        const isWritten = this.made.every((name) => !isSought(name) || layout.stands(column, name) !== null);
        this.isSearched =
            isWritten && !isOwed && !isOpen && this.#alone.length === 0 && this.texts.length > 0 && this.texts.length <= TEXTS;
        this.isEager = isOwed || isOpen || this.#alone.length > 0 || (this.#sought !== null && !this.isSearched);
        const isOwn = ({ field }) => field !== '' && columns.makes(column, field);
        this.isAnywhere = this.isSearched && !asked.some(({ groups }) => groups.some((needs) => needs.some(isOwn)));
        this.kind = !needed && !isOwed ? 'skip' : this.isSearched && this.#reading.size === 0 ? 'text' : 'read';
    }
    judge(value, fields, found) {
        const mark = isMark(fields);
        // Rules look only for texts in it.
        const alone = found ? this.#aloneFor(value, found) : this.#alone;
        if (found && this.#open.length === 0 && alone.length === 0)
            return { ...this.#knownBy(found), sure: [], mark };
        const event = this.#eventOf(value, fields);
        const sure = alone.flatMap(({ rule, number }) => (rule.match(event) ? [number] : []));
        // One of several columns may hold the client: which does, the whole row tells.
        if (sure.length > 0 && this.#isOneClient)
            return null;
        const values = new Values(event);
        const known = this.#knownOf(values);
        const standing = this.#knownBy(found ?? this.#found(values, this.#soughtInValues));
        const could = Uint32Array.from(standing.could);
        // Of questions that need a text few are ever left: they are asked when it was found.
        for (const [number, question] of this.#open)
            if (question.could(known) === false)
                clear(could, number);
        return { could, items: standing.items, sure, mark };
    }
    /** Rules that look at this column alone, without those whose texts a value does not hold. */
    #aloneFor(value, found) {
        if (value.includes('%'))
            return this.#alone;
        return this.#alone.filter(({ item }) => item === null || found.includes(item));
    }
    /** What a value says by the texts that stand in it; the same for every value with these. */
    #knownBy(found) {
        const same = this.#byList.get(found);
        if (same !== undefined)
            return same;
        const key = found.join();
        let known = this.#byFound.get(key);
        if (known === undefined) {
            const could = Uint32Array.from(this.#all);
            const standing = new Map();
            for (const item of found) {
                const question = Math.floor(item / ITEM_GROUPS);
                standing.set(question, (standing.get(question) ?? 0) | (1 << (item % ITEM_GROUPS)));
            }
            for (const [question, groups] of this.#refusing)
                if (((standing.get(question) ?? 0) & groups) !== groups)
                    clear(could, question);
            const items = found.filter((item) => item % ITEM_GROUPS < this.#groups[Math.floor(item / ITEM_GROUPS)]);
            known = { could, items };
            if (this.#byFound.size < FOUND)
                this.#byFound.set(key, known);
        }
        this.#byList.set(found, known);
        return known;
    }
    refused(questions, value, fields) {
        const known = this.#knownOf(new Values(this.#eventOf(value, fields)));
        return questions.filter((question) => this.#reading.get(question)?.question.could(known) === false);
    }
    found(value, fields) {
        return this.#found(new Values(this.#eventOf(value, fields)), this.#sought);
    }
    /** What is known where no more than the fields of this column are. */
    #knownOf(values) {
        const { names } = this.#columns;
        return (name) => (this.#own.has(name) ? values.get(name) : names.has(name) || name === '' ? undefined : absent);
    }
    #eventOf(value, fields) {
        return eventOf(this.#layout, fields, value, this.#isClient ? this.#layout.clientOf(value) : null);
    }
    #found(values, sought) {
        if (sought === null)
            return [];
        const found = [];
        let everything = null;
        for (const { item, texts } of sought.of(values)) {
            everything ??= `${textOf(values)}\0`;
            if (texts.some(({ text, isEnd }) => everything.includes(isEnd ? `${text}\0` : text)))
                found.push(item);
        }
        return found;
    }
}
/** Are the texts of a rule looked for in new values? */
function isHinted({ rule: { aloneTexts } }) {
    return aloneTexts !== undefined && aloneTexts.length <= HINTS && aloneTexts.every(({ length }) => length > 1);
}
/** Of each question a bit for each of these groups. */
function bitsByQuestion(groups) {
    const bits = new Map();
    for (const { question, group } of groups)
        bits.set(question, (bits.get(question) ?? 0) | (1 << group));
    return bits;
}
/** Texts with a `?` as they stand in a row where it is the border between path and query. */
function acrossOf(asked, columns, { delimiter }) {
    const between = String.fromCharCode(delimiter);
    const sought = asked.flatMap(({ groups }, question) => groups.map((needs, group) => {
        const texts = needs
            .filter(({ field }) => columns.joint.has(field))
            .flatMap(({ text }) => [...text.matchAll(/\?/g)].map(({ index }) => ({
            text: `${text.slice(0, index)}${between}${text.slice(index + 1)}`,
        })));
        return { item: question * ITEM_GROUPS + group, texts, needs };
    }));
    return textsOf(sought, false);
}
function pieceOf({ text, isEnd }) {
    return isEnd ? { text, isEnd } : { text };
}
/** Each text once, with all that it is a sign of. `plus`: a blank may be written as a plus sign. */
function textsOf(sought, plus) {
    const all = new Map();
    for (const { item, texts } of sought) {
        const spelled = texts.flatMap((piece) => plus && piece.text.includes(' ') ? [piece, { ...piece, text: piece.text.replaceAll(' ', '+') }] : [piece]);
        for (const piece of spelled) {
            const key = `${piece.text}${piece.isEnd ? '\0' : ''}`;
            const known = all.get(key);
            if (known === undefined)
                all.set(key, { ...piece, items: [item] });
            else if (known.items.at(-1) !== item)
                known.items.push(item);
        }
    }
    return [...all.values()];
}
function eventOf({ sources }, fields, raw, client) {
    return {
        // No rule looks at the kind: log sources stand for it.
        log: 'exchange-other',
        sources,
        time: null,
        timeBasis: 'format',
        fields,
        raw,
        at: { path: '', offset: 0, length: 0 },
        host: null,
        client,
        user: null,
        target: null,
        request: null,
        session: null,
    };
}
/** Do fields contain only parts of the value that they are made of? */
function isAsWritten(value, fields) {
    for (const name in fields) {
        const field = fields[name];
        if (field !== null && field !== value && !value.includes(String(field)))
            return false;
    }
    return true;
}
/** Does a value show that a log is one of an Exchange server? */
export function isMark(fields) {
    const stem = fields['cs-uri-stem'];
    return typeof stem === 'string' && EXCHANGE.test(stem);
}
const EXCHANGE = /^\/(owa|ecp|ews|autodiscover|mapi|oab|rpc|microsoft-server-activesync|powershell)\b/i;
/** All forms of a value on which rules are evaluated. */
function textOf(values) {
    return [values.raw, ...values.all.map((field) => values.get(fold(field.name)))]
        .flatMap((field) => field.folded)
        .join('\0');
}
function set(bits, bit) {
    bits[bit >>> 5] |= 1 << (bit & 31);
}
function clear(bits, bit) {
    bits[bit >>> 5] &= ~(1 << (bit & 31));
}
//# sourceMappingURL=row-rules.js.map