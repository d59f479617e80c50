import { type XmlElement } from './xml.ts';
/** A start tag, with its place in the file. `raw` is the tag as it stands there. */
export type XmlTag = {
    /** The element with its attributes, without what it holds. */
    readonly element: XmlElement;
    readonly raw: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    /** `<a/>`: nothing is in it, and no `close` follows. */
    readonly empty: boolean;
};
export type XmlPlace = {
    readonly offset: number;
    readonly length: number;
    readonly line: number;
};
/** What is told of a document, in its order. */
export type XmlVisitor = {
    open(tag: XmlTag): void;
    /** Text between tags, unescaped; one text may come in several pieces. `raw` is the same as it stands there. */
    text?(text: string, raw: string): void;
    /** `raw` is the end tag, empty at the end of a broken document; `end` the offset after it. */
    close?(raw: string, end: number): void;
    /** A comment with all its text up to 64 KiB. */
    comment?(text: string, place: XmlPlace): void;
    /** A document type definition. Its entities are neither read nor used. */
    doctype?(raw: string, place: XmlPlace): void;
};
/** Where a text stops being XML. */
export type XmlBreak = {
    readonly offset: number;
    readonly line: number;
    readonly reason: 'truncated' | 'corrupt' | 'nul-tail';
    readonly detail: string;
    /** What stands there, up to 64 KiB. */
    readonly text: string;
};
export type XmlLimits = {
    /** Elements within each other. */
    readonly depth: number;
    /** Several documents one after the other, as when outputs are put into one file. */
    readonly many?: boolean;
    /** How text outside of the root is called. */
    readonly what?: string;
};
/**
 * Walks through XML of any size in pieces, once, and holds no more of it than a tag. What stands before a damaged place
 * is told. No entity is ever defined or fetched. https://www.w3.org/TR/xml/
 */
export declare class XmlWalk {
    #private;
    /** Set when the text has stopped being XML; all that follows is not looked at. */
    broken: XmlBreak | null;
    /** Bytes that were given. */
    size: number;
    constructor(head: Uint8Array, visitor: XmlVisitor, limits: XmlLimits);
    push(chunk: Uint8Array): void;
    /** Reads to the end, and closes what is open. */
    finish(): void;
}
