import type { ToolResult } from './tool-result.ts';
/** The columns that every table of version 1 begins with: of rules, of built-in detections, and of failed logons. */
export declare function isFirstHeader(lower: readonly string[]): boolean;
/** A row of a table of version 1. `group`: the name of the file, which says what was detected. */
export declare function firstRow(names: readonly string[], get: (name: string) => string | null, group: string | null): {
    readonly stamp: string;
    readonly result: ToolResult;
};
/** `‣ One rule` lines, `+ One rule` where it ran on Windows; a long title is folded at its spaces. */
export declare function titlesOf(text: string): string[];
/** The first file of `file:_C:\a.aspx; containerfile:_C:\b.zip`: of one in an archive the archive. */
export declare function fileOf(text: string | null): string | null;
