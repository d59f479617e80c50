import { canonicalIp } from '../../lib/ip.js';
import { fileFields } from '../../model/file-fields.js';
import { hostName } from '../common/lines.js';
const sources = [{ product: 'postern', service: 'tool-result' }];
/** The event of a statement. It is quoted evidence: it proves nothing by itself and covers no hour of any log. */
export function toolResult(result, raw, at) {
    const { tool, version, rule, level, verdict, file } = result;
    const client = result.client ? canonicalIp(result.client) : null;
    return {
        log: 'tool-results',
        sources,
        time: result.time ?? null,
        timeBasis: result.basis ?? 'assumed',
        fields: {
            Tool: tool,
            ToolVersion: version ?? null,
            ToolRule: rule ?? null,
            ToolLevel: level ?? null,
            ToolVerdict: verdict,
            ...(file ? fileFields(file) : {}),
            ...(client ? { ClientIP: client } : {}),
            ...(result.user ? { User: result.user } : {}),
            ...result.fields,
        },
        raw,
        at,
        host: hostName(result.host),
        client,
        user: result.user ?? null,
        target: file ?? null,
        request: null,
        session: null,
        snippet: true,
    };
}
const levels = new Map([
    ['info', 'informational'],
    ['informational', 'informational'],
    ['low', 'low'],
    ['med', 'medium'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['crit', 'critical'],
    ['critical', 'critical'],
    // Hayabusa raises alerts of very important machines.
    ['emer', 'critical'],
    ['emergency', 'critical'],
    // THOR and LOKI
    ['notice', 'medium'],
    ['warning', 'high'],
    ['alert', 'critical'],
]);
/** The level that a tool gives, in Sigma's five words; null when it gives none that is known. */
export function toolLevel(text) {
    return typeof text === 'string' ? (levels.get(text.trim().toLowerCase()) ?? null) : null;
}
/** Which CVE a text speaks of: `CVE-2021-26855`, `Cve-2021-26855`. */
export function cveIn(text) {
    return /\bcve-\d{4}-\d{4,7}/i.exec(text)?.[0].toUpperCase() ?? null;
}
//# sourceMappingURL=tool-result.js.map