import { type StreamedObject } from '../../lib/json-stream.ts';
import type { Sink, Source } from '../parser.ts';
/**
 * Reads a file of JSON objects: one list, one on each line, or several behind each other. `take` returns whether it knows an
 * object; what it does not know is a gap. Returns the number of bytes that were parsed. `options`: how the source gives its bytes.
 */
export declare function readJsonObjects(source: Source, sink: Sink, take: (object: StreamedObject) => boolean, options?: Parameters<Source['chunks']>[0]): Promise<number>;
