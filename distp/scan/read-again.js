import { ValueCaches } from '../prefilter/row-rules.js';
import { askAll } from '../rules/match.js';
import { scanMember } from './scan.js';
/**
 * Reads members a second time, with these rules alone; rules that need an attack chain match, too. Logs must state their time zone.
 */
export function readAgain(events, passwords) {
    const settings = {
        rules: { events, scanners: [], broken: [] },
        ask: askAll(events),
        zone: null,
        passwords,
        tied: true,
        lexicons: new ValueCaches(events),
    };
    return (member) => scanMember(member, settings);
}
//# sourceMappingURL=read-again.js.map