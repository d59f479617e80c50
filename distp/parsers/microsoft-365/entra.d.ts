import type { Event, Place } from '../../model/event.ts';
import { type CloudRecord } from './record.ts';
/**
 * Sign-ins and changes of Entra (Azure AD) as Microsoft Graph, the portal, Azure Monitor and Sentinel write them.
 * https://learn.microsoft.com/graph/api/resources/signin, https://learn.microsoft.com/graph/api/resources/directoryaudit
 */
export declare function entraEvent(record: CloudRecord, raw: string, at: Place, isSnippet: boolean): Event;
