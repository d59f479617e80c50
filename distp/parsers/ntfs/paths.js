import { fileFields } from '../../model/file-fields.js';
// Windows opens no path of more characters, and 512 folders in each other are none that a person made.
const LONGEST = 32_767;
const DEEPEST = 512;
/** Maximum number of characters of paths remembered, and the allowance for what else belongs to a path. */
const REMEMBERED = 2 * 1024 * 1024;
const APIECE = 200;
/** Paths of folders from links to the folder above, found once each. Keys are numbers that the caller chooses. */
export class Paths {
    #folderOf;
    #root;
    #rootKey;
    #lost;
    #onCycle;
    #known = new Map();
    #characters = 0;
    /** `drive`: `C:` or empty. `lost`: what stands where the folder above is not known. `onCycle`: a folder lies in itself. */
    constructor(folderOf, of) {
        this.#folderOf = folderOf;
        this.#rootKey = of.root;
        this.#root = { text: of.drive, sure: true, depth: 0, shared: null };
        this.#lost = { text: of.lost, sure: false, depth: 0, shared: null };
        this.#onCycle = of.onCycle ?? (() => { });
    }
    /** The folder of that key; the place for lost files when it is null or not known. */
    of(key) {
        if (key === null)
            return this.#lost;
        if (key === this.#rootKey)
            return this.#root;
        const known = this.#known.get(key);
        if (known)
            return known;
        // Up to the root or a folder whose path is known, then down again.
        const way = [];
        const seen = new Set();
        let above = null;
        for (let at = key; above === null;) {
            if (at === this.#rootKey)
                above = this.#root;
            else if (at === null)
                above = this.#lost;
            else if (seen.has(at)) {
                this.#onCycle(at);
                above = this.#broken('⟨cycle⟩');
            }
            else if (way.length > DEEPEST)
                above = this.#broken('⟨deep⟩');
            else {
                const found = this.#known.get(at);
                const folder = found ? null : this.#folderOf(at);
                if (found)
                    above = found;
                else if (!folder)
                    above = this.#lost;
                else {
                    seen.add(at);
                    way.push([at, folder.name]);
                    at = folder.parent;
                }
            }
        }
        for (let i = way.length - 1; i >= 0; i--)
            above = this.#below(above, way[i][0], way[i][1]);
        return above;
    }
    /** Forgets what was found: a folder has another name or place now. */
    forget() {
        this.#known.clear();
        this.#characters = 0;
    }
    #below(above, key, name) {
        const deep = above.depth >= DEEPEST || above.text.length + name.length >= LONGEST;
        const from = deep ? this.#broken('⟨deep⟩') : above;
        const path = { text: `${from.text}\\${name}`, sure: from.sure, depth: from.depth + 1, shared: null };
        this.#characters += path.text.length + APIECE;
        if (this.#characters > REMEMBERED)
            this.forget();
        this.#known.set(key, path);
        return path;
    }
    #broken(text) {
        return { text: `${this.#root.text}\\${text}`, sure: false, depth: 0, shared: null };
    }
}
/** The fields of `fileFields` for a file in a folder, most of them found once a folder. */
export function fieldsIn(folder, name) {
    const shared = (folder.shared ??= sharedOf(folder.text));
    const dot = name.lastIndexOf('.');
    return {
        TargetFilename: `${folder.text}\\${name}`,
        FileName: name,
        Extension: dot < 0 ? '' : name.slice(dot).toLowerCase(),
        Directory: shared.directory,
        WebRoot: shared.webRoot,
        RelativePath: shared.relative === null ? null : shared.relative + name.toLowerCase(),
    };
}
function sharedOf(folder) {
    const fields = fileFields(`${folder}\\x`);
    const relative = fields.RelativePath;
    return {
        // The same text once, not twice.
        directory: fields.Directory === folder ? folder : String(fields.Directory),
        webRoot: fields.WebRoot ?? null,
        relative: typeof relative === 'string' ? relative.slice(0, -1) : null,
    };
}
/** The drive that a metadata file was taken from: `C:`, the device of a shadow copy; empty where nothing says it. */
export function driveOf(source) {
    const restored = /^([A-Za-z]:|\\\\\?\\GLOBALROOT\\Device\\[^\\]+)\\\$/.exec(source.windowsPath ?? '')?.[1];
    if (restored !== undefined)
        return restored;
    const names = source.path.split(/[\\/]/);
    // `C_$MFT`, `$MFT_C`, `$J-D`, `C/$MFT`
    const own = names.at(-1) ?? '';
    const letter = /^([A-Za-z])[_.-]+\$?(?:mft|j|usnjrnl)/i.exec(own)?.[1] ??
        /^\$?(?:mft|j|usnjrnl(?:[_.-]?\$?j)?)[_.-]+([A-Za-z])(?:[_.-]|$)/i.exec(own)?.[1] ??
        names
            .slice(0, -1)
            .filter((name) => !/^\$extend$/i.test(name))
            .at(-1)
            ?.match(/^([A-Za-z])(?:[:$]|_|[-_ ]drive)?$/i)?.[1];
    return letter === undefined ? '' : `${letter.toUpperCase()}:`;
}
//# sourceMappingURL=paths.js.map