/** A text that comes out of evidence or packs: shown as inert text, apart from ours (`bdi`). */
export type Quoted = {
    readonly quoted: string;
    readonly lang?: 'en';
};
/** A sentence or part of one. */
export type BriefingText = readonly (string | Quoted)[];
export type Say = string | number | Quoted | BriefingText;
export declare const quotedText: (text: string) => Quoted;
/** Words of a pack, which are English, in a page of any language. */
export declare const packText: (text: string) => Quoted;
/** A text with values in it: say`The server ${quoted(name)} was compromised.` */
export declare function say(strings: TemplateStringsArray, ...values: readonly Say[]): BriefingText;
/** Sentences one behind the other, parted by `between`. */
export declare function sentences(parts: readonly Say[], between: string): BriefingText;
/** The text without its marks, for a place that has none. */
export declare function bare(text: BriefingText): string;
export type Block = {
    readonly block: 'text';
    readonly text: BriefingText;
} | {
    readonly block: 'list';
    readonly ordered: boolean;
    readonly items: readonly BriefingText[];
} | {
    readonly block: 'facts';
    readonly facts: readonly (readonly [name: string, value: BriefingText])[];
} | {
    readonly block: 'table';
    readonly head: readonly string[];
    readonly rows: readonly (readonly BriefingText[])[];
}
/** What the operator fills in before it is sent. */
 | {
    readonly block: 'blank';
    readonly field: BlankField;
    readonly label: string;
} | {
    readonly block: 'note';
    readonly text: BriefingText;
};
export declare const blankFields: readonly ['organisation', 'recipient', 'date', 'measures', 'contact', 'signature'];
export type BlankField = (typeof blankFields)[number];
export type BriefingSection = {
    readonly id: string;
    readonly heading: string;
    readonly blocks: readonly Block[];
};
/** One page of print, whatever shows it. */
export type BriefingPage = {
    readonly language: string;
    readonly title: string;
    readonly headline: BriefingText;
    readonly lead: readonly Block[];
    readonly sections: readonly BriefingSection[];
    readonly foot: readonly Block[];
};
export declare const paragraph: (...parts: readonly Say[]) => Block;
