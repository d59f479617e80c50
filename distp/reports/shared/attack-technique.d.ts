/** A technique or sub-technique of ATT&CK. */
export type Technique = {
    readonly id: string;
    readonly name: string;
    readonly url: string;
};
/** What is known of a technique; null where the text is no id. One without a name here is called by its id. */
export declare function technique(id: string): Technique | null;
/** The techniques among these, each once, by id. */
export declare function techniquesOf(ids: Iterable<string>): readonly Technique[];
