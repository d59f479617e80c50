import { compareText } from '../lib/compare.js';
import { isLoopback } from '../lib/ip.js';
import { dated } from '../activity/requests.js';
/** With fewer rows, or fewer clients, everything is rare. */
const LEAST = { rows: 1_000, clients: 10 };
/** A rare value has at most this share of all rows. */
const SHARE = 0.01;
/** Maximum number reported of a kind. */
const TOLD = 100;
/** All requests to the front end, and the pages and agents of which only one address made use. */
export function requestsOf({ of }, baselines) {
    const rows = of.status.beyond + of.status.values.reduce((sum, _, i) => sum + of.status.of(i).rows, 0);
    const isEnough = rows >= LEAST.rows && of.client.values.length >= LEAST.clients;
    return {
        rows,
        clients: of.client.values.length,
        agents: of.agent.values.length,
        paths: of.path.values.length,
        beyond: {
            client: of.client.beyond,
            agent: of.agent.beyond,
            path: of.path.beyond,
            status: of.status.beyond,
        },
        statuses: of.status.values
            .map((_, i) => askedOf(of.status, i))
            .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1)),
        rareAgents: isEnough ? rareAgents(of.agent, rows * SHARE) : null,
        rarePages: isEnough ? rarePages(of.path, rows * SHARE, baselines) : null,
    };
}
/**
 * Agents whose like one address alone uses and that were answered: the versions of a program are alike, so that a telephone
 * that is the only one with its version is not rare.
 */
function rareAgents(agents, most) {
    const families = Map.groupBy(agents.values.keys(), (i) => familyOf(agents.values[i]));
    const rare = [...families.values()].flatMap((alike) => {
        const client = clientOf(alike.map((i) => agents.only[i] ?? null));
        const rows = alike.reduce((sum, i) => sum + agents.of(i).rows, 0);
        return client === null || rows > most ? [] : alike.map((i) => ({ ...askedOf(agents, i), client, known: null }));
    });
    return told(rare);
}
/** Pages (what a server runs, not what it hands out) that one address alone got. */
function rarePages(paths, most, baselines) {
    const rare = paths.values.flatMap((path, i) => {
        const client = clientOf([paths.only[i] ?? null]);
        if (client === null || paths.of(i).rows > most)
            return [];
        const name = PAGE.exec(path)?.[1];
        if (name === undefined)
            return [];
        const known = baselines?.().some((baseline) => baseline.hasName(name)) ?? null;
        return [{ ...askedOf(paths, i), client, known }];
    });
    return told(rare);
}
/** A request that never succeeded only shows an attempt. Unknown names come first, then those seen last. */
function told(rare) {
    const rank = ({ known }) => (known === true ? 1 : 0);
    return rare
        .filter(({ statuses: [ok] }) => ok > 0)
        .sort((a, b) => rank(a) - rank(b) || compareText(b.last ?? '', a.last ?? '') || compareText(a.value, b.value))
        .slice(0, TOLD);
}
/** The one client of all; null where there are several, or none that is named, or where it is the machine itself. */
function clientOf(only) {
    const [client] = only;
    if (client === undefined || client === null || client === '' || isLoopback(client))
        return null;
    return only.every((other) => other === client) ? client : null;
}
/** The last name in the path that ends as a page does; what follows may be an argument of it. */
const PAGE = /^.*\/([^/]*\.(?:aspx?|ashx|asmx|asax|ascx|cshtml|vbhtml|cer|cdx|asa|soap|rem|svc|php\d?|jspx?))(?:\/|$)/;
/** An agent without its numbers. */
function familyOf(agent) {
    return agent.toLowerCase().replace(/\d+/g, '#');
}
function askedOf(table, number) {
    return { value: table.values[number], ...dated(table.of(number)) };
}
//# sourceMappingURL=rare-requests.js.map