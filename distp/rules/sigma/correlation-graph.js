import {} from '../../model/rule.js';
import { levels, stages } from '../../model/stages.js';
import { partsOf, correlationTitle } from './correlation.js';
import { broken, quoteRuleText, RuleProblem, unsupported } from './rule-problem.js';
import { entry } from './yaml-tree.js';
/** Ways from a correlation down to rules: a chain that doubles at each step would have no end of them. */
const WAYS = 1_000;
const HEIGHT = 20;
/** Rules and the correlations that name them. */
export class Nodes {
    #nodes = [];
    #byId = new Map();
    #byName = new Map();
    #resolved = new Map();
    #ways = new Map();
    add(node) {
        this.#nodes.push(node);
        this.#byId.set(node.id, node);
        if (node.name === undefined)
            return;
        const named = this.#byName.get(node.name);
        if (named)
            named.push(node);
        else
            this.#byName.set(node.name, [node]);
    }
    /** What is asked of events, and what is counted; `fail` is told of what cannot be used. */
    resolved(fail) {
        for (const [node, problem] of this.#resolve())
            fail(node, problem);
        const usable = [...this.#resolved.values()].filter((each) => !(each instanceof RuleProblem));
        const parts = this.#parts();
        const counted = new Set(usable.flatMap(({ of }) => of));
        const trails = trailsOf(usable);
        const isUsed = (node) => {
            const title = parts.get(node.id);
            if (title === undefined || counted.has(node.id))
                return true;
            // Alone it would say what its author did not mean.
            fail(node, unsupported(`only a part of the correlation ${quoteRuleText(title)}, which cannot be used`, node.doc.at));
            return false;
        };
        return {
            events: this.#nodes.flatMap((node) => {
                if (!node.rule || !isUsed(node))
                    return [];
                const trail = trails.get(node.id);
                return [
                    node.rule.counted({
                        ...(trail ? { trail: [...trail].sort() } : {}),
                        ...(parts.has(node.id) ? { isPart: true } : {}),
                    }),
                ];
            }),
            correlations: usable
                .filter(({ info }) => isUsed(this.#byId.get(info.id)))
                .map((each) => (parts.has(each.info.id) ? { ...each, isPart: true } : each)),
        };
    }
    /**
     * Rules whose hits are no findings, by id, with the title of a correlation that says so. A correlation says so of the
     * rules of its own pack alone: nobody's rules become silent by another's.
     */
    #parts() {
        const parts = new Map();
        for (const node of this.#nodes) {
            for (const name of partsOf(node.doc)) {
                const part = this.#find(name, node, node.doc.at);
                if (part instanceof RuleProblem || part.loaded.file.pack !== node.loaded.file.pack)
                    continue;
                parts.set(part.id, correlationTitle(node.doc) ?? node.id);
            }
        }
        return parts;
    }
    /** Correlations of rules first, then those that count these, and so on; and what cannot be used. */
    #resolve() {
        let left = this.#nodes.filter((node) => node.draft);
        for (let height = 0; left.length > 0; height++) {
            const ready = left.filter((node) => this.#isReady(node));
            for (const node of ready)
                this.#resolved.set(node, this.#correlation(node, node.draft));
            left = left.filter((node) => !this.#resolved.has(node));
            const problem = ready.length === 0
                ? 'it counts itself, or something that does, be it by way of others'
                : height === HEIGHT
                    ? `it stands on a chain of more than ${HEIGHT} correlations`
                    : null;
            if (problem === null)
                continue;
            for (const node of left)
                this.#resolved.set(node, broken(problem, node.draft.at));
            left = [];
        }
        return [...this.#resolved].flatMap(([node, found]) => found instanceof RuleProblem ? [[node, found]] : []);
    }
    /** Is all that it names known, or known not to be there? */
    #isReady(node) {
        return node.draft.names.every(({ name, at }) => {
            const found = this.#find(name, node, at);
            return found instanceof RuleProblem || !found.draft || this.#resolved.has(found);
        });
    }
    #correlation(node, draft) {
        const of = [];
        let ways = 0;
        for (const { name, at } of draft.names) {
            const found = this.#find(name, node, at);
            if (found instanceof RuleProblem)
                return found;
            if (of.includes(found))
                return broken(`the rule ${quoteRuleText(name)} stands here twice`, at);
            const inner = found.draft ? this.#resolved.get(found) : found.rule;
            if (inner === undefined || inner instanceof RuleProblem)
                return new RuleProblem(inner?.reason ?? 'unsupported', `the rule ${quoteRuleText(name)} cannot be used`, at);
            of.push(found);
            ways += this.#ways.get(found.id) ?? 1;
            if (ways > WAYS)
                return unsupported(`more than ${WAYS} ways lead from it to rules`, at);
        }
        this.#ways.set(node.id, ways);
        const aliases = new Map();
        for (const { alias, rule, field, at } of draft.aliases) {
            const meant = of.find(({ id, name }) => id === rule || name === rule);
            if (!meant)
                return broken(`an alias for ${quoteRuleText(rule)}, which is none of the rules of this correlation`, at);
            const fields = aliases.get(alias) ?? new Map();
            aliases.set(alias, fields.set(meant.id, field));
        }
        const { type, groupBy, counted, span, condition } = draft;
        const info = withParts(node, of.map((each) => each.rule?.info ?? this.#resolved.get(each).info));
        return { info, type, of: of.map(({ id }) => id), groupBy, counted, span, condition, aliases };
    }
    /** The rule that is meant: of the same file, else of the same pack, else of all. */
    #find(name, { loaded }, at) {
        const byId = this.#byId.get(name);
        const found = [...new Set([...(byId ? [byId] : []), ...(this.#byName.get(name) ?? [])])];
        for (const near of [
            found.filter((each) => each.loaded.file === loaded.file),
            found.filter((each) => each.loaded.file.pack === loaded.file.pack),
            found,
        ]) {
            if (near.length === 1)
                return near[0];
            if (near.length > 1)
                return broken(`${near.length} rules are named ${quoteRuleText(name)}`, at);
        }
        return broken(`the rule ${quoteRuleText(name)} is not among those that are loaded`, at);
    }
}
/** What a correlation does not say of itself is what its rules say: the highest level, the last stage, and what they name. */
function withParts({ doc, info: own }, parts) {
    const info = own;
    const most = (all, given) => all[Math.max(...given.map((each) => all.indexOf(each)))];
    const saysStage = info.stage !== 'context' || entry(doc, 'tags') !== undefined;
    const steps = parts.map(({ stage }) => stage).filter((stage) => stage !== 'context');
    return {
        ...info,
        ...(entry(doc, 'level')
            ? {}
            : {
                level: most(levels, parts.map(({ level }) => level)),
            }),
        ...(saysStage || steps.length === 0 ? {} : { stage: most(stages, steps) }),
        ...(entry(doc, 'tags')
            ? {}
            : {
                cves: union(info.cves, parts.map(({ cves }) => cves)),
                attack: union(info.attack, parts.map(({ attack }) => attack)),
            }),
    };
}
function union(own, others) {
    return [...new Set([...own, ...others.flat()])];
}
/** Of each rule the fields (folded) whose values its correlations ask for. */
function trailsOf(correlations) {
    const byId = new Map(correlations.map((each) => [each.info.id, each]));
    const trails = new Map();
    const walk = ({ of, aliases }, names) => {
        for (const id of of) {
            const meant = names.map((name) => aliases.get(name)?.get(id) ?? name);
            const inner = byId.get(id);
            if (inner)
                walk(inner, meant);
            else
                trails.set(id, new Set([...(trails.get(id) ?? []), ...meant]));
        }
    };
    for (const each of correlations)
        walk(each, [...each.groupBy, ...each.counted]);
    return trails;
}
//# sourceMappingURL=correlation-graph.js.map