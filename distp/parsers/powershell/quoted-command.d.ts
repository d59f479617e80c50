/** A command that was copied into a text, with the time that stands before it. */
export type QuotedCommand = {
    readonly command: string;
    readonly time: number | null;
    readonly basis: 'stated' | 'assumed';
    /** Is it one beyond doubt? A program's name alone on a line may be a word of a sentence. */
    readonly isSure: boolean;
};
/**
 * The commands of a line of a report, of a post or of notes: `net user x /add`, behind a bullet, a prompt, a label, a time,
 * or in a cell of a table. Prose about programs is none.
 */
export declare function quotedCommands(line: string): QuotedCommand[];
/**
 * The text of a command that goes on in the next line, without the mark at its end (a backtick of PowerShell, a caret of cmd.exe);
 * null where it ends here.
 */
export declare function continued(text: string): string | null;
