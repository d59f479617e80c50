import { builtKernel, Instance } from './wasm.js';
// What stands for no list of names, and kinds of values; the same numbers stand in assembly/records.ts.
const CUT = -1;
const [STRING, OBJECT, CELL, ESCAPES, HIGH, KIND] = [0, 2, 4, 8, 16, 7];
/** A node from here on is a column. */
const COLUMN = 16;
const WINDOW = 128 * 1024;
const PAD = 64;
const LF = 10;
/** 32-bit words of a member, and of a value that is known. */
const [MEMBER, VALUE] = [4, 2];
/** Words of what is told of a row; the same places stand in assembly/records.ts. */
const [END, FROM, TO, IS_HIGH, PLAN, WHO, APP, ACCESS, HAS_ID, LOW, TOP] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** The same of pairs of words. */
const [TIME, ITEMS, BYTES] = [6, 7, 8];
/** Questions, and members of one. */
const MOST = { questions: 2_048, members: 56 };
const WITH_SUBJECTS = 0x100;
/** Reads the records of one file in the memory of the kernel. */
export class FastRecords {
    #kernel;
    #bytes;
    #words;
    #pairs;
    #told;
    #window;
    #members;
    #values;
    #isTable = false;
    /** Which bytes of the file the window holds. */
    #begins = 0;
    #length = 0;
    /** Where the row begins in the window. */
    #row = 0;
    /** The values that are known, as they were read. */
    #read = [];
    /** Null where the kernel was not built. */
    static make() {
        const module = builtKernel('records');
        return module && new FastRecords(new Instance(module, { env: {} }).exports);
    }
    constructor(made) {
        this.#kernel = made;
        this.#window = made.layOut();
        this.#bytes = Buffer.from(made.memory.buffer);
        this.#words = new Uint32Array(made.memory.buffer);
        this.#pairs = new Float64Array(made.memory.buffer);
        this.#told = made.rowTable() / 4;
        this.#members = made.memberTable() / 4;
        this.#values = made.valueTable() / 4;
    }
    setForm(form) {
        this.#isTable = form !== null;
        this.#kernel.setForm(form?.columns ?? 0, form?.data ?? 0, form?.delimiter ?? 0);
    }
    next(buffer, from, to, base) {
        const offset = base + from;
        const stop = base + to;
        let at = offset - this.#begins;
        if (at < 0 || at >= this.#length)
            at = this.#fill(buffer, from, to, offset);
        for (;;) {
            const names = this.#kernel.next(this.#window + at, this.#window + this.#length);
            this.#row = this.#window + at;
            if (names !== CUT)
                return names;
            if (at === 0 || this.#begins + this.#length >= stop)
                return 0;
            at = this.#fill(buffer, from, to, offset);
        }
    }
    #fill(buffer, from, to, offset) {
        this.#begins = offset;
        this.#length = Math.min(WINDOW, to - from);
        buffer.copy(this.#bytes, this.#window, from, from + this.#length);
        // Nothing that ends here is taken for whole.
        this.#bytes.fill(LF, this.#window + this.#length, this.#window + this.#length + PAD);
        return 0;
    }
    get count() {
        return this.#kernel.count.value;
    }
    get length() {
        return this.#words[this.#told + END] - this.#row;
    }
    get recordAt() {
        return this.#words[this.#told + FROM] - this.#row;
    }
    get recordLength() {
        return this.#words[this.#told + TO] - this.#words[this.#told + FROM];
    }
    get isHigh() {
        return this.#words[this.#told + IS_HIGH] !== 0;
    }
    row() {
        return this.#bytes.subarray(this.#row, this.#words[this.#told + END]);
    }
    name(member) {
        const at = this.#kernel.nodeAt(this.#words[this.#members + member * MEMBER + 3]) / 4;
        const kind = this.#words[at + 2];
        if (kind >= COLUMN)
            return kind - COLUMN;
        const key = this.#words[at];
        return this.#bytes.toString('latin1', key, key + this.#words[at + 1]);
    }
    isText(member) {
        const at = this.#members + member * MEMBER;
        const kind = this.#words[at + 2] & KIND;
        return (kind === STRING || kind === CELL) && this.#words[at + 1] > this.#words[at];
    }
    isObject(member) {
        return (this.#words[this.#members + member * MEMBER + 2] & KIND) === OBJECT;
    }
    isWithin(member, outer) {
        const [a, b] = [this.#members + member * MEMBER, this.#members + outer * MEMBER];
        return this.#words[a] >= this.#words[b] && this.#words[a + 1] <= this.#words[b + 1];
    }
    number(member) {
        const at = this.#members + member * MEMBER;
        return this.#kernel.numberOf(this.#words[at], this.#words[at + 1], this.#words[at + 2]);
    }
    known(number) {
        const known = this.#read[number];
        if (known !== undefined)
            return known;
        const at = this.#values + number * VALUE;
        const begins = this.#words[at];
        const key = this.#words[at + 1];
        return (this.#read[number] = this.#valueOf(begins, begins + (key >>> 8), key & 0xff));
    }
    value(member) {
        const at = this.#members + member * MEMBER;
        return this.#valueOf(this.#words[at], this.#words[at + 1], this.#words[at + 2]);
    }
    #valueOf(begins, ends, kind) {
        const text = this.#bytes.toString((kind & HIGH) === 0 ? 'latin1' : 'utf8', begins, ends);
        const form = kind & KIND;
        if (form === CELL || (form === STRING && (kind & ESCAPES) === 0))
            return text;
        const plain = this.#isTable ? text.replaceAll('""', '"') : text;
        return JSON.parse(form === STRING ? `"${plain}"` : plain);
    }
    learn(names, recipe) {
        const { time, id, apps, access, user, owner, organization, session, context, inContext, items } = recipe;
        const fixed = [time, id, ...apps, access, user, owner, organization, session, context, inContext, ...items];
        const clients = [recipe.clients.length, ...recipe.clients, -1, -1, -1].slice(0, 4);
        const all = [...fixed, ...clients, recipe.planned.length, ...recipe.planned];
        this.#words.set(Int32Array.from(all), this.#kernel.recipeAt(names) / 4);
    }
    tell(names) {
        return this.#kernel.tell(names) !== 0;
    }
    get time() {
        return this.#pairs[this.#told / 2 + TIME];
    }
    get plan() {
        return this.#words[this.#told + PLAN];
    }
    get who() {
        return this.#words[this.#told + WHO];
    }
    get app() {
        return this.#words[this.#told + APP] | 0;
    }
    get access() {
        return this.#words[this.#told + ACCESS];
    }
    get hasId() {
        return this.#words[this.#told + HAS_ID] !== 0;
    }
    digest(into) {
        into[0] = this.#words[this.#told + LOW];
        into[1] = this.#words[this.#told + TOP];
    }
    together(a, b, c) {
        return this.#kernel.together(0, a, b, c);
    }
    question(number, members, withSubjects) {
        if (number >= MOST.questions || members.length > MOST.members)
            return false;
        const first = members.length + (withSubjects ? WITH_SUBJECTS : 0);
        this.#words.set([first, ...members], this.#kernel.questionAt(number) / 4);
        return true;
    }
    asked(names, question, also) {
        return this.#kernel.asked(names, question, also);
    }
    countItems(names) {
        return this.#kernel.countItems(names) !== 0;
    }
    get items() {
        return this.#pairs[this.#told / 2 + ITEMS];
    }
    get bytes() {
        return this.#pairs[this.#told / 2 + BYTES];
    }
    forget() {
        if (this.#kernel.isFull.value !== 0) {
            this.#kernel.forgetNames();
            return 'names';
        }
        if (this.#kernel.hasRoom() !== 0)
            return null;
        this.#kernel.forgetValues();
        this.#read = [];
        return 'values';
    }
}
//# sourceMappingURL=wasm-records.js.map