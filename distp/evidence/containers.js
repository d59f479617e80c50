import { refusal } from '../lib/errors.js';
import { EvidenceError, gapReasonOf } from './container.js';
import { directory } from './directory.js';
import { encoded } from './encoded.js';
import { gzip } from './gzip.js';
import { isPackedFile, sevenZip } from './seven-zip.js';
import { tar } from './tar.js';
import { zip } from './zip.js';
import { zstd } from './zstd.js';
/** Every form in which evidence arrives, in the order in which they are asked. */
export const containers = [directory, zip, gzip, zstd, sevenZip, tar, encoded];
/** Those that hold the files of a server; one packed file is none. */
export const archives = [zip, tar, sevenZip];
/** The container that a file is, by its first bytes. */
export function recognise(head, size) {
    return containers.find((c) => c.recognise(head, size));
}
/** Is this an archive of many files rather than one packed file? */
export function isArchive(container, head) {
    return archives.includes(container) && !(container === sevenZip && isPackedFile(head));
}
/** The step into a file that is one packed file; null for any other. */
export function packedStep(head) {
    if (isPackedFile(head))
        return { in: '7z', index: 0, at: 0, size: null };
    return gzip.recognise(head) ? { in: 'gzip' } : zstd.recognise(head) ? { in: 'zstd' } : null;
}
export function containerOf(step) {
    const container = containers.find((c) => c.name === step.in);
    if (container === undefined)
        throw new Error(`no container is called ${step.in}`);
    return container;
}
/** Does it lie in a folder, and in no archive? */
export function isLoose({ steps }) {
    return steps.length === 1 && steps[0].in === 'folder';
}
/** Damage of the evidence or the medium as an `EvidenceError`, without paths of this machine; any other error is a bug. */
export function evidenceError(error, delivered) {
    const reason = gapReasonOf(error);
    if (reason === null)
        throw error;
    const detail = error instanceof EvidenceError ? error.message : `cannot be read: ${refusal(error.code)}`;
    return new EvidenceError(reason, detail, delivered);
}
//# sourceMappingURL=containers.js.map