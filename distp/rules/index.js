import { extname } from 'node:path';
import { sha256 } from '../lib/hash.js';
import { addTo } from '../lib/collections.js';
import { ioc } from './indicators/indicators.js';
import { sigma } from './sigma/index.js';
import { yara } from './yara/yara.js';
/** The rule languages. A further one is one file and one line here. */
export const ruleLanguages = [sigma, yara, ioc];
function languageOf({ path, language: said }) {
    const extension = extname(path).toLowerCase();
    return (ruleLanguages.find(({ extensions }) => extensions.includes(extension)) ??
        ruleLanguages.find(({ name }) => name === said));
}
/** Hands each file to its language. The order of the files does not change what is loaded, nor its order. */
export async function loadRules(files, known = {}, now) {
    const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const byLanguage = new Map();
    const refused = [];
    for (const file of sorted) {
        const problem = known.refused?.size ? known.refused.get(sha256(file.text)) : undefined;
        if (problem)
            refused.push({ file: file.path, ...problem });
        else
            addTo(byLanguage, languageOf(file), file);
    }
    const loaded = await Promise.all(ruleLanguages.map((language) => language.load(byLanguage.get(language) ?? [], known, now)));
    const extensions = ruleLanguages.flatMap((language) => language.extensions);
    const unknown = (byLanguage.get(undefined) ?? []).map((file) => ({
        file: file.path,
        reason: 'unsupported',
        detail: `No rule language has this extension; known are ${extensions.join(', ')}.`,
    }));
    return {
        events: loaded.flatMap((rules) => rules.events),
        correlations: loaded.flatMap((rules) => rules.correlations ?? []),
        scanners: loaded.flatMap((rules) => rules.scanners),
        broken: [...loaded.flatMap((rules) => rules.broken), ...unknown, ...refused],
        compiled: Object.assign({ documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map() }, ...loaded.map((rules) => rules.compiled)),
    };
}
//# sourceMappingURL=index.js.map