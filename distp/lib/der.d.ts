/** One element of DER (X.690): its tag and where its content lies. */
export type DerElement = {
    readonly tag: number;
    readonly start: number;
    readonly from: number;
    readonly to: number;
};
/** The element at a place; null when none begins there or it reaches beyond `end`. */
export declare function elementAt(der: Uint8Array, at: number, end?: number): DerElement | null;
/** The elements inside another one, as far as they can be read; not more than `most`. */
export declare function derElements(der: Uint8Array, outer: DerElement, most?: number): DerElement[];
/** An object identifier in dots: `2.5.4.3`. */
export declare function objectId(der: Uint8Array, element: DerElement): string;
/** The text of a string element: UTF-16 (BMPString), UTF-8 or one byte a letter. */
export declare function derText(der: Uint8Array, element: DerElement): string;
