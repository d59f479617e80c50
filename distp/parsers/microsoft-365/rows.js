import { isUtf8 } from 'node:buffer';
import { canonicalIp } from '../../lib/ip.js';
import { isoTime } from '../../lib/time.js';
import { clientSystems, systemOf } from '../../model/client-systems.js';
import { houseOf } from './addresses.js';
import { membersOf, nameAround, jsonObjectOf, memberText, wholeOf } from './record.js';
import { isUntold, lengthed, propertyNames, plainOf, fieldOfMember } from './skim.js';
import { isSignIn, isVaried, ITEM_FIELDS, PLAIN_LISTS } from './unified.js';
import { accessOf, actOf, acts, countMessages, } from './use.js';
/** Plans that are remembered. */
const MOST = { plans: 2_000 };
/**
 * Takes regular records of the unified audit log that no rule can match off the bytes of a file, and tells of them what
 * their events would have told. Every other row is left to the reader of rows, which decides on it as if this were not here.
 */
export class CloudRows {
    end = 0;
    /** The offset in the file behind the last row that was taken. */
    until = 0;
    #scanner;
    #form;
    #context;
    /** By the number of the list of names; null where rows with such names are read as a whole. */
    #shapes = [];
    #plans = 0;
    #memory = new Memory();
    /** By the numbers that the scanner gives to values together. */
    #planned = Array.from({ length: TOGETHER });
    #whose = Array.from({ length: TOGETHER });
    #places = Array.from({ length: TOGETHER });
    #answers = new Uint8Array(TOGETHER);
    #questions = 0;
    #told;
    #halves = new Uint32Array(2);
    /** The row at hand: what its names are, and its members as far as they were asked for. */
    #shape;
    #members = null;
    #plannedOf;
    /** A value of it is too long to be known again. */
    #isOdd = false;
    constructor(scanner, form, context) {
        this.#scanner = scanner;
        this.#form = form;
        this.#context = context;
        this.#told = new Told(context.path, (member) => scanner.value(member), (name) => this.#tell(name));
    }
    take(buffer, from, to, base, number) {
        const scanner = this.#scanner;
        scanner.setForm(this.#form);
        let rows = 0;
        let at = from;
        while (at < to) {
            const forgotten = scanner.forget();
            if (forgotten !== null)
                this.#forget(forgotten);
            const names = scanner.next(buffer, at, to, base);
            if (names === 0 || !this.#take(names, base + at, number + rows))
                break;
            at += scanner.length;
            rows++;
        }
        this.end = at;
        if (rows > 0)
            this.until = base + at;
        return rows;
    }
    #forget(what) {
        this.#planned.fill(undefined);
        this.#whose.fill(undefined);
        this.#places.fill(undefined);
        this.#answers.fill(UNKNOWN);
        if (what === 'names')
            this.#shapes = [];
        else {
            this.#memory.clear();
            for (const shape of this.#shapes)
                if (shape)
                    shape.plans = new Map();
            this.#plans = 0;
        }
        this.#questions = 0;
    }
    #take(names, offset, line) {
        const scanner = this.#scanner;
        let shape = this.#shapes[names];
        if (shape === undefined) {
            shape = shapeOf(scanner, this.#context.columns);
            this.#shapes[names] = shape;
            if (shape !== null)
                scanner.learn(names, recipeOf(shape));
        }
        if (shape === null)
            return false;
        this.#shape = shape;
        if (scanner.isHigh && !isUtf8(scanner.row()))
            return false;
        this.#isOdd = false;
        if (!scanner.tell(names))
            return false;
        const time = Number.isNaN(scanner.time) ? isoTime(scanner.value(shape.time)) : scanner.time;
        if (time === null)
            return false;
        const planned = this.#planned[scanner.plan] ?? this.#newPlanned(shape);
        if (planned === null)
            return false;
        const { plan } = planned;
        if (plan === null)
            return false;
        const who = this.#whose[scanner.who] ?? this.#newWho(shape);
        if (who === null)
            return false;
        const told = this.#told;
        told.offset = this.#form === null ? offset + scanner.recordAt : offset;
        told.length = this.#form === null ? scanner.recordLength : scanner.length;
        told.line = line;
        told.time = time;
        this.#fill(told, shape, planned, plan, who);
        if (plan.act !== null)
            this.#amount(names, shape);
        if (this.#isOdd)
            return false;
        const halves = told.idMember < 0 ? null : this.#halves;
        if (halves !== null) {
            scanner.digest(halves);
            if (this.#context.account.isTwice(halves, told.index, told.count))
                return true;
        }
        this.#members = null;
        this.#plannedOf = planned;
        const could = this.#could(names, plan, who);
        if (this.#isOdd || could || !plan.judge.passes(told, false))
            return false;
        this.#context.account.heard(told, halves);
        return true;
    }
    /** What is told of the row at hand, but for where it stands and how much it is about. */
    #fill(told, shape, planned, plan, who) {
        const scanner = this.#scanner;
        const { app } = scanner;
        told.who = who;
        told.user = who.user;
        told.client = who.client;
        told.session = who.session;
        told.house = who.house;
        told.mailbox = who.mailbox;
        told.owner = who.owner;
        told.idMember = scanner.hasId ? shape.id : -1;
        told.idText = null;
        told.index = this.#whole(shape.index);
        told.count = this.#whole(shape.count);
        told.operation = planned.operation;
        told.app = app < 0 ? '' : scanner.known(app);
        told.act = plan.act;
        const access = plan.act === 'bind' ? this.#access(shape) : NO_ACCESS;
        told.isSync = access.isSync;
        told.isThrottled = access.isThrottled;
        told.system = plan.act === null ? '' : this.#system(shape);
        told.place = plan.act === null ? null : this.#placeOf(app, plan.act, access.isSync, told.system);
        told.items = 0;
        told.bytes = 0;
    }
    // ---------------------------------------------------------------- values
    #number(member) {
        const number = this.#scanner.number(member);
        if (number < 0)
            this.#isOdd = true;
        return number;
    }
    /** A text with something in it. */
    #text(member) {
        if (member < 0 || !this.#scanner.isText(member))
            return null;
        const number = this.#number(member);
        return number < 0 ? null : this.#scanner.known(number);
    }
    #value(member) {
        const number = this.#number(member);
        return number < 0 ? null : this.#scanner.known(number);
    }
    #whole(member) {
        return member < 0 ? null : wholeOf(this.#scanner.value(member));
    }
    /** Who did it from where: the same for all rows that have the same values there. Null where one is too long. */
    #newWho(shape) {
        let client = null;
        let clientNumber = -1;
        for (const member of shape.clients) {
            if (!this.#scanner.isText(member))
                continue;
            const number = this.#number(member);
            client = canonicalIp(this.#scanner.known(number));
            if (client === null)
                continue;
            clientNumber = number;
            break;
        }
        const user = this.#text(shape.user);
        const mailbox = this.#text(shape.owner);
        const session = this.#session(shape);
        const house = houseOf(this.#text(shape.organization), user);
        const who = { user, client, clientNumber, session, house, mailbox, owner: mailbox ?? user, account: null };
        if (this.#isOdd)
            return null;
        this.#whose[this.#scanner.who] = who;
        return who;
    }
    #placeOf(app, act, isSync, system) {
        const way = acts.indexOf(isSync ? 'sync' : act) + acts.length * clientSystems.indexOf(system);
        const number = this.#scanner.together(this.#scanner.who, app, way);
        return (this.#places[number] ??= { mailbox: -2, source: -2, day: -1, cell: -1 });
    }
    /** The system that the client names, the same for all rows of that client. */
    #system({ clientInfo }) {
        if (clientInfo < 0 || !this.#scanner.isText(clientInfo))
            return '';
        const number = this.#number(clientInfo);
        return number < 0 ? '' : this.#memory.systems.of(number, () => systemOf(this.#scanner.known(number)));
    }
    #session(shape) {
        const own = this.#text(shape.session);
        if (own !== null)
            return own.toLowerCase();
        const { context } = shape;
        if (context === null)
            return null;
        if (context.isFlat)
            return this.#text(context.of.get('aadsessionid') ?? -1)?.toLowerCase() ?? null;
        const object = jsonObjectOf(this.#value(context.member));
        return object ? (memberText(membersOf(object), 'aadsessionid')?.toLowerCase() ?? null) : null;
    }
    #access(shape) {
        if (!isByProperties(shape))
            return accessOf(this.#lazily(shape));
        return this.#memory.accesses.of(this.#scanner.access, () => accessOf(this.#lazily(shape)));
    }
    #amount(names, shape) {
        const { items, bytes } = this.#scanner.countItems(names) ? this.#scanner : countMessages(this.#lazily(shape));
        this.#told.items = items;
        this.#told.bytes = bytes;
    }
    // ---------------------------------------------------------------- plans
    /** What rows with these names and values have in common; null where that cannot be remembered now. */
    #newPlanned(shape) {
        const plan = this.#planOf(shape);
        if (plan === undefined)
            return null;
        const planned = { plan, operation: this.#text(shape.operation) ?? '', plain: null };
        this.#planned[this.#scanner.plan] = planned;
        return planned;
    }
    /** Undefined where too many are remembered. */
    #planOf(shape) {
        let node = shape.plans;
        const keys = this.#keys;
        keys.length = 0;
        for (const member of shape.varied)
            keys.push(this.#number(member));
        for (const member of shape.plain) {
            const number = this.#number(member);
            keys.push(number < 0 ? -1 : this.#namesOf(number));
        }
        if (this.#isOdd || keys.includes(-1))
            return null;
        for (let i = 0; i < keys.length - 1; i++) {
            let inner = node.get(keys[i]);
            if (!inner)
                node.set(keys[i], (inner = new Map()));
            node = inner;
        }
        const last = keys.at(-1) ?? 0;
        const known = node.get(last);
        if (known !== undefined)
            return known;
        if (this.#plans++ >= MOST.plans) {
            this.#plans = 0;
            for (const other of this.#shapes)
                if (other)
                    other.plans = new Map();
            this.#planned.fill(undefined);
            this.#questions = 0;
            this.#answers.fill(UNKNOWN);
            return undefined;
        }
        const plan = this.#newPlan(shape);
        node.set(last, plan);
        return plan;
    }
    #keys = [];
    #namesOf(number) {
        return this.#memory.lists.of(number, () => {
            const names = propertyNames(this.#scanner.known(number));
            return names === null ? -1 : this.#memory.numberOf(names.map(lengthed).join(''));
        });
    }
    /** What rows with the same names, and the same values where these matter, have in common. */
    #newPlan(shape) {
        const row = this.#scanner.row();
        const { recordAt, recordLength } = this.#scanner;
        const whole = this.#form === null ? row.subarray(recordAt, recordAt + recordLength) : row;
        const record = this.#context.recordOf(whole.toString('utf8').replace(/\r?\n$/, ''));
        if (record === null || record.kind !== 'unified' || record.isCut || record.isPart)
            return null;
        const { members } = record;
        // Sign-ins are counted by what stands in their lists.
        if (isSignIn(members))
            return null;
        const judged = this.#context.skim.judgeOf(members);
        if (judged === null)
            return null;
        const { judge, plain } = judged;
        const asks = judge.asks.map((name) => this.#askOf(shape, plain, name));
        const act = actOf(memberText(members, 'operation') ?? '');
        return { judge, question: this.#question(shape, asks), act, answer: null };
    }
    #askOf(shape, { names }, name) {
        if (name === 'c-ip')
            return { by: 'client' };
        const member = shape.members.get(name);
        if (member !== undefined)
            return isUntold(name) ? { by: 'none' } : { by: 'member', member };
        if (names.includes(name))
            return { by: 'lists' };
        const dot = name.indexOf('.');
        const outer = dot > 0 ? shape.nested.get(name.slice(0, dot)) : undefined;
        if (outer?.isFlat) {
            const inner = outer.of.get(name.slice(dot + 1));
            return inner === undefined || inner < 0 ? { by: 'none' } : { by: 'member', member: inner };
        }
        if (outer)
            return { by: 'member', member: outer.member };
        return ITEM_FIELDS.has(name) ? { by: 'row', name } : { by: 'none' };
    }
    #question(shape, asks) {
        const number = this.#questions;
        const byRow = { number: -1, byClient: true, isOpen: true };
        if (asks.some((ask) => ask.by === 'row' && ask.name !== 'subjects'))
            return byRow;
        const members = asks.flatMap((ask) => (ask.by === 'lists' ? shape.plain : ask.by === 'member' ? [ask.member] : []));
        const withSubjects = asks.some(({ by }) => by === 'row');
        const byClient = asks.some(({ by }) => by === 'client');
        if (members.length === 0 && !withSubjects && !byClient)
            return { number: -1, byClient, isOpen: false };
        if (!this.#scanner.question(number, [...new Set(members)], withSubjects))
            return byRow;
        this.#questions++;
        return { number, byClient, isOpen: true };
    }
    #could(names, plan, who) {
        const { question, judge } = plan;
        const { tell } = this.#told;
        if (!question.isOpen)
            return (plan.answer ??= judge.could(tell));
        if (question.number < 0)
            return judge.could(tell);
        const number = this.#scanner.asked(names, question.number, question.byClient ? who.clientNumber : -1);
        if (number === IRREGULAR)
            return judge.could(tell);
        if (number < 0) {
            this.#isOdd = true;
            return true;
        }
        const known = this.#answers[number];
        if (known !== UNKNOWN)
            return known === COULD;
        const answer = judge.could(tell);
        this.#answers[number] = answer ? COULD : COULD_NOT;
        return answer;
    }
    #tell(name) {
        const members = (this.#members ??= this.#lazily(this.#shape));
        const plain = (this.#plannedOf.plain ??= plainOf(members));
        return fieldOfMember(name, members, plain, this.#told.client);
    }
    /** The members of the row at hand, each read when it is asked for. */
    #lazily(shape) {
        const has = (name) => shape.members.has(name);
        const get = (name) => {
            const member = shape.members.get(name);
            return member === undefined ? undefined : [name, this.#scanner.value(member)];
        };
        return { has, get };
    }
}
const NO_ACCESS = { isSync: false, isThrottled: false };
// ---------------------------------------------------------------- what is remembered
/** Something that follows from a value, by the number of the value. */
class ByNumber {
    #known = [];
    of(number, make) {
        const known = this.#known[number];
        return known === undefined ? (this.#known[number] = make()) : known;
    }
    clear() {
        this.#known = [];
    }
}
class Memory {
    accesses = new ByNumber();
    lists = new ByNumber();
    systems = new ByNumber();
    #numbers = new Map();
    numberOf(text) {
        let number = this.#numbers.get(text);
        if (number === undefined)
            this.#numbers.set(text, (number = this.#numbers.size));
        return number;
    }
    clear() {
        this.accesses.clear();
        this.lists.clear();
        this.systems.clear();
        this.#numbers.clear();
    }
}
/** What the scanner says where messages are not regular. */
const IRREGULAR = -2;
/** Answers that were given. */
const [UNKNOWN, COULD_NOT, COULD] = [0, 1, 2];
/** Maximum number of values that the scanner numbers. */
const TOGETHER = 65_536;
/** A row that was judged by its bytes: one object for all rows, since it is told and not kept. */
class Told {
    time = 0;
    user = null;
    client = null;
    session = null;
    house = null;
    mailbox = null;
    owner = null;
    who = { account: null };
    place = null;
    app = '';
    system = '';
    operation = '';
    act = null;
    isSync = false;
    isThrottled = false;
    items = 0;
    bytes = 0;
    index = null;
    count = null;
    offset = 0;
    length = 0;
    line = 0;
    idMember = -1;
    tell;
    #path;
    /** The id, when it was asked for. */
    idText = null;
    #idOf;
    constructor(path, idOf, tell) {
        this.#path = path;
        this.tell = tell;
        this.#idOf = () => (this.idText ??= idOf(this.idMember));
    }
    get hasId() {
        return this.idMember >= 0;
    }
    get recordId() {
        return this.idMember < 0 ? null : this.#idOf;
    }
    get id() {
        return this.idMember < 0 ? null : this.#idOf();
    }
    get at() {
        return { path: this.#path, offset: this.offset, length: this.length, line: this.line };
    }
}
/** Does a list of properties alone say how mail was opened? */
function isByProperties({ accessType, throttled, properties }) {
    return accessType < 0 && throttled < 0 && properties >= 0;
}
function recipeOf(shape) {
    const { context } = shape;
    return {
        time: shape.time,
        id: shape.id,
        apps: shape.apps,
        access: isByProperties(shape) ? shape.properties : -1,
        user: shape.user,
        owner: shape.owner,
        organization: shape.organization,
        session: shape.session,
        context: context && !context.isFlat ? context.member : -1,
        inContext: context?.isFlat ? (context.of.get('aadsessionid') ?? -1) : -1,
        items: shape.items,
        clients: shape.clients,
        planned: [...shape.varied, ...shape.plain],
    };
}
/** Null where rows with these names must be read as a whole. */
function shapeOf(scanner, columns) {
    const around = new Map();
    const outer = new Map();
    const inner = new Map();
    const nested = new Map();
    let open = null;
    for (let member = 0; member < scanner.count; member++) {
        const name = scanner.name(member);
        if (typeof name === 'number') {
            const column = columns[name];
            outer.set(column.toLowerCase(), member);
            const own = nameAround(column);
            if (own !== null)
                around.set(own, member);
            continue;
        }
        // What JSON.parse puts elsewhere.
        if (/^(?:\d+|__proto__)$/.test(name))
            return null;
        const lower = name.toLowerCase();
        if (open && scanner.isWithin(member, open.member)) {
            open.of.set(lower, open.of.has(lower) ? -1 : member);
            continue;
        }
        open = null;
        if (inner.has(lower) || lower === 'auditdata' || lower === 'raweventdata')
            return null;
        inner.set(lower, member);
        if (scanner.isObject(member))
            open = { member, of: new Map() };
        nested.set(lower, { member, isFlat: open !== null, of: open?.of ?? new Map() });
    }
    const members = new Map([...around, ...inner]);
    const has = (name) => members.has(name);
    if (!has('creationtime') || !has('recordtype'))
        return null;
    if (!has('operation') && !has('workload') && !has('id'))
        return null;
    const of = (name) => members.get(name) ?? -1;
    const innerOf = (name) => has(name) ? (nested.get(name) ?? { member: of(name), isFlat: false, of: new Map() }) : null;
    return {
        members,
        nested: new Map(['appaccesscontext', 'item'].flatMap((name) => (has(name) ? [[name, innerOf(name)]] : []))),
        context: innerOf('appaccesscontext'),
        time: of('creationtime'),
        user: of('userid'),
        clients: ['clientip', 'clientipaddress', 'actoripaddress'].map(of).filter((member) => member >= 0),
        session: of('sessionid'),
        id: of('id'),
        index: outer.get('resultindex') ?? -1,
        count: outer.get('resultcount') ?? -1,
        operation: of('operation'),
        owner: of('mailboxownerupn'),
        organization: of('organizationname'),
        clientInfo: of('clientinfostring'),
        apps: [of('clientappid'), of('appid')],
        accessType: of('mailaccesstype'),
        throttled: of('isthrottled'),
        properties: of('operationproperties'),
        items: [of('folders'), of('affecteditems'), of('item')],
        varied: [...members.keys()].filter(isVaried).map(of),
        plain: PLAIN_LISTS.map(of).filter((member) => member >= 0),
        plans: new Map(),
    };
}
//# sourceMappingURL=rows.js.map