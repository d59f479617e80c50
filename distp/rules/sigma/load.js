import { sha256 } from '../../lib/hash.js';
import { placer } from '../../lib/file-positions.js';
import { RegexGuard } from '../safe-regex.js';
import { withoutActions } from './actions.js';
import { partsOf, readCorrelation } from './correlation.js';
import { readDetection, readSource } from './detection.js';
import { Filters } from './filters.js';
import { readInfo, stem } from './metadata.js';
import { Nodes } from './correlation-graph.js';
import { isPlaceholders, readPlaceholders } from './placeholders.js';
import { broken, quoteRuleText, RuleProblem } from './rule-problem.js';
import { SigmaRule } from './rule.js';
import { every } from './predicate.js';
import { entry, readYaml, yamlText } from './yaml-tree.js';
/** Loads every rule of the files. What cannot be loaded is listed with its place and stops nothing. */
export function loadSigma(files, known = {}) {
    const loader = new Loader(known);
    for (const file of files)
        loader.file(file);
    return loader.finish();
}
class Loader {
    #broken = [];
    #rules = [];
    #filters = [];
    #placeholders = new Map();
    #nodes = new Nodes();
    #ids = new Map();
    #known;
    #documents = new Map();
    /** Digests of files of which a rule could not be read, or asks for placeholders: these may stand for other things elsewhere. */
    #unsound = new Set();
    #guard;
    constructor(known) {
        this.#known = known.documents ?? new Map();
        this.#guard = new RegexGuard(known.regexes);
    }
    file(file) {
        const digest = sha256(file.text);
        const loaded = { file, digest, ...this.#read(file.text, digest), place: placer(file.text) };
        const documents = withoutActions(loaded.documents);
        if (documents.length === 0)
            return this.#fail(loaded, broken('the file holds no rule', 0));
        // The one document of a file that is no part of another is what the file is named after.
        const heads = headsOf(documents);
        documents.forEach((doc, i) => {
            if (doc instanceof RuleProblem)
                return this.#fail(loaded, doc);
            const alone = heads.length === 1 && heads[0] === doc;
            this.#trying(loaded, () => this.#document(loaded, doc, alone ? stem(file.path) : `${stem(file.path)}#${i + 1}`, alone));
        });
    }
    /** Rules are read when all values of placeholders and all filters are known, correlations when all rules are. */
    finish() {
        const filters = new Filters();
        for (const { loaded, doc } of this.#filters) {
            this.#trying(loaded, () => filters.add(doc, loaded.file, this.#given(loaded), this.#rules));
        }
        for (const { loaded, doc, id, alone } of this.#rules) {
            const node = { loaded, doc, id, name: nameOf(doc) };
            if (entry(doc, 'correlation')) {
                const draft = this.#trying(loaded, () => readCorrelation(doc));
                const info = this.#trying(loaded, () => readInfo(doc, id, loaded.file, alone));
                this.#nodes.add({ ...node, ...(draft && info ? { draft, info } : {}) });
            }
            else {
                const rule = this.#trying(loaded, () => readRule(doc, id, loaded, alone, this.#given(loaded), filters.of(doc, id, loaded.file)));
                this.#nodes.add({ ...node, ...(rule ? { rule } : {}) });
            }
        }
        const { events, correlations } = this.#nodes.resolved((node, problem) => this.#fail(node.loaded, problem));
        const documents = new Map();
        for (const [digest, trees] of this.#documents)
            documents.set(digest, { trees, isSound: !this.#unsound.has(digest) });
        const compiled = { documents, regexes: this.#guard.found };
        return { events, correlations, scanners: [], broken: this.#broken, compiled };
    }
    #given({ digest }) {
        const unsound = this.#unsound;
        const placeholders = this.#placeholders;
        return {
            guard: this.#guard,
            get placeholders() {
                unsound.add(digest);
                return placeholders;
            },
        };
    }
    #trying(loaded, act) {
        try {
            return act();
        }
        catch (problem) {
            if (!(problem instanceof RuleProblem))
                throw problem;
            this.#fail(loaded, problem);
            return undefined;
        }
    }
    #read(text, digest) {
        const known = this.#known.get(digest);
        if (known) {
            // Whether they are sound is found out beside the files that they refer to.
            if (!known.isSound)
                this.#documents.set(digest, known.trees);
            return { documents: known.trees, isSound: known.isSound };
        }
        const before = this.#documents.get(digest);
        if (before)
            return { documents: before, isSound: false };
        const documents = readYaml(text);
        const trees = documents.filter((doc) => !(doc instanceof RuleProblem));
        if (trees.length === documents.length)
            this.#documents.set(digest, trees);
        return { documents, isSound: false };
    }
    #document(loaded, doc, fallback, alone) {
        if (doc.is !== 'map')
            throw broken('expected a map with title, logsource and detection', doc.at);
        if (isPlaceholders(doc))
            return this.#values(doc);
        if (entry(doc, 'filter')) {
            this.#filters.push({ loaded, doc });
            return;
        }
        const id = yamlText(entry(doc, 'id')?.value) ?? fallback;
        if (!/^\P{C}{1,200}$/u.test(id))
            throw broken(`${quoteRuleText(id)} cannot be an id`, entry(doc, 'id')?.at ?? doc.at);
        const twin = this.#ids.get(id);
        if (twin !== undefined)
            throw broken(`the id ${id} is already that of a rule in ${twin}`, entry(doc, 'id')?.at ?? doc.at);
        this.#ids.set(id, loaded.file.path);
        this.#rules.push({ loaded, doc, id, alone });
    }
    #values(doc) {
        for (const { name, values, at } of readPlaceholders(doc)) {
            if (this.#placeholders.has(name))
                throw broken(`the placeholder ${quoteRuleText(name)} has values already`, at);
            this.#placeholders.set(name, values);
        }
    }
    #fail(loaded, problem) {
        this.#unsound.add(loaded.digest);
        this.#broken.push({
            file: loaded.file.path,
            ...loaded.place(problem.at),
            reason: problem.reason,
            detail: problem.message,
        });
    }
}
function nameOf(doc) {
    return yamlText(entry(doc, 'name')?.value);
}
/** Documents of a file that are rules, and that no correlation of the same file counts as a mere part. */
function headsOf(documents) {
    const rules = documents.filter((doc) => !(doc instanceof RuleProblem) && !isPlaceholders(doc) && !entry(doc, 'filter'));
    const parts = new Set(rules.flatMap(partsOf));
    return rules.filter((doc) => ![yamlText(entry(doc, 'id')?.value), nameOf(doc)].some((name) => name !== undefined && parts.has(name)));
}
function readRule(doc, id, { file, isSound }, alone, given, filters) {
    const info = readInfo(doc, id, file, alone);
    const sources = [readSource(doc)];
    let test = null;
    const read = () => (test ??= every([readDetection(doc, file.text, given), ...filters]));
    // A problem shows now, unless it is known that there is none.
    if (!isSound)
        read();
    return new SigmaRule(info, sources, read);
}
//# sourceMappingURL=load.js.map