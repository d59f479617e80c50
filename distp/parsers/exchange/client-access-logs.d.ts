import type { Fields, FieldValue } from '../../model/event.ts';
import type { EventDraft } from './log-type.ts';
export declare const EWS: string;
export declare const EWS_2013: string;
export declare const MAPI_HTTP: string;
export declare const RPC_CLIENT_ACCESS: string;
export declare const RPC_CLIENT_ACCESS_2013: string;
export declare const IMAP_POP = "dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context,puid";
export declare const ECP = "TimeStamp,ServerName,EventId,EventData";
/** What a row of the back end of RPC over HTTP may say in its EventData. */
export declare const RPC_HTTP_KEYS: string[];
export declare function deriveEcp(row: EventDraft): void;
export declare function deriveOwa(row: EventDraft): void;
/** Of the back end of Outlook on the web: whose mailbox, and the requesting account where that is another. */
export declare function owaFields(data: FieldValue | undefined): Fields;
export declare function deriveRpcHttp(row: EventDraft): void;
export declare function deriveRpcClientAccess(row: EventDraft): void;
/**
 * Of `Logon: Delegate, /o=Contoso/ou=Exchange Administrative Group/cn=Recipients/cn=0123…-ann in database MDB01 …` the
 * mailbox: the last part of its name in the old directory, without the number that later builds put before it.
 */
export declare function mailboxOfLogon(value: FieldValue | undefined): string | null;
