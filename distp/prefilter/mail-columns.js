/** Columns that name the mailbox of a row, the surest first: acted as, impersonated, the one who asks. */
export const OWNERS = {
    ews: ['ActAsUser', 'ImpersonatedUser', 'AuthenticatedUser'],
    mapihttp: ['ActAsUserEmail', 'MailboxId', 'AuthenticatedUserEmail', 'AuthenticatedUser'],
};
/** Columns that name the account of a row, which may open the mailbox of another. */
export const ACTORS = {
    ews: ['AuthenticatedUser'],
    mapihttp: ['AuthenticatedUserEmail', 'AuthenticatedUser'],
};
export const SOURCES = {
    ews: ['ClientIpAddress', 'UserAgent'],
    mapihttp: ['ClientIP', 'ClientSoftware'],
};
export const STATUS = { ews: 'HttpStatus', mapihttp: 'HttpStatusCode' };
export const SIZE = 'ResponseSize';
/** Columns of message tracking by which mail that was sent is counted, and the one of its recipients. */
export const SENT = {
    by: ['event-id', 'connector-id', 'sender-address'],
    size: 'recipient-count',
};
/** Are these rows of message tracking? */
export function isTracking({ sources, time }) {
    return 'stamp' in time && sources.some(({ service }) => service === 'message-tracking');
}
/** The kind of such a log; undefined for all others. */
export function logOf({ sources, time }) {
    return 'stamp' in time ? sources.map(({ service }) => service ?? '').find((name) => OWNERS[name]) : undefined;
}
/** Names of all columns that decide by what the rows of a log are counted. */
export function mailColumnNames(log) {
    return [...new Set([...OWNERS[log], ...SOURCES[log], STATUS[log]])];
}
/** The columns that decide by what a row is counted, and the one of its size; undefined where it is not. */
export function mailColumns(layout) {
    const log = logOf(layout);
    if (log === undefined && !isTracking(layout))
        return undefined;
    const { by, size } = log === undefined ? SENT : { by: mailColumnNames(log), size: SIZE };
    const columns = by.flatMap((name) => (layout.columns.includes(name) ? [layout.columns.indexOf(name)] : []));
    return { by: columns, size: layout.columns.indexOf(size) };
}
//# sourceMappingURL=mail-columns.js.map