/** Why a rule cannot be used: what was expected and what was found, at an offset of its file. */
export class RuleProblem extends Error {
    reason;
    at;
    constructor(reason, detail, at) {
        super(detail);
        this.reason = reason;
        this.at = at;
    }
}
export const broken = (detail, at) => new RuleProblem('broken', detail, at);
export const unsupported = (detail, at) => new RuleProblem('unsupported', detail, at);
/** Text of a rule inside a message: short, in quotation marks, without control characters. */
export function quoteRuleText(text) {
    const plain = text.replace(/\p{C}+/gu, ' ');
    return `"${plain.length > 60 ? `${plain.slice(0, 60)}…` : plain}"`;
}
//# sourceMappingURL=rule-problem.js.map