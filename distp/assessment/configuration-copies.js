import { configurationKinds } from '../model/log-kinds.js';
export function configurationCopies(scans) {
    const copies = new Map();
    for (const { artifact } of scans) {
        if (artifact.modified === null || !artifact.kinds.some((kind) => configurationKinds.has(kind)))
            continue;
        const name = configurationFileOf(artifact.path);
        copies.set(name, Math.min(artifact.modified, copies.get(name) ?? Infinity));
    }
    return copies;
}
/** The name of a configuration file, without the extra extension of the miniature servers. */
export function configurationFileOf(path) {
    return path
        .slice(path.lastIndexOf('/') + 1)
        .toLowerCase()
        .replace(/\.enc$/, '');
}
//# sourceMappingURL=configuration-copies.js.map