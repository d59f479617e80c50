/**
 * Where a text is a rule of a detection (Sigma, Panther, Elastic, Sentinel, Splunk, YARA): the events that it names or quotes are what it
 * looks for, and no records. It quotes them indented, or within triple quotes; what begins a line beside it is no part of it, as where a
 * rule was written in front of records. Null where the text defines no rule.
 */
export declare function rulesIn(text: string): RuleLines | null;
/** Follows a text with rules line by line. */
export declare class RuleLines {
    #private;
    /** Does the next line belong to a rule? */
    takes(line: string): boolean;
}
