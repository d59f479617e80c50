const OPERATIONS = {
    bind: 'MailItemsAccessed',
    sync: 'MailItemsAccessed',
    send: 'Send',
    login: 'MailboxLogin',
};
/** Fields of an event for counted rows of one mailbox (opened or sent mail, logons), as in the unified audit log. */
function mailFields({ mailbox, client, act, rows, items, bytes, last }) {
    return {
        Operation: OPERATIONS[act],
        ...(act === 'bind' || act === 'sync' ? { MailAccessType: act === 'sync' ? 'Sync' : 'Bind' } : {}),
        MailboxOwnerUPN: mailbox,
        ItemCount: items,
        ItemBytes: bytes,
        CellRows: rows,
        CellLast: last,
        'c-ip': client,
    };
}
/** Mail that was opened or sent, as an event. */
export function mailEvent(cell) {
    const { mailbox, by, client, session, app, first, at, sha256 } = cell;
    const event = {
        log: 'm365-exchange',
        sources: [],
        time: first,
        timeBasis: 'format',
        fields: {
            ...mailFields(cell),
            AppId: app,
            // An application that opens a mailbox without a user acts as its owner.
            ...(by !== null && !by.includes('@') ? { ImpersonatedUser: mailbox } : {}),
        },
        raw: '',
        at,
        host: null,
        client,
        user: by ?? mailbox,
        target: mailbox,
        request: null,
        session,
    };
    return { event, sha256 };
}
//# sourceMappingURL=mail-fields.js.map