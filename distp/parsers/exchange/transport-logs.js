import { canonicalIp } from '../../lib/ip.js';
import { hostName } from '../common/lines.js';
import { filledText } from './log-values.js';
export const MESSAGE_TRACKING = 'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,' +
    'internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,' +
    'recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,' +
    'directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,' +
    'schema-version';
/** As 2010 writes it. */
export const MESSAGE_TRACKING_2010 = MESSAGE_TRACKING.replace('network-message-id,', '').replace(',transport-traffic-type,log-id,schema-version', '');
export const SMTP = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context';
/** The columns that show whether a message left the organization. */
export const SENT_TO = ['event-id', 'recipient-address', 'related-recipient-address', 'sender-address'];
export const CONNECTIVITY = 'date-time,session,source,destination,direction,description';
export const AGENT = 'Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,EnteredOrgFromIP,MessageId,P1FromAddress,P2FromAddresses,' +
    'Recipient,NumRecipients,Agent,Event,Action,SmtpResponse,Reason,ReasonData,Diagnostics,NetworkMsgID,TenantID,' +
    'Directionality';
export function deriveTracking(row) {
    const ip = filledText(row.fields['original-client-ip']) ?? filledText(row.fields['client-ip']);
    row.client = ip && canonicalIp(ip);
    row.fields.ToOutside = toOutside(row.fields);
}
/**
 * Did the message leave its sender's organization, or, where it was redirected, that of its original recipient? A name
 * below the domain of the other is of the same organization; null where one of the two is no address.
 */
function toOutside(fields) {
    const redirected = /^redirect$/i.test(filledText(fields['event-id']) ?? '');
    const house = domainOf(filledText(fields[redirected ? 'related-recipient-address' : 'sender-address']));
    const recipients = (filledText(fields['recipient-address']) ?? '').split(';').map(domainOf);
    if (house === null || recipients.includes(null))
        return null;
    return recipients.some((domain) => !isSameHouse(domain, house));
}
function domainOf(address) {
    return /@([\w-]{1,63}(?:\.[\w-]{1,63}){1,10})\s*>?$/.exec(address ?? '')?.[1]?.toLowerCase() ?? null;
}
function isSameHouse(a, b) {
    return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
// `SERVER\Default Frontend SERVER`
export function deriveSmtp(row) {
    row.host = hostOfConnector(filledText(row.fields['connector-id']) ?? '');
    row.fields.ClientIP = addressOf(row.fields['remote-endpoint']);
}
export function deriveSmtpSend(row) {
    Object.assign(row.fields, remoteOf(row.fields['remote-endpoint']));
}
/** Of `203.0.113.7:25` address and port. */
export function remoteOf(endpoint) {
    const port = /:(\d{1,5})$/.exec(filledText(endpoint) ?? '')?.[1];
    return { RemoteIP: addressOf(endpoint), RemotePort: port === undefined ? null : Number(port) };
}
/** Of `203.0.113.7:40112` the address: the port is another one at each connection. */
export function addressOf(endpoint) {
    const text = filledText(endpoint);
    return text && canonicalIp(text);
}
export function hostOfConnector(connector) {
    const slash = connector.indexOf('\\');
    return slash > 0 ? hostName(connector.slice(0, slash)) : null;
}
//# sourceMappingURL=transport-logs.js.map