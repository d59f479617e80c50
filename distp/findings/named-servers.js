import { fieldText } from '../model/event.js';
import { sameHost, shortHost } from '../model/host.js';
/** The port of Exchange's back end, to which only front ends send requests. */
const BACK_END = '444';
/**
 * Servers that entries with findings name as the back end of a request or as its front end, and the number of entries that do:
 * a lower bound, since entries that no rule matches are not kept. A name is what a Windows computer may have.
 */
export function namedServers(scans, own) {
    // Where nothing names the server itself, another name may be its own.
    if (!scans.some(({ hosts }) => hosts.some(([host]) => sameHost(host, own))))
        return [];
    const places = new Map();
    for (const { artifact, hits } of scans)
        for (const { event } of hits)
            for (const host of hostsIn(event)) {
                if (sameHost(host, own))
                    continue;
                const at = places.get(host) ?? new Set();
                places.set(host, at.add(`${artifact.sha256 || artifact.path} ${event.at.offset}`));
            }
    return [...places].map(([host, at]) => [host, at.size]);
}
function hostsIn(event) {
    const forged = fieldText(event, 'SsrfHost');
    // In a forged request the target is what the client wrote: it counts where it is the port of a back end.
    const targets = forged === null
        ? [fieldText(event, 'TargetServer'), fieldText(event, 'FrontEndServer')]
        : fieldText(event, 'SsrfPort') === BACK_END
            ? [forged]
            : [];
    return [...new Set(targets.flatMap((name) => (name === null ? [] : computerIn(name))))];
}
/** `a]@mail09.contoso.example` and `MAIL09` are MAIL09; an address is none. */
function computerIn(name) {
    const short = shortHost(name.slice(name.lastIndexOf('@') + 1));
    return isComputer.test(short) && short !== 'LOCALHOST' ? [short] : [];
}
const isComputer = /^(?=[^.]*[A-Z])[A-Z0-9-]{1,15}$/;
//# sourceMappingURL=named-servers.js.map