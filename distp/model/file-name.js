/** The last name of a path, with slashes of either kind. */
export function fileNameOf(path) {
    return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
//# sourceMappingURL=file-name.js.map