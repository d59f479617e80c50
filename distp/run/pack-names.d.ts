import type { RuleInfo } from '../model/rule.ts';
/** Lines of a YAML text: of `rules.two.stage` or `needs.exploited[0]` its own, else that of the nearest thing around it. */
export declare function yamlLineFinder(text: string): (path: string, key?: string) => number;
/** The line of a rule in the text of its file, or of a key of it; 1 where the text does not name the rule. */
export declare function ruleLine(text: string, { id, title, file }: Pick<RuleInfo, 'id' | 'title' | 'file'>, key?: string): number;
/** A name that a rule asks by, with its line. */
export type NameInRule = {
    readonly name: string;
    readonly line: number;
};
export type RuleNames = {
    readonly fields: readonly NameInRule[];
    readonly sources: readonly (NameInRule & {
        readonly part: 'category' | 'product' | 'service';
        readonly product: string;
    })[];
};
/** The log sources and fields of a Sigma file; of a text that is no YAML none. */
export declare function ruleNames(text: string): RuleNames;
/** What a log source may name: every category and product, and the services of a product. */
export declare function knownSource(part: 'category' | 'product' | 'service', product: string): ReadonlySet<string>;
