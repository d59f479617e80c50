import { type XmlElement } from '../../lib/xml.ts';
export type PsScalar = string | number | boolean | null;
export type PsValue = PsScalar | PsObject;
/** An object as it was serialized: live objects as properties and text, collections as items, enums as text and number. */
export type PsObject = {
    /** Type names, the most special first, without `Deserialized.` and `Selected.` */
    readonly types: readonly string[];
    /** What ToString gave. */
    readonly text: string | null;
    readonly properties: ReadonlyMap<string, PsValue>;
    readonly items: readonly PsValue[] | null;
    /** Of a dictionary. */
    readonly entries: readonly (readonly [PsValue, PsValue])[] | null;
    /** What the object wraps: the number of an enum. */
    readonly wrapped: PsScalar;
};
export declare function isObject(value: PsValue | undefined): value is PsObject;
/** Type names and objects that are referred to by number. Objects are known within one top-level object, then as text. */
export declare class ObjectReferences {
    readonly types: Map<string, readonly string[]>;
    readonly texts: Map<string, string>;
    objects: Map<string, PsObject>;
    next(): this;
}
/** The value of an element; null for what is none of the format. */
export declare function valueOf(element: XmlElement, names: ObjectReferences, depth: number): PsValue;
