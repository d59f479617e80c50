/** One line: its text without terminator, and its place in bytes of the source including the terminator (and BOM). */
export type Line = {
    text: string;
    offset: number;
    length: number;
    number: number;
    /** False for a last line that has no line end (the file may be cut there), and in front of a hole. */
    ended: boolean;
};
/** A stretch of the source that holds no readable line. */
export type LineGap = {
    offset: number;
    length: number;
    reason: 'nul-tail' | 'too-long' | 'corrupt';
    detail: string;
    line?: number;
};
/** Takes lines off the splitter that need not become text: from `from` on, up to `to` at most, whole lines only. */
export type LineTaker = {
    /** How many lines it took; `end` is where the first one begins that it did not take. */
    take(buffer: Buffer, from: number, to: number, base: number, number: number): number;
    readonly end: number;
};
export type LinesRead = {
    size: number;
    gapBytes: number;
    lines: number;
    encoding: string;
};
/**
 * Gives each line of the source in order. Every byte belongs to one line or one gap.
 * UTF-8 (a line that is not valid falls back to Windows-1252) and UTF-16 with or without a byte order mark; ends CRLF,
 * LF or, in files that have no LF at all, CR. Runs of zero bytes are gaps (a tail only where nothing follows them),
 * and so is a line longer than the limit. The result does not depend on where the chunks are cut.
 */
export declare function eachLine(chunks: AsyncIterable<Uint8Array>, take: (line: Line) => void, gap: (g: LineGap) => void, options?: {
    limit?: number;
    taker?: () => LineTaker | null;
}): Promise<LinesRead>;
