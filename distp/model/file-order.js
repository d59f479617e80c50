import { isMisplaced } from './own-places.js';
/**
 * The order of files on the medium must not show: by path, then by content. Of what is there twice, and of what is too much to
 * keep, that counts which lies where it belongs, so that what is misplaced comes last.
 */
export function orderFiles(files) {
    return files
        .map((file) => ({ file, isLate: isMisplaced(file) }))
        .sort((a, b) => Number(a.isLate) - Number(b.isLate) || compare(a.file.artifact, b.file.artifact))
        .map(({ file }) => file);
}
function compare(a, b) {
    if (a.path !== b.path)
        return a.path < b.path ? -1 : 1;
    return a.sha256 === b.sha256 ? 0 : a.sha256 < b.sha256 ? -1 : 1;
}
//# sourceMappingURL=file-order.js.map