import { addTo } from '../lib/collections.js';
import { fieldText } from '../model/event.js';
import { vantageOf } from '../model/log-kinds.js';
import { pageNameOf } from './removed-pages.js';
import { isSuccessStatus } from '../model/requests.js';
/** No attacker's page is used from this number of addresses from which people log on. */
const USERS = 5;
/** Both logs stamp the end of a request. */
const SAME_MOMENT = 5_000;
/**
 * Pages that Exchange does not have (their rules say so) and that answered first after an act that writes a file, no matter who asks for
 * them. A page that people of the organization use is none. `named`: the pages that a finding names.
 */
export function writtenPages(found, named, logsOn) {
    const acts = found.flatMap((f, i) => {
        const { first } = f.finding;
        const isAct = f.writesFile === true && f.counts && first !== null && named(f).length === 0;
        return isAct ? [{ i, time: Date.parse(first) }] : [];
    });
    if (acts.length === 0)
        return [];
    return [...servedPages(found).values()].flatMap(({ members, first, clients, users }) => {
        const people = new Set([...users, ...[...clients].filter(logsOn)]);
        const before = acts.filter(({ time }) => time <= first + SAME_MOMENT);
        if (before.length === 0 || people.size >= USERS)
            return [];
        return [{ page: [...members], acts: before.map(({ i }) => i) }];
    });
}
/** Pages that the front end served, by name, with all findings that asked for them. */
function servedPages(found) {
    const asked = new Map();
    for (const [i, f] of found.entries())
        if (f.counts && f.finding.sign.subject === 'page' && vantageOf(f.finding.log) === 'front-end')
            for (const { event } of f.hits)
                addTo(asked, pageNameOf(fieldText(event, 'cs-uri-stem') ?? ''), i);
    const served = new Map();
    for (const [name, all] of asked) {
        const page = { members: new Set(all), first: Infinity, clients: new Set(), users: new Set() };
        for (const i of page.members)
            for (const { event } of found[i].hits) {
                if (pageNameOf(fieldText(event, 'cs-uri-stem') ?? '') !== name)
                    continue;
                if (event.time !== null && isSuccessStatus(event.fields['sc-status']))
                    page.first = Math.min(page.first, event.time);
                if (event.client !== null)
                    page.clients.add(event.client);
                if (event.user !== null)
                    page.users.add(event.client ?? event.user);
            }
        if (page.first < Infinity)
            served.set(name, page);
    }
    return served;
}
//# sourceMappingURL=written-pages.js.map