import { canonicalIp } from '../lib/ip.js';
import { isPerson } from './identities.js';
import { isJustBefore } from './near-days.js';
import { DAY } from '../lib/time.js';
/** People and days before a moment that make an address one of the organization: an office, a VPN, a proxy. */
const SHARED = { people: 2, days: 2 };
/**
 * Addresses that the organization's users share: two people or more used their mail from there, on two days or more just before a
 * moment. Days after it do not count, since an intruder may use mailboxes then.
 */
export class SharedClients {
    /** By address the days of each person. */
    #clients = new Map();
    constructor({ mail, devices, cloud, logons }) {
        const see = (name, client, day) => {
            const ip = canonicalIp(client);
            if (ip === null || !isPerson(name))
                return;
            const person = mail.identities.addressOf(name).toLowerCase();
            const known = this.#clients.get(ip) ?? new Map();
            known.set(person, (known.get(person) ?? new Set()).add(day));
            this.#clients.set(ip, known);
        };
        // Who acts as others is one person, however many mailboxes are opened.
        for (const { mailbox, actor, client, day } of mail.uses())
            see(actor ?? mailbox, client, day);
        for (const { mailbox, client, first } of devices.uses())
            see(mailbox, client, Math.floor(first / DAY));
        // Outlook on the web and IMAP show mail to who logs on.
        for (const { user, client, days } of logons?.explaining() ?? [])
            for (const { day, mail: shown, isOfTable } of days)
                if (shown !== null && !isOfTable)
                    see(user, client, day);
        for (const { user, client, first, last } of cloud.acts())
            for (const time of [first, last])
                see(user, client, Math.floor(time / DAY));
    }
    /** Was the address one of the organization's users on days just before this moment (ms)? */
    isSharedBefore(client, time) {
        const known = this.#clients.get(client);
        if (known === undefined)
            return false;
        const today = Math.floor(time / DAY);
        const before = [...known.values()].map((days) => [...days].filter((day) => isJustBefore(day, today)));
        const people = before.filter((days) => days.length > 0);
        return people.length >= SHARED.people && new Set(people.flat()).size >= SHARED.days;
    }
}
//# sourceMappingURL=shared-clients.js.map