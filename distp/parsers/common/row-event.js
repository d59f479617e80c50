/** The event of a row. Roles that the row does not fill (host, client, user, target, request, session) are null. */
export function rowEvent(path, { text, offset, length, number }, event) {
    return {
        raw: text,
        at: { path, offset, length, line: number },
        host: null,
        client: null,
        user: null,
        target: null,
        request: null,
        session: null,
        ...event,
    };
}
//# sourceMappingURL=row-event.js.map