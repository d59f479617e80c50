import { paint } from '../../lib/terminal.ts';
/** How the terminal is: `folder` is where the files of this server were written, if they were. */
export type TerminalLayout = {
    readonly colour: boolean;
    readonly width: number;
    readonly folder?: string;
};
export type Style = Parameters<typeof paint>[1];
/** Lines of a bounded width. Everything that goes in is made visible first, so no evidence reaches the terminal raw. */
export declare class TerminalPage {
    #private;
    readonly terminal: TerminalLayout;
    readonly width: number;
    constructor(terminal: TerminalLayout);
    blank(): void;
    heading(text: string): void;
    line(text: string, indent: number, style?: Style): void;
    prose(text: string, indent: number, style?: Style, most?: number): void;
    /** `quiet`: what of each line is no more than a reference, and stands back. */
    bullet(text: string, indent: number, mark?: string, quiet?: RegExp): void;
    /** Words one after another, each in its own style, in as many lines as they need. */
    words(words: readonly (readonly [word: string, style: Style])[], between: string, indent: number): void;
    /** A row of a table: the first cell takes what the others leave, and stands above them where that is too little. */
    row(first: string, cells: readonly (readonly [text: string, style: Style | undefined])[], width: number): void;
    item(name: string, text: string, style?: Style): void;
    raw(text: string, style?: Style): void;
    text(): string;
}
/** Longer lines than 100 columns are hard to read; below 40 nothing fits. */
export declare const widthOf: ({ width }: TerminalLayout) => number;
/** A line without blanks at its end, also those in front of the sign that ends a colour. */
export declare function ended(line: string): string;
