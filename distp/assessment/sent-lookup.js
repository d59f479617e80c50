import { isOfLogs, isOutside } from '../activity/logons.js';
import { MANY } from '../activity/sent-mail.js';
import { isJustBeforeOrSince } from '../activity/near-days.js';
import { counted } from '../lib/amounts.js';
import { isPrivate } from '../lib/ip.js';
import { addTo } from '../lib/collections.js';
import { DAY, HOUR, hourOf, iso } from '../lib/time.js';
import { fieldText } from '../model/event.js';
// Mail that an account sent to far more recipients than before: counted while the logs were read, and read again for its rows.
/** Rows kept of one account. */
const KEPT = 100;
/** What is to be read again; null where no account sent far more than before. */
export function massMailToRead(input) {
    const rules = input.events.filter(({ info }) => info.lookup === 'sent-mail');
    const all = rules.length === 0 ? [] : input.sent.bursts();
    if (all.length === 0)
        return null;
    const places = new Places(input);
    const bursts = all.filter(({ sender, hours: [first = 0], isUsual }) => !isUsual || places.newAddressOf(sender, first) !== null);
    if (bursts.length === 0)
        return null;
    const bySender = Map.groupBy(bursts, ({ sender }) => sender);
    const isWanted = (event) => event.time !== null && (bySender.get(senderOf(event)) ?? []).some(({ hours }) => hours.has(hourOf(event.time)));
    return {
        bursts,
        places,
        files: new Set(bursts.flatMap(({ files }) => [...files])),
        rules: rules.map((rule) => ({
            info: rule.info,
            sources: rule.sources,
            match: (event) => (isWanted(event) ? rule.match(event) : null),
        })),
    };
}
/**
 * The rows as hits of one match for each account, with the address from which it was served for the first time in the day before; none
 * where there are fewer recipients than were counted, as copies of a log make it.
 */
export function massMailHits(hits, { bursts, places }) {
    const bySender = Map.groupBy([...hits].flatMap(([path, own]) => own.map((hit) => ({ path, hit }))), ({ hit }) => senderOf(hit.event));
    const made = new Map();
    for (const burst of bursts) {
        const rows = (bySender.get(burst.sender) ?? []).filter(({ hit }) => burst.hours.has(hourOf(hit.event.time)));
        const hours = [...Map.groupBy(rows, ({ hit }) => hourOf(hit.event.time))].map(([hour, own]) => ({
            hour,
            own,
            recipients: new Set(own.flatMap(({ hit }) => recipientsOf(hit.event))).size,
        }));
        const many = hours.filter(({ recipients }) => recipients >= MANY).sort((a, b) => a.hour - b.hour);
        const [first] = many;
        if (first === undefined)
            continue;
        const client = places.newAddressOf(burst.sender, first.hour);
        if (burst.isUsual && client === null)
            continue;
        const most = many.reduce((a, b) => (b.recipients > a.recipients ? b : a));
        const all = many.flatMap(({ own }) => own);
        const match = {
            key: [burst.sender, first.hour].join('\0'),
            rows: new Set(all.map(({ hit }) => fieldText(hit.event, 'message-id') ?? hit.event.at.offset)).size,
            says: saysOf(burst, most),
        };
        const inOrder = all.sort((a, b) => a.hit.event.time - b.hit.event.time || (a.path < b.path ? -1 : 1));
        for (const { path, hit } of inOrder.slice(0, KEPT)) {
            const { event } = hit;
            const own = event.client !== null && !isPrivate(event.client) ? event.client : client;
            const fields = { ...event.fields, OutsideRecipients: most.recipients };
            addTo(made, path, { ...hit, match, event: { ...event, fields, client: own, user: burst.sender } });
        }
    }
    return made;
}
function saysOf({ sender, before: { recipients, days } }, most) {
    const when = `from ${iso(most.hour * HOUR).slice(0, 16)} to ${iso((most.hour + 1) * HOUR).slice(11, 16)} UTC`;
    const earlier = recipients === 0 ? 'none' : `at most ${recipients} within an hour`;
    return `${sender} sent mail to ${counted(most.recipients, 'recipient')} outside the organization ${when}; to ${earlier} on the ${counted(days, 'day')} before.`;
}
/** Where accounts are served outside. */
class Places {
    #byAccount;
    #accountOf;
    constructor({ logons, identities }) {
        this.#accountOf = (name) => identities.accountOf(name);
        const outside = logons.served().filter(({ client, days }) => isOutside(client) && isOfLogs({ days }));
        this.#byAccount = Map.groupBy(outside, ({ user }) => this.#accountOf(user));
    }
    /** The address at which the account was served for the first time in the day before the end of an hour; the latest of several. */
    newAddressOf(sender, hour) {
        const end = (hour + 1) * HOUR;
        let latest = null;
        const since = end - DAY - HOUR;
        for (const { client, days } of this.#of(sender)) {
            const near = days.filter(({ day, first }) => first <= end && isJustBeforeOrSince(day, Math.floor(end / DAY)));
            // Only the server's own logs say that it was not new, and any log that it was served there.
            if (near.some(({ first, isBeside }) => !isBeside && first < since))
                continue;
            const first = near.find((one) => one.first >= since)?.first;
            if (first !== undefined && (latest === null || first > latest.first))
                latest = { client, first };
        }
        return latest?.client ?? null;
    }
    #of(sender) {
        return this.#byAccount.get(this.#accountOf(sender)) ?? [];
    }
}
function senderOf(event) {
    return (fieldText(event, 'sender-address') ?? '').toLowerCase();
}
function recipientsOf(event) {
    return (fieldText(event, 'recipient-address') ?? '').toLowerCase().split(';');
}
//# sourceMappingURL=sent-lookup.js.map