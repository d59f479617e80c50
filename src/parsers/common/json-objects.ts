import { JsonObjects, type StreamedObject } from '../../lib/json-stream.ts'
import type { LineTaker } from '../../lib/lines.ts'
import type { Between, Head, Sink, Source } from '../parser.ts'

/** Finds the objects of a source; gaps lie between the entries that were emitted before and after them. */
export function jsonObjectsOf(
  source: Source,
  sink: Sink,
  take: (object: StreamedObject) => boolean,
  taker: LineTaker | null = null,
): JsonObjects<Between> {
  const mark = sink.mark ? (isAround: boolean): Between => sink.mark!(isAround) : null
  return new JsonObjects<Between>(source.bytes, take, (gap) => sink.gap(gap), taker, mark)
}

/** Is one of the objects in a head of this kind? */
export function holdsObject({ bytes }: Head, isKnown: (value: Readonly<Record<string, unknown>>) => boolean): boolean {
  let found = false
  const objects = new JsonObjects(
    bytes,
    ({ value }) => isKnown(value) && (found = true),
    () => {},
  )
  objects.push(bytes)
  objects.finish()
  return found
}

/**
 * Reads a file of JSON objects: one list, one on each line, or several behind each other. `take` returns whether it knows an
 * object; what it does not know is a gap. Returns the number of bytes that were parsed. `options`: how the source gives its bytes.
 */
export async function readJsonObjects(
  source: Source,
  sink: Sink,
  take: (object: StreamedObject) => boolean,
  options?: Parameters<Source['chunks']>[0],
): Promise<number> {
  const objects = jsonObjectsOf(source, sink, take)
  for await (const chunk of source.chunks(options)) objects.push(chunk)
  return objects.finish() - objects.gapBytes
}
