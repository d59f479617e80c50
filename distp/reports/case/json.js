import { canonicalJson } from '../../lib/json.js';
/** case.json: all servers of a case and what they share, for programs. */
export function caseJson(all) {
    return `${canonicalJson(all, 1)}\n`;
}
//# sourceMappingURL=json.js.map