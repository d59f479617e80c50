import { JsonObjects } from '../../lib/json-stream.js';
/**
 * Reads a file of JSON objects: one list, one on each line, or several behind each other. `take` returns whether it knows an
 * object; what it does not know is a gap. Returns the number of bytes that were parsed. `options`: how the source gives its bytes.
 */
export async function readJsonObjects(source, sink, take, options) {
    const objects = new JsonObjects(source.bytes, take, (gap) => sink.gap(gap));
    for await (const chunk of source.chunks(options))
        objects.push(chunk);
    return objects.finish() - objects.gapBytes;
}
//# sourceMappingURL=json-objects.js.map