import { withoutDomain } from '../model/account-names.js';
import { fieldText } from '../model/event.js';
import { vantageOf } from '../model/log-kinds.js';
import { isPerson } from './identities.js';
import { DAY } from '../lib/time.js';
// Days on which each account administered: its cmdlets that changed something, except those that rules rate and those that users
// run on their own mailbox.
const MARK = 'administered/';
/** The administrative act that an event records, to be kept with the file; null where it records none. */
export function administrationIn(event) {
    const { user, time } = event;
    if (vantageOf(event.log) !== 'cmdlet' || user === null || time === null || event.snippet || !isPerson(user))
        return null;
    const cmdlet = fieldText(event, 'Cmdlet')?.replace(/^.*\\/, '') ?? '';
    if (event.fields.Succeeded === false || !changing.test(cmdlet) || rated.test(cmdlet))
        return null;
    const own = /-Identity[\s:]{1,3}["']{0,2}([^"'\s]{1,256})/i.exec((fieldText(event, 'Parameters') ?? '').slice(0, 8_192))?.[1];
    if (own !== undefined && withoutDomain(own) === withoutDomain(user))
        return null;
    return `${MARK}${Math.floor(time / DAY)}/${withoutDomain(user).slice(0, 100)}`;
}
const changing = /^(?:new|set|add|remove|enable|disable|move|mount|dismount|start|stop|suspend|resume|update|import|complete|connect|restore)-\w/i;
/** What takes mail or gives rights shows no administration, nor does what users do to their own mailbox. */
const rated = /-(?:mailbox(?:export|import|restore|search|permission|folder|autoreply|message|calendar|regional|spelling|junkemail)\w*|compliance\w*|recipientpermission|adpermission|managementrole\w*|rolegroup\w*|transportagent|\w*rule|\w*connector|\w*virtualdirectory|exchangecertificate|authconfig|partnerapplication|message|calendarprocessing|\w*subscription|mobiledevice|activesync\w*|userphoto|textmessaging\w*|calendarnotification|app|adminauditlog\w*|mailboxaudit\w*|remotedomain)$/i;
export class Administration {
    #days = new Map();
    /** Files outside the folders of their product do not count, nor do logs that explain nothing. */
    constructor(scans, doubted = new Set()) {
        for (const { recorded, artifact } of scans)
            for (const mark of recorded) {
                if (!mark.startsWith(MARK) || doubted.has(artifact))
                    continue;
                const [, day, account = ''] = /^(\d{1,7})\/(.*)$/s.exec(mark.slice(MARK.length)) ?? [];
                const days = this.#days.get(account) ?? new Set();
                this.#days.set(account, days.add(Number(day)));
            }
    }
    /** On how many days before that of this time the account administered. */
    daysBefore(account, time) {
        const day = Math.floor(time / DAY);
        return [...(this.#days.get(withoutDomain(account)) ?? [])].filter((other) => other < day).length;
    }
}
/** The installer of Windows, and Windows Update, name each product and update that they installed. */
const installers = {
    'windows-application': new Set([1022, 1033, 1035, 1036, 11_707, 11_728]),
    'windows-system': new Set([19]),
};
/** Does an event of Windows with this number say that Exchange, or an update of it, was installed? */
export function isUpdateOfExchange(event, id) {
    if (event.time === null || event.snippet || !installers[event.log]?.has(id))
        return false;
    const provider = String(event.fields.Provider_Name ?? '');
    return (/^(?:MsiInstaller|Microsoft-Windows-WindowsUpdateClient)$/i.test(provider) && /\bexchange server\b/i.test(event.raw));
}
export function updateFact({ time, log, host, at }) {
    return { fact: 'update', from: time, to: time, source: log, host, at };
}
//# sourceMappingURL=administration.js.map