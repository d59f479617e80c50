/** An element of a fragment of XML. Text and elements stand in `children` in their order. */
export type XmlElement = {
    /** Without its namespace prefix. */
    readonly name: string;
    readonly attributes: ReadonlyMap<string, string>;
    readonly children: readonly (XmlElement | string)[];
};
/**
 * Reads one element with all it holds, null when its tags do not match. More forgiving than the standard where logs are
 * damaged harmlessly: control characters, unknown entities and `&` alone stay as they are. No entity is ever defined
 * or fetched. https://www.w3.org/TR/xml/
 */
export declare function parseXml(text: string): XmlElement | null;
/** The text in an element, without the tags in it. */
export declare function elementText(element: XmlElement): string;
/** The elements in an element. */
export declare function childElements(element: XmlElement | null | undefined): readonly XmlElement[];
/** The first element of that name in an element. */
export declare function childElement(element: XmlElement | null | undefined, name: string): XmlElement | null;
/** Text with its character references and the five entities of XML replaced; any other entity stays as it is. */
export declare function unescapeXml(text: string): string;
