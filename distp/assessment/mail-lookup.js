import { isPerson } from '../activity/identities.js';
import { tiesOf } from '../findings/cloud-mail.js';
import { isDuringIntrusion, usedBeforeIntrusion, usualLogons } from '../findings/intruders-mail.js';
import { mailboxesIn } from '../findings/mailbox-names.js';
import { shownMail } from '../findings/shown-mail.js';
import { canonicalIp } from '../lib/ip.js';
import { DAY } from '../lib/time.js';
/** Rules of rows that show a mailbox to such an address, and the logs to read with them; null where there is nothing to find. */
export function mailToRead({ found, mail, mailLogs, logons, explainsFrom, proxies, events, }) {
    const rules = events.filter(({ info }) => info.lookup === 'mailbox');
    const clients = rules.length === 0 ? null : tiesOf(found, proxies).clients;
    if (clients === null || clients.size === 0)
        return null;
    const uses = [...mail.uses()].flatMap(({ mailbox, client, day }) => {
        const address = canonicalIp(client);
        return address !== null && clients.has(address)
            ? [{ mailbox, client: address, text: client, first: day * DAY }]
            : [];
    });
    if (uses.length === 0)
        return null;
    const shared = new Set([
        ...usedBeforeIntrusion(clients, usualLogons(logons, clients, explainsFrom)),
        // Of a day that was counted no hour is known.
        ...usedBeforeIntrusion(clients, uses.map(({ client, first }) => ({ client, first: first + DAY }))),
    ]);
    const shown = openedAlready(found, clients, mail);
    const addressOf = (name) => mail.identities.addressOf(name).toLowerCase();
    const wanted = uses.filter(({ mailbox, client, first }) => !shared.has(client) &&
        !shown.has(`${client}\0${addressOf(mailbox)}`) &&
        (isDuringIntrusion(clients.get(client), first) || isDuringIntrusion(clients.get(client), first + DAY)));
    if (wanted.length === 0)
        return null;
    const pairs = new Set(wanted.map(({ client, mailbox }) => `${client}\0${addressOf(mailbox)}`));
    const isWanted = (event) => event.client !== null &&
        event.time !== null &&
        isDuringIntrusion(clients.get(event.client) ?? NEVER, event.time) &&
        mailboxesIn(event).some((name) => pairs.has(`${event.client}\0${addressOf(name)}`));
    return {
        rules: rules.map((rule) => {
            const { requiresChain: _, ...info } = rule.info;
            return { info, sources: rule.sources, match: (event) => (isWanted(event) ? rule.match(event) : null) };
        }),
        files: new Set(wanted.flatMap(({ text }) => mail.filesOf(text) ?? [...mailLogs.keys()])),
    };
}
const NEVER = { by: '', intrusion: '', from: Infinity, to: -Infinity };
/** Mailboxes that findings show as opened by each such address; parted by NUL. */
function openedAlready(found, clients, mail) {
    const opened = new Set();
    for (const { counts, user, client, mailboxes } of shownMail(found)) {
        if (!counts || client === null || !clients.has(client))
            continue;
        for (const name of [...mailboxes, user ?? ''])
            if (isPerson(name))
                opened.add(`${client}\0${mail.identities.addressOf(name).toLowerCase()}`);
    }
    return opened;
}
//# sourceMappingURL=mail-lookup.js.map