import type { KnownLogKind } from '../../model/log-kinds.ts';
import { type XmlPlace } from '../../lib/xml-stream.ts';
import type { XmlElement } from '../../lib/xml.ts';
import type { Event, FieldValue, LogSource } from '../../model/event.ts';
import type { Sink, Source } from '../parser.ts';
/** An element of a configuration file: where it lies, and the elements around it, outermost first. */
export type Tag = {
    /** With what it holds where that was asked for, else with its attributes only. */
    readonly element: XmlElement;
    readonly parents: readonly XmlElement[];
    /** The start tag, or all of the element up to 64 KiB, as it stands there. */
    readonly raw: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    /** It was larger than what is kept of one element, or the file broke within it. */
    readonly cut: boolean;
};
/** What a reader of a configuration asks for. */
export type XmlReader = {
    /** Is the element taken with all that it holds? `take` is then called at its end. */
    whole?(element: XmlElement, parents: readonly XmlElement[]): boolean;
    take(tag: Tag): void;
    comment?(text: string, place: XmlPlace): void;
    doctype?(raw: string, place: XmlPlace): void;
    /** What stands where the text stops being XML. */
    broken?(text: string, place: XmlPlace): void;
    readonly depth?: number;
    readonly many?: boolean;
    readonly what?: string;
};
/** Walks through the tags of an XML file. Returns the bytes that were understood. */
export declare function readTags(source: Source, sink: Sink, take: (tag: Tag) => void): Promise<number>;
/**
 * Walks through an XML file of any size, so that what stands before a damaged place is read; from there on it is a gap.
 * A document type definition is a gap of its own: no entity is defined. https://www.w3.org/TR/xml/
 */
export declare function readXml(source: Source, sink: Sink, reader: XmlReader): Promise<number>;
/** The element's own or an outer `location`: the site and path that a setting is for, null for the whole server. */
export declare function locationOf(tag: Pick<Tag, 'parents'>): string | null;
/** The event of an entry of a configuration: a state without a time. Secrets are masked in its text. */
export declare function configEvent(source: Pick<Source, 'path'>, log: KnownLogKind, tag: Pick<Tag, 'raw' | 'offset' | 'length' | 'line'>, fields: Readonly<Record<string, FieldValue>>, target: string): Event;
export declare function posternSources(service: string): readonly LogSource[];
