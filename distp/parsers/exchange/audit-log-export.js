import { canonicalIp } from '../../lib/ip.js';
import { isoTime, statesZone } from '../../lib/time.js';
import { certainTime, cultureTime, ordersOf } from '../common/local-time.js';
import { hostName } from '../common/lines.js';
import { sendConnectorOf } from './send-connector.js';
const mailboxSources = [{ product: 'exchange', service: 'mailbox-audit' }];
const adminSources = [{ category: 'cmdlet', product: 'exchange', service: 'admin-audit' }];
const MAILBOX_FIELDS = [
    'Operation',
    'OperationResult',
    'LogonType',
    'InternalLogonType',
    'ExternalAccess',
    'MailboxOwnerUPN',
    'MailboxOwnerSid',
    'MailboxResolvedOwnerName',
    'MailboxGuid',
    'LogonUserDisplayName',
    'LogonUserSid',
    'FolderPathName',
    'DestFolderPathName',
    'DestMailboxOwnerUPN',
    'CrossMailboxOperation',
    'ClientInfoString',
    'ClientIPAddress',
    'ClientMachineName',
    'ClientProcessName',
    'ClientVersion',
    'ItemSubject',
    'SourceItemSubjectsList',
    'SourceItemFolderPathNamesList',
    'DirtyProperties',
    'LastAccessed',
    'OriginatingServer',
];
export function isMailboxAudit(of) {
    return ['LastAccessed', 'Operation', 'LogonType'].every((name) => of(name) !== null);
}
export function isAdminAudit(of) {
    return of('CmdletName') !== null && of('RunDate') !== null;
}
/** Who did what in whose mailbox. */
export function mailboxAudit(of) {
    const fields = {};
    for (const name of MAILBOX_FIELDS)
        fields[name] = of(name);
    const user = of('LogonUserDisplayName');
    const owner = of('MailboxOwnerUPN') ?? of('MailboxResolvedOwnerName');
    const client = of('ClientIPAddress') ?? of('ClientIP');
    return {
        log: 'mailbox-audit',
        sources: mailboxSources,
        fields,
        target: owner ?? 'mailbox',
        host: serverOf(of),
        client: client === null ? null : canonicalIp(client),
        user,
        when: of('LastAccessed'),
    };
}
/** Which cmdlet an administrator ran; the fields of other records of cmdlets stand beside those of the format. */
export function adminAudit(of, parameters, changed) {
    const succeeded = of('Succeeded');
    const caller = of('Caller');
    const cmdlet = of('CmdletName') ?? of('Cmdlet');
    const object = of('ObjectModified');
    const written = parameters.length === 0 ? null : parameters.map(({ name, value }) => `-${name} "${value}"`).join(' ');
    return {
        log: 'admin-audit',
        sources: adminSources,
        fields: {
            Cmdlet: cmdlet,
            Parameters: written,
            SendConnector: sendConnectorOf({ Cmdlet: cmdlet, Parameters: written }),
            Succeeded: succeeded === null ? null : /^true$/i.test(succeeded),
            Caller: caller,
            ObjectModified: object,
            ModifiedProperties: changed.length === 0 ? null : changed.map(({ name, value }) => `${name}=${value}`),
            Error: of('Error'),
            RunDate: of('RunDate'),
            OriginatingServer: of('OriginatingServer'),
            ExternalAccess: of('ExternalAccess'),
        },
        target: object ?? cmdlet ?? 'cmdlet',
        host: serverOf(of),
        client: null,
        user: caller,
        when: of('RunDate'),
    };
}
// `MAIL01 (15.01.2176.002)`
function serverOf(of) {
    const server = /^[\w.-]{1,255}/.exec(of('OriginatingServer') ?? '')?.[0];
    return server === undefined ? null : hostName(server);
}
/** Rows that are held until it is known in which order they write a date. */
const HELD = 10_000;
/**
 * Gives rows of an audit log their times. Shells write `3/4/2021 6:44:38 AM` or `04/03/2021 06:44:38` as the culture of the
 * machine has it: which it is, the other rows of the file tell. Where none tells, a row has no time.
 */
export class AuditTimes {
    #emit;
    /** Texts whose order is certain by themselves. */
    #certain = new Set();
    #held = [];
    constructor(emit) {
        this.#emit = emit;
    }
    take(event, when) {
        if (when === null)
            return this.#emit(event);
        const time = statedTime(when) ?? certainTime(when);
        if (time === null) {
            this.#held.push({ event, when });
            if (this.#held.length >= HELD)
                this.finish();
            return;
        }
        if (isoTime(when) === null && this.#certain.size < HELD)
            this.#certain.add(when);
        this.#emit({ ...event, time, timeBasis: statedTime(when) === null ? 'assumed' : 'stated' });
    }
    finish() {
        const orders = ordersOf([...this.#certain, ...this.#held.map(({ when }) => when)]);
        for (const { event, when } of this.#held) {
            const time = orders.length === 1 ? cultureTime(when, orders[0]) : null;
            this.#emit(time === null ? event : { ...event, time, timeBasis: 'assumed' });
        }
        this.#held = [];
    }
}
/** A time that says its zone. JSON of Windows PowerShell counts milliseconds of UTC. */
function statedTime(when) {
    const counted = /^\/Date\((\d{9,14})\)\/$/.exec(when);
    if (counted)
        return Number(counted[1]);
    return statesZone(when) ? isoTime(when) : null;
}
//# sourceMappingURL=audit-log-export.js.map