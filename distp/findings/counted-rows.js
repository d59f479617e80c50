import { countedLogon, outcomeOf } from '../activity/logon-events.js';
import { vantageOf } from '../model/log-kinds.js';
/** Is a row one of those that are counted for the findings of a rule, be it in a log that its condition does not select? */
export function countsRow({ computedBy, stage }, event) {
    if (computedBy === undefined)
        return false;
    if (computedBy === 'own-grants')
        return vantageOf(event.log) === 'cmdlet';
    if (computedBy !== 'logons' && computedBy !== 'later-logons')
        return vantageOf(event.log).startsWith('tenant-');
    const logon = countedLogon(event);
    return logon !== null && outcomeOf(logon) === (stage === 'attempt' ? 'refused' : 'served');
}
//# sourceMappingURL=counted-rows.js.map