import { isMap, isPair, isScalar, isSeq } from 'yaml';
import { yamlPackage } from '../lib/yaml.js';
import { knownKinds } from '../model/log-kinds.js';
import { windowsServices } from '../parsers/windows-events/event.js';
import { producedSources } from '../rules/log-source.js';
/** Lines of a YAML text: of `rules.two.stage` or `needs.exploited[0]` its own, else that of the nearest thing around it. */
export function yamlLineFinder(text) {
    const yaml = yamlPackage();
    const lines = new yaml.LineCounter();
    const document = yaml.parseDocument(text, { lineCounter: lines });
    return (path, key) => {
        const names = path.split(/[.[\]]+/).filter((name) => name !== '');
        let [node, at] = [document.contents, 0];
        for (const name of [...names, ...(key === undefined ? [] : [key])]) {
            const next = stepInto(node, name);
            if (next === null)
                break;
            [node, at] = next;
        }
        return lines.linePos(at).line;
    };
}
function stepInto(node, name) {
    if (isMap(node))
        for (const pair of node.items)
            if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === name)
                return [pair.value, pair.key.range?.[0] ?? 0];
    if (isSeq(node)) {
        const item = node.items[Number(name)];
        if (item)
            return [item, item.range?.[0] ?? 0];
        // A value of a list, by itself.
        const found = node.items.find((one) => isScalar(one) && String(one.value) === name);
        if (found)
            return [found, found.range?.[0] ?? 0];
    }
    return null;
}
/** The line of a rule in the text of its file, or of a key of it; 1 where the text does not name the rule. */
export function ruleLine(text, { id, title, file }, key = '') {
    if (!/\.ya?ml$/.test(file))
        return yaraLine(text, id.split('@')[0], key);
    const yaml = yamlPackage();
    const lines = new yaml.LineCounter();
    const documents = yaml.parseAllDocuments(text, { lineCounter: lines });
    const maps = ('empty' in documents ? [] : documents).flatMap(({ contents }) => (isMap(contents) ? [contents] : []));
    const own = maps.find((map) => valueOf(map, 'id') === id) ?? maps.find((map) => valueOf(map, 'title') === title) ?? maps[0];
    const pairs = own?.items.filter(({ key: name }) => isScalar(name)) ?? [];
    const pair = pairs.find(({ key: name }) => name.value === key) ?? pairs[0];
    return lines.linePos(pair?.key?.range?.[0] ?? 0).line || 1;
}
function valueOf(map, key) {
    return map.get(key);
}
/** The line of `rule NAME` in a YARA file, or of the meta `key = …` that follows it. */
function yaraLine(text, name, key) {
    const lines = text.split('\n');
    const declared = (line) => /^\s*(?:(?:private|global)\s+)*rule\s+(\w+)/.exec(line)?.[1];
    const first = lines.findIndex((line) => declared(line) === name);
    if (first < 0)
        return 1;
    const next = lines.findIndex((line, i) => i > first && declared(line) !== undefined);
    const meta = lines.findIndex((line, i) => i > first && (next < 0 || i < next) && /^\s*(\w+)\s*=/.exec(line)?.[1] === key);
    return (meta < 0 ? first : meta) + 1;
}
/** The log sources and fields of a Sigma file; of a text that is no YAML none. */
export function ruleNames(text) {
    const yaml = yamlPackage();
    const lines = new yaml.LineCounter();
    const fields = [];
    const sources = [];
    const lineAt = (node) => lines.linePos(node.range?.[0] ?? 0).line;
    const walk = (node) => {
        if (isSeq(node))
            node.items.forEach(walk);
        if (!isMap(node))
            return;
        for (const { key, value } of node.items) {
            const name = isScalar(key) ? String(key.value).split('|')[0] : '';
            if (name !== '')
                fields.push({ name, line: lineAt(key) });
            walk(value);
        }
    };
    for (const document of yaml.parseAllDocuments(text, { lineCounter: lines })) {
        if (!('contents' in document) || document.errors.length > 0 || !isMap(document.contents))
            continue;
        const detection = document.contents.get('detection');
        if (isMap(detection))
            for (const { key, value } of detection.items)
                if (isScalar(key) && key.value !== 'condition' && key.value !== 'timeframe')
                    walk(value);
        const source = document.contents.get('logsource');
        if (!isMap(source))
            continue;
        const product = String(source.get('product') ?? '');
        for (const part of ['category', 'product', 'service']) {
            const value = source.get(part, true);
            if (isScalar(value))
                sources.push({ part, product, name: String(value.value), line: lineAt(value) });
        }
    }
    return { fields, sources };
}
/** What a log source may name: every category and product, and the services of a product. */
export function knownSource(part, product) {
    if (part !== 'service')
        return new Set([...producedSources.flatMap((source) => source[part] ?? []), 'm365', 'azure']);
    const own = producedSources.flatMap((source) => source.product === product && source.service !== undefined && source.service !== '' ? [source.service] : []);
    return new Set([...own, ...(services[product] ?? [])]);
}
const services = {
    windows: [...windowsServices, 'iis', 'httperr'],
    exchange: ['httpproxy', ...knownKinds],
    postern: ['mailbox-item', 'folder-permission', 'oab-dump'],
    m365: ['audit', 'exchange', 'azuread', 'threat_management', 'threat_detection', 'message-trace'],
    azure: ['signinlogs', 'auditlogs'],
};
//# sourceMappingURL=pack-names.js.map