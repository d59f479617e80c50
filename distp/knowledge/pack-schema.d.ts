/** Names that a pack.yml may refer to, defined elsewhere. */
export type PackNames = {
    /** Product ids of `knowledge/products.csv`. */
    readonly products: ReadonlySet<string>;
    /** Names and ids of the rules of this pack, and those of all packs. */
    readonly own: ReadonlySet<string>;
    readonly all: ReadonlySet<string>;
    /** Ids of the actions of all packs. */
    readonly actions: ReadonlySet<string>;
    /** Vulnerabilities of knowledge/cves.csv; where they are not given, any may be named. */
    readonly cves?: ReadonlySet<string>;
};
/** A problem in the content of a pack.yml: its place (`needs.exploited[0]`) and what was expected. */
export declare function schemaProblems(doc: unknown, names: PackNames): string[];
