import { ssrfOfAnchor, ssrfOfCookie } from './ssrf.js';
import { uriOf } from '../web/w3c.js';
import { filledText, isSuccess, querySession, clientOfQuery, stemOf, folderOf, protocolKind } from './log-values.js';
// 2016, 2019 and SE.
export const HTTP_PROXY = 'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,' +
    'UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,' +
    'UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,' +
    'TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,' +
    'RequestBytes,ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,' +
    'CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,' +
    'TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,' +
    'SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,' +
    'ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,' +
    'BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,' +
    'HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,' +
    'RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,' +
    'GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,' +
    'RoutingStatus';
// The first builds of 2013.
export const HTTP_PROXY_2013_EARLY = 'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlStem,' +
    'ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,' +
    'ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,' +
    'TargetServerVersion,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,' +
    'ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,' +
    'CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,' +
    'TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,' +
    'ActivityContextLifeTime,ModuleToHandlerSwitching,FirstResponseByteReceived,ProxyTime,RequestHandlerLatency,' +
    'HandlerToModuleSwitching,HttpProxyOverhead,TotalRequestTime,UrlQuery,GenericInfo,GenericErrors';
// Later builds of 2013 have no published list. Two lengths were met: rows of 15.0.847 with 64 values and of 15.0.913
// with 68. Their times, sums (front end = total − back end) and `BeginRequest=` fall into place when the columns that
// came later are taken out of the list of 2016.
const LATER = [
    'RouteRefresherLatency',
    'EdgeTraceId',
    'DatabaseGuid',
    'UserADObjectGuid',
    'PartitionEndpointLookupLatency',
    'RoutingStatus',
];
export const HTTP_PROXY_2013 = without(HTTP_PROXY, LATER);
export const HTTP_PROXY_2013_SP1 = without(HTTP_PROXY_2013, [
    'SharedCacheLatencyBreakup',
    'TotalSharedCacheLatency',
    'KerberosAuthHeaderLatency',
    'HandlerCompletionLatency',
]);
export const HTTP_PROXY_DERIVED = [
    'c-ip',
    'cs-method',
    'cs-uri-stem',
    'cs-uri-query',
    'cs-uri',
    'cs-username',
    'cs-user-agent',
    'cs-host',
    'sc-status',
    'sc-bytes',
    'cs-bytes',
    's-computername',
    'Authenticated',
    'Succeeded',
    'Canary',
    'DeviceId',
];
/** What stands in the columns of HttpProxy under other names; whether a request succeeded does not. */
export const HTTP_PROXY_STANDS = {
    'c-ip': 'end',
    'cs-method': 'end',
    'cs-uri-stem': 'end',
    'cs-uri-query': 'end',
    'cs-uri': 'end',
    'cs-username': 'end',
    'cs-user-agent': 'end',
    'cs-host': 'end',
    'sc-status': 'end',
    'sc-bytes': 'end',
    'cs-bytes': 'end',
    's-computername': 'end',
    canary: 'inside',
    deviceid: 'inside',
};
function without(list, names) {
    return list
        .split(',')
        .filter((name) => !names.includes(name))
        .join(',');
}
export function deriveHttpProxy(row, path) {
    const f = row.fields;
    row.log = protocolKind(filledText(f.Protocol) ?? folderOf(path) ?? (stemOf(filledText(f.UrlStem)) || ''));
    const query = filledText(f.UrlQuery)?.replace(/^\?/, '') || null;
    fillWebFields(f, query);
    row.target = filledText(f.UrlStem);
    const ssrf = ssrfOf(f);
    if (ssrf) {
        f.SsrfForm = ssrf.form;
        f.SsrfHost = ssrf.host;
        f.SsrfPort = ssrf.port;
        f.SsrfPath = ssrf.path;
        f.SsrfQuery = ssrf.query;
        f.SsrfTo = ssrf.to;
        row.target = `${ssrf.host}${ssrf.port === null ? '' : `:${ssrf.port}`}${ssrf.path}`;
    }
    row.session = (query && querySession(query)) || (ssrf && querySession(`${ssrf.query ?? ''}`)) || null;
}
/** The fields that every log of a web server has, and what they say of the client and of success. */
function fillWebFields(f, query) {
    const stem = filledText(f.UrlStem);
    const user = filledText(f.AuthenticatedUser);
    f['c-ip'] = f.ClientIpAddress ?? null;
    f['cs-method'] = f.Method ?? null;
    f['cs-uri-stem'] = stem;
    f['cs-uri-query'] = query;
    f['cs-uri'] = uriOf(stem, query);
    f['cs-username'] = user;
    f['cs-user-agent'] = f.UserAgent ?? null;
    f['cs-host'] = f.UrlHost ?? null;
    f['sc-status'] = f.HttpStatus ?? null;
    f['sc-bytes'] = f.ResponseBytes ?? null;
    f['cs-bytes'] = f.RequestBytes ?? null;
    f['s-computername'] = f.ServerHostName ?? null;
    Object.assign(f, clientOfQuery(query));
    if ('AuthenticatedUser' in f || 'IsAuthenticated' in f)
        f.Authenticated = user !== null || /^true$/i.test(filledText(f.IsAuthenticated) ?? '');
    f.Succeeded = isSuccess(f.BackEndStatus);
}
/** Where the client told the front end to send its request, when it did. */
function ssrfOf(f) {
    const inside = {
        server: filledText(f.ServerHostName),
        targetServer: filledText(f.TargetServer),
        urlHost: filledText(f.UrlHost),
    };
    const anchor = filledText(f.AnchorMailbox);
    const cookie = filledText(f.BackEndCookie);
    return (anchor && ssrfOfAnchor(anchor, inside)) || (cookie && ssrfOfCookie(cookie, inside)) || null;
}
/** Columns of HttpProxy under Sigma's names. */
const HTTP_PROXY_ALIASES = new Map([
    ['ClientIpAddress', 'c-ip'],
    ['Method', 'cs-method'],
    ['UrlStem', 'cs-uri-stem'],
    ['AuthenticatedUser', 'cs-username'],
    ['UserAgent', 'cs-user-agent'],
    ['UrlHost', 'cs-host'],
    ['HttpStatus', 'sc-status'],
    ['ResponseBytes', 'sc-bytes'],
    ['RequestBytes', 'cs-bytes'],
    ['ServerHostName', 's-computername'],
]);
const NOWHERE = { server: null, targetServer: null, urlHost: null };
export function httpProxyFields(column, value) {
    const alias = HTTP_PROXY_ALIASES.get(column);
    if (alias !== undefined)
        return { [alias]: value };
    const text = filledText(value);
    if (column === 'UrlQuery') {
        const query = text?.replace(/^\?/, '') || null;
        return { 'cs-uri-query': query, ...clientOfQuery(query) };
    }
    if (column === 'BackEndStatus')
        return { Succeeded: isSuccess(value) };
    // Forged requests are told by more than one column.
    if (column === 'AnchorMailbox')
        return text && ssrfOfAnchor(text, NOWHERE) ? null : {};
    if (column === 'BackEndCookie')
        return text && ssrfOfCookie(text, NOWHERE) ? null : {};
    return {};
}
//# sourceMappingURL=http-proxy-log.js.map