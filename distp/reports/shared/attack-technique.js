import { techniqueNames } from './attack-names.js';
/** What is known of a technique; null where the text is no id. One without a name here is called by its id. */
export function technique(id) {
    if (!/^T\d{4}(?:\.\d{3})?$/.test(id))
        return null;
    const name = Object.hasOwn(techniqueNames, id) ? techniqueNames[id] : id;
    return { id, name, url: `https://attack.mitre.org/techniques/${id.replace('.', '/')}/` };
}
/** The techniques among these, each once, by id. */
export function techniquesOf(ids) {
    return [...new Set(ids)].sort().flatMap((id) => technique(id) ?? []);
}
//# sourceMappingURL=attack-technique.js.map