import type { LineTaker } from './lines.ts';
/** An object that stands in a text, with its place in bytes of the source. */
export type StreamedObject = {
    readonly value: Record<string, unknown>;
    readonly text: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    /** Other text stands in front of it on its line. */
    readonly prefixed: boolean;
};
/** A stretch that holds no object that was taken. */
export type JsonGap = {
    offset: number;
    length: number;
    reason: Reason;
    detail: string;
};
type Reason = 'unsupported' | 'corrupt' | 'truncated' | 'too-long' | 'depth' | 'nul-tail';
/**
 * Finds the JSON objects in a stream: one a line, indented over many lines, in a list, one after the other, inside the
 * list of an outer object (`{"hits":[…]}`), or in the middle of other text. `take` says whether an object is what was
 * looked for; what was not taken or cannot be read is a gap. Whatever is broken, reading goes on at the next object.
 */
export declare class JsonObjects {
    #private;
    gapBytes: number;
    /** `taker`: takes objects that are whole lines and need not be told. */
    constructor(head: Uint8Array, take: (object: StreamedObject) => boolean, gap: (gap: JsonGap) => void, taker?: LineTaker | null);
    push(chunk: Uint8Array): void;
    /** Ends the text; returns its size in bytes. */
    finish(): number;
}
export {};
