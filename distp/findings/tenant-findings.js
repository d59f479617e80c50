import { TenantPlaces, signInsOnce } from '../activity/tenant-places.js';
/** The activity of a tenant in all exports. */
export function tenantActivity(cloud, facts) {
    const signIns = signInsOnce(cloud);
    const known = cloud.explaining('tenant');
    const places = new TenantPlaces(known, known === cloud ? signIns : signInsOnce(known), facts.networks);
    return { cloud, signIns, facts, places };
}
/** A sign-in as an event. */
export function signInEvent(one) {
    const { user, client, session, system, tool, app, flow, result, rows, first, last, at, sha256 } = one;
    const event = {
        log: one.vantage === 'audit' ? 'm365-signin' : 'entra-signin',
        sources: [],
        time: first,
        timeBasis: 'format',
        fields: {
            Operation: result === 'success' ? 'UserLoggedIn' : 'UserLoginFailed',
            UserId: user,
            'c-ip': client,
            SessionId: session || null,
            System: system || null,
            UserAgent: tool || null,
            ApplicationId: app || null,
            Flow: flow || null,
            CellRows: rows,
            CellLast: last,
        },
        raw: '',
        at,
        host: null,
        client,
        user,
        target: null,
        request: null,
        session: session || null,
    };
    return { event, sha256 };
}
//# sourceMappingURL=tenant-findings.js.map