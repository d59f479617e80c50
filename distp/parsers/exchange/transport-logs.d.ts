import type { Fields, FieldValue } from '../../model/event.ts';
import type { EventDraft } from './log-type.ts';
export declare const MESSAGE_TRACKING: string;
/** As 2010 writes it. */
export declare const MESSAGE_TRACKING_2010: string;
export declare const SMTP = "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context";
/** The columns that show whether a message left the organization. */
export declare const SENT_TO: string[];
export declare const CONNECTIVITY = "date-time,session,source,destination,direction,description";
export declare const AGENT: string;
export declare function deriveTracking(row: EventDraft): void;
export declare function deriveSmtp(row: EventDraft): void;
export declare function deriveSmtpSend(row: EventDraft): void;
/** Of `203.0.113.7:25` address and port. */
export declare function remoteOf(endpoint: FieldValue | undefined): Fields;
/** Of `203.0.113.7:40112` the address: the port is another one at each connection. */
export declare function addressOf(endpoint: FieldValue | undefined): string | null;
export declare function hostOfConnector(connector: string): string | null;
