/**
 * Where a text is a rule of a detection (Sigma, Panther, Elastic, Sentinel, Splunk, YARA): the events that it names or quotes are what it
 * looks for, and no records. It quotes them indented, or within triple quotes; what begins a line beside it is no part of it, as where a
 * rule was written in front of records. Null where the text defines no rule.
 */
export function rulesIn(text) {
    return FORMS.some((signs) => signs.every((sign) => sign.test(text))) ? new RuleLines() : null;
}
/** Follows a text with rules line by line. */
export class RuleLines {
    #isQuoted = false;
    /** Does the next line belong to a rule? */
    takes(line) {
        const wasQuoted = this.#isQuoted;
        const marks = line.split('"""').length + line.split("'''").length - 2;
        if (marks % 2 === 1)
            this.#isQuoted = !wasQuoted;
        return wasQuoted || this.#isQuoted || /^\s/.test(line);
    }
}
const FORMS = [
    [/^logsource:/m, /^detection:/m],
    [/^AnalysisType:/m, /^(?:RuleID|AnalysisID|PolicyID|Detection|Filename):/m],
    [/^\[rule\]/m, /^query[ \t]{0,8}=/m],
    [/^query:/m, /^(?:tactics|relevantTechniques|requiredDataConnectors):/m],
    [/^search:/m, /^(?:how_to_implement|known_false_positives):/m],
    [/^[ \t]{0,8}(?:private |global )?rule \w{1,128}/m, /^[ \t]{0,8}condition[ \t]{0,4}:/m],
];
//# sourceMappingURL=rule-text.js.map