/** The server code of a page, cut into statements, whatever language it is written in. */
export type Statement = {
    readonly text: string;
    readonly at: number;
};
/** Statements of a page, and whether it only holds procedures for other pages. */
export type PageCode = {
    readonly statements: readonly Statement[];
    readonly isLibrary: boolean;
};
export declare function pageCodeOf(text: string): PageCode;
