import { greatestOf, leastOf } from '../lib/collections.js';
import { canonicalIp, isPrivate, networkOf } from '../lib/ip.js';
import { fieldText } from '../model/event.js';
import { isOfTenant } from '../model/log-kinds.js';
import { lastingSince } from './near-days.js';
import { DAY } from '../lib/time.js';
// From where each account was active, on which days: networks, mobile devices, and inside addresses with their tool.
/** An account that is active from elsewhere on at least this many days has a history to compare a new origin with. */
const HISTORY = 5;
/** Fewest accounts that make an origin one of the organization's. */
const SHARED = 3;
export class Origins {
    #identities;
    /** What is counted when something is asked for the first time: most evidence asks for nothing. */
    #uncounted;
    /** First day of all logs, and of those of the tenant. */
    #begins;
    #tenantBegins = null;
    /** The first day that explains what happens on it or later. */
    #from;
    /** Days on which any account was active from an origin, and from any. */
    #daysAt = new Map();
    #allDays = new Set();
    /** Days by account and origin. */
    #days = new Map();
    /** Days of accounts in logs that explain nothing: that they were at work is no explanation of where. */
    #besideDays = new Map();
    /** Days by account and inside address, in logs that name no tool. */
    #inside = new Map();
    /** The first day on which any account was active from an origin. */
    #first = new Map();
    /** Days by origin and account of a tenant. */
    #tenantDays = new Map();
    /** Mailboxes that were used from an address, and addresses that used a mailbox. */
    #mailboxesAt = new Map();
    #addressesOf = new Map();
    /** Networks from which an account opened the mailbox of another, each with its first day. */
    #openedFrom = new Map();
    /** Accounts of a tenant with a history. */
    #tenantAccounts = new Set();
    /** What explains the records of a tenant, where that is more. */
    #ofTenant;
    /** `from`: as `KnownOrigins` has it; `ofTenant`: for what a tenant records. */
    constructor(counted, begins, from = null, ofTenant = null) {
        this.#ofTenant = ofTenant;
        this.#identities = counted.mail.identities;
        this.#uncounted = counted;
        this.#from = from === null ? -Infinity : Math.floor(from / DAY);
        this.#begins = begins === null ? null : Math.floor(begins / DAY);
    }
    /** Counts, where it is not done yet. */
    #count() {
        if (this.#uncounted === null)
            return;
        const { mail, devices, cloud, logons } = this.#uncounted;
        this.#uncounted = null;
        for (const { mailbox, client, agent, actor, day } of mail.uses()) {
            this.#see(mailbox, originsAt(client, agent), [day]);
            if (actor !== null) {
                this.#see(actor, originsAt(client, agent), [day]);
                this.#open(actor, mailbox, client, day);
            }
            this.#place(mailbox, client);
        }
        for (const { mailbox, device, client, rows, first, last } of devices.uses()) {
            this.#see(mailbox, [deviceOrigin(device)], daysBetween(first, last, greatestOf(rows, 0)));
            this.#see(mailbox, originsAt(client, null), [Math.floor(first / DAY)]);
        }
        for (const { user, client, logDays } of logons?.explaining() ?? []) {
            this.#see(user, originsAt(client, null), logDays);
            this.#seeInside(user, client, logDays);
        }
        for (const { user, client, besideDays } of logons?.served() ?? []) {
            if (besideDays.length === 0)
                continue;
            const account = this.accountOf(user);
            const own = this.#besideDays.get(account) ?? new Map();
            this.#besideDays.set(account, own);
            for (const origin of originsAt(client, null))
                for (const day of besideDays)
                    addToSet(own, origin, day);
        }
        for (const { user, client, first, last, rows } of cloud.acts())
            this.#seeInTenant(user, originsAt(client, null), daysBetween(first, last, rows));
        for (const { mailbox, client, first } of cloud.cells())
            if (client !== null)
                this.#see(mailbox, originsAt(client, null), [Math.floor(first / DAY)]);
        const first = leastOf([...cloud.acts()].map((act) => act.first), null);
        if (first !== null)
            this.#tenantBegins = Math.floor(first / DAY);
    }
    /** The name of an account by which its uses are held together. */
    accountOf(name) {
        return this.#identities.accountOf(name);
    }
    /** One name for all names of an account or a mailbox, in lower case; accounts of two domains have two. */
    personOf(name) {
        return this.#identities.addressOf(name).toLowerCase();
    }
    /** The first day (since 1970) on which any account was active from each network or device; 0 where the logs begin with it. */
    places() {
        this.#count();
        const begins = this.#begins ?? -Infinity;
        return [...this.#first].map(([origin, day]) => [origin, day <= begins ? 0 : day]);
    }
    /**
     * Whether the account was at work from there before, and had not left it: not on the first day of the logs, and from elsewhere on
     * five days.
     */
    newnessOf(account, event) {
        if (this.#ofTenant !== null && isOfTenant(event.log))
            return this.#ofTenant.newnessOf(account, event);
        const at = originsOf(event);
        if (at.length === 0 || event.time === null || this.#begins === null)
            return 'unknown';
        this.#count();
        const own = this.#days.get(this.accountOf(account)) ?? new Map();
        const day = Math.floor(event.time / DAY);
        const isOfCloud = isOfTenant(event.log);
        const from = !isOfCloud && day >= this.#from ? this.#from : -Infinity;
        const since = (origin) => {
            const used = [...(own.get(origin) ?? [])].filter((one) => one >= from);
            if (isOfCloud)
                return leastOf([day, ...used], day);
            return (lastingSince(used, () => [...own].flatMap(([other, days]) => (other === origin ? [] : [...days])), day) ?? day);
        };
        const begins = isOfCloud ? (this.#tenantBegins ?? day) : Math.max(this.#begins, from);
        const news = at.filter((origin) => since(origin) > begins && !this.#isOfTenant(origin, account, day));
        if (news.length === 0)
            return 'used';
        const others = new Set([...own].flatMap(([origin, days]) => (news.includes(origin) ? [] : [...days])));
        for (const [origin, days] of this.#besideDays.get(this.accountOf(account)) ?? [])
            if (!news.includes(origin))
                for (const one of days)
                    others.add(one);
        // Such logs do not say whether the tool at the same address is a new one.
        for (const [address, days] of this.#inside.get(this.accountOf(account)) ?? [])
            if (event.client === null || address !== canonicalIp(event.client))
                for (const one of days)
                    others.add(one);
        return others.size >= HISTORY ? 'new' : 'unknown';
    }
    /** Was an account active from the network of this address before that day, or already as the logs begin, and not long before? */
    wasUsedBefore(client, time) {
        this.#count();
        const day = Math.floor(time / DAY);
        return originsAt(client, null).some((origin) => {
            const from = day >= this.#from ? this.#from : -Infinity;
            const used = [...(this.#daysAt.get(origin) ?? [])].filter((one) => one >= from && one <= day);
            if (used.length === 0)
                return false;
            const since = lastingSince(used, () => this.#allDays, day) ?? day;
            return since < day - 1 || since <= Math.max(this.#begins ?? -Infinity, from);
        });
    }
    /** Did the account open this mailbox of another from another network on a day before? */
    wasOpenedElsewhere(account, mailbox, client, time) {
        this.#count();
        const from = this.#openedFrom.get(`${this.accountOf(account)}\0${this.accountOf(mailbox)}`) ?? [];
        return [...from].some(([network, day]) => network !== networkOf(client) && day < Math.floor(time / DAY));
    }
    /** Does the account open this mailbox from an address where it opens its own, too, other than that of the event? */
    isOpenedFromOwnPlace(account, mailbox, except) {
        this.#count();
        const [own, other] = [this.accountOf(account), this.accountOf(mailbox)];
        return [...(this.#addressesOf.get(other) ?? [])].some((client) => client !== except && this.#mailboxesAt.get(client).has(own));
    }
    /** Three accounts of the tenant worked from there on earlier days, or half of all accounts on other days: its own exit. */
    #isOfTenant(origin, account, day) {
        const accounts = [...(this.#tenantDays.get(origin) ?? [])].filter(([name]) => name !== this.accountOf(account));
        const before = accounts.filter(([, days]) => [...days].some((one) => one < day));
        const others = accounts.filter(([, days]) => [...days].some((one) => one !== day));
        return before.length >= SHARED || (others.length >= SHARED && others.length * 2 > this.#tenantAccounts.size);
    }
    #seeInTenant(name, origins, days) {
        this.#see(name, origins, days);
        const account = this.accountOf(name);
        if (days.length >= HISTORY)
            this.#tenantAccounts.add(account);
        for (const origin of origins) {
            const accounts = this.#tenantDays.get(origin) ?? new Map();
            this.#tenantDays.set(origin, accounts);
            for (const day of days)
                addToSet(accounts, account, day);
        }
    }
    #see(name, origins, days) {
        const account = this.accountOf(name);
        const own = this.#days.get(account) ?? new Map();
        this.#days.set(account, own);
        for (const origin of origins)
            for (const day of days) {
                addToSet(own, origin, day);
                if (day < (this.#first.get(origin) ?? Infinity))
                    this.#first.set(origin, day);
                addToSet(this.#daysAt, origin, day);
                this.#allDays.add(day);
            }
    }
    #seeInside(name, client, days) {
        const address = canonicalIp(client);
        if (address === null || !isPrivate(address))
            return;
        const account = this.accountOf(name);
        const own = this.#inside.get(account) ?? new Map();
        this.#inside.set(account, own);
        for (const day of days)
            addToSet(own, address, day);
    }
    #open(actor, mailbox, client, day) {
        const key = `${this.accountOf(actor)}\0${this.accountOf(mailbox)}`;
        const from = this.#openedFrom.get(key) ?? new Map();
        this.#openedFrom.set(key, from);
        from.set(networkOf(client), Math.min(day, from.get(networkOf(client)) ?? day));
    }
    #place(name, client) {
        const mailbox = this.accountOf(name);
        addToSet(this.#mailboxesAt, client, mailbox);
        addToSet(this.#addressesOf, mailbox, client);
    }
}
function addToSet(sets, key, value) {
    const set = sets.get(key);
    if (set)
        set.add(value);
    else
        sets.set(key, new Set([value]));
}
/** Where an act came from. */
function originsOf(event) {
    const device = fieldText(event, 'DeviceId');
    const tool = TOOLS.map((name) => fieldText(event, name)).find((text) => text !== null) ?? null;
    return [...(event.client === null ? [] : originsAt(event.client, tool)), ...(device ? [deviceOrigin(device)] : [])];
}
const TOOLS = ['UserAgent', 'ClientSoftware', 'cs-user-agent', 'ClientInfoString'];
/** The network of an address on the Internet; inside, the address with its tool. */
function originsAt(client, tool) {
    const ip = canonicalIp(client);
    if (ip === null)
        return [];
    if (isPrivate(ip))
        return tool === null ? [] : [`${ip} ${/^[^/\s(]*/.exec(tool)[0].toLowerCase()}`];
    return [networkOf(ip)];
}
function deviceOrigin(device) {
    return `device ${device.toLowerCase()}`;
}
/** The days of a number of rows whose first and last times alone are known. */
function daysBetween(first, last, rows) {
    const [from, to] = [Math.floor(first / DAY), Math.floor(last / DAY)];
    const days = Math.min(rows, to - from + 1, 2 * HISTORY);
    return days < 2 ? [from] : Array.from({ length: days }, (_, i) => from + Math.round((i * (to - from)) / (days - 1)));
}
//# sourceMappingURL=origins.js.map