import { type XmlElement } from '../../lib/xml.ts';
import type { Parser } from '../parser.ts';
import { type DataItem, type WindowsRecord } from './record.ts';
/**
 * Windows events as XML, as Event Viewer, `wevtutil` and `evtx_dump` write them: in an `Events` element, alone, or one
 * after the other without any root. https://learn.microsoft.com/windows/win32/wes/eventschema-schema
 */
export declare const xmlEvents: Parser;
/** A record out of the XML of one event; null when it is none. */
export declare function recordOfXml(event: XmlElement): WindowsRecord | null;
/** The data items of an `Event` element, or of an `EventData` element that stands alone. */
export declare function dataOfXml(event: XmlElement): DataItem[];
