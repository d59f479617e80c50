import { inspect } from 'node:util';
/** Said on stderr by a process that ends itself since it has too much memory. */
export const TOO_MUCH = 'postern: too much memory';
/** Said to a process that is started to read, and not only to list. */
export const FOR_READING = 'reads';
/** Why the content of a file was given up, in words. */
export const abandonedFor = {
    timeout: () => 'reading it took too long and was ended',
    memory: () => 'reading it wanted more memory than one file may take',
    failed: (detail) => `reading it failed: ${detail}`,
};
const LONGEST = 200;
/** An exception in words that are the same on every machine. */
export function failureOf(error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const first = text.split('\n', 1)[0];
    return first.replaceAll(/[^\s'"]+/g, withoutFolders).slice(0, LONGEST);
}
/** An exception with the places in the program at which it happened. */
export function stackOf(error) {
    return inspect(error, { depth: 4, maxStringLength: 4_000, maxArrayLength: 20, breakLength: 120 });
}
/** Of a path in a message the name alone: folders differ from machine to machine. */
function withoutFolders(word) {
    const root = /(?:file:\/\/)?(?:\/|[A-Za-z]:\\)/.exec(word);
    if (!root)
        return word;
    const last = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
    return last < root.index + root[0].length ? word : word.slice(0, root.index) + word.slice(last + 1);
}
/** No memory is left for a buffer, or for an instance of WebAssembly: the file at hand wants too much. */
export function isOutOfMemory(error) {
    return error instanceof RangeError && /allocat|out of memory|unable to grow/i.test(error.message);
}
//# sourceMappingURL=handle.js.map