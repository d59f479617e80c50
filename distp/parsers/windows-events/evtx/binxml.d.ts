import { Damage } from '../../common/format-error.ts';
/** A piece of an element's content or of an attribute's value. */
export type Part = {
    readonly kind: 'text';
    readonly text: string;
    readonly as?: 'cdata' | 'entity';
}
/** Takes the value of this number; the type that counts is the one that stands with the value. */
 | {
    readonly kind: 'value';
    readonly index: number;
    readonly optional: boolean;
}
/** A template that is used inside the content itself. */
 | {
    readonly kind: 'instance';
    readonly at: number;
} | {
    readonly kind: 'instruction';
    readonly target: string;
    readonly data: string;
};
export type BinXmlAttribute = {
    readonly name: string;
    readonly parts: readonly Part[];
};
export type BinXmlElement = {
    readonly name: string;
    /** The value without which the element is not there; -1: it is always there. */
    readonly needs: number;
    readonly attributes: readonly BinXmlAttribute[];
    readonly children: readonly (BinXmlElement | Part)[];
};
/** A template as it is used by records; the same object for the same content in all chunks of a file. */
export declare class Definition {
    readonly guid: readonly number[];
    readonly root: BinXmlElement;
    /** The tokens with their names and texts in place of offsets: equal for equal content and only for that. */
    readonly tokens: Int32Array;
    /** The highest number of a value that it takes; -1 when it takes none. */
    readonly last: number;
    /** What is worked out once a definition. */
    plan: unknown;
    constructor(guid: readonly number[], root: BinXmlElement, tokens: Int32Array);
    /** The first four bytes of the GUID, by which records name it too. */
    get id(): number;
}
/** A chunk, or what is left of one. Offsets inside it count from where it began. */
export declare class ChunkBytes {
    readonly bytes: Buffer;
    /** Where the chunk began in `bytes`; negative when its begin is lost. */
    readonly base: number;
    /** Recovered from where anything may have been written over: names and templates have to prove themselves. */
    readonly strict: boolean;
    readonly names: Map<number, number>;
    readonly definitions: Map<number, Definition>;
    /** Templates that cannot be read, so that a thousand records that use one do not read it a thousand times. */
    readonly broken: Map<number, Damage>;
    /** Elements that were made of its records one by one. */
    elements: number;
    constructor(bytes: Buffer, base?: number, strict?: boolean);
}
/** Values of one use of a template: where they lie. Reused from record to record. */
export declare class Instance {
    definition: Definition | null;
    count: number;
    at: Int32Array<ArrayBuffer>;
    size: Int32Array<ArrayBuffer>;
    type: Uint8Array<ArrayBuffer>;
    /** Where it ends. */
    end: number;
    /** Its own definition is written over: it is read by one of the same number from elsewhere in the file. */
    borrowed: boolean;
    /** Room for this many values. */
    room(count: number): void;
}
/** Reads templates and their uses, and remembers the templates of a file by their content. */
export declare class Templates {
    #private;
    /** A template is used at `at` (token 0x0c), by something that ends at `end`. Fills `into`. */
    instance(chunk: ChunkBytes, at: number, end: number, into: Instance): void;
    /** The definition at an offset of the chunk. */
    definition(chunk: ChunkBytes, offset: number, id: number): Definition;
    /** An element that stands by itself from `at` on, and where it ends. */
    element(chunk: ChunkBytes, at: number, end: number): {
        readonly root: BinXmlElement;
        readonly end: number;
    };
    /** So much is remembered that a new one should take its place. */
    get isFull(): boolean;
}
