import { type PsValue } from './powershell-object.ts';
import type { Sink, Source } from '../parser.ts';
import { type Tag } from './xml-reader.ts';
/** Makes events and facts of the objects of an export. */
export declare class ClixmlEvents {
    #private;
    constructor(source: Source, sink: Sink);
    /** A top-level object, with the place where it lies. */
    take(object: PsValue, tag: Tag): void;
    finish(): void;
}
