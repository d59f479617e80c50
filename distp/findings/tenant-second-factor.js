import { networkOf } from '../lib/ip.js';
import { DAY } from '../lib/time.js';
import { addTo } from '../lib/collections.js';
import { signInEvent } from './tenant-findings.js';
// Requests for a second factor that were repeated until the owner of an account gave in.
/** Fewest requests that the owner refused or ignored, and fewest sign-ins that waited for a second factor. */
const LEAST = { denied: 4, waiting: 10 };
/**
 * Sign-ins from a network that is not the account's own, after its password was right there again and again within a day, and the second
 * factor was not given.
 */
export function secondFactorsWornDown({ signIns, places }) {
    const found = new Map();
    const byPlace = new Map();
    for (const one of signIns)
        if (places.isOutside(one.client))
            addTo(byPlace, [one.vantage, one.user, networkOf(one.client)].join('\0'), one);
    for (const own of byPlace.values()) {
        const success = own.find(({ result }) => result === 'success');
        if (success === undefined)
            continue;
        const { user, client, first } = success;
        if (places.isOwn(user, client, first - DAY) || places.isOfOrganization(client, first))
            continue;
        const before = own.filter((one) => one.first <= first && one.first >= first - DAY);
        const rowsOf = (result) => before.reduce((sum, one) => sum + (one.result === result ? one.rows : 0), 0);
        const [denied, waiting] = [rowsOf('denied'), rowsOf('password-right')];
        if (denied < LEAST.denied && denied + waiting < LEAST.waiting)
            continue;
        const key = `second-factor-worn-down\0${user}\0${client}`;
        const says = `the second factor was not given ${denied + waiting} times there within the day before`;
        if (!found.has(key))
            found.set(key, { by: 'second-factor-worn-down', key, says, rows: success.rows, events: [signInEvent(success)] });
    }
    return [...found.values()];
}
//# sourceMappingURL=tenant-second-factor.js.map