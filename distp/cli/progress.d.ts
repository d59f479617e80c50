import type { Progress } from '../model/progress.ts';
import type { OutputTerminal } from './terminal.ts';
/**
 * How far the work is, on one line of a terminal's stderr: files, bytes, rate, what was found so far and the time left; silent
 * in a pipe, in CI, and with --quiet.
 */
export declare function progressLine(quiet: boolean, { live, colour, line }: OutputTerminal): {
    found: (files: number) => void;
    update: (progress: Progress) => void;
    end: () => void;
};
/**
 * The line: a bar, and what there is room for, the most important first. A terminal breaks a line that fills it, so one
 * column is left.
 */
export declare function progressText({ files, filesDone, bytes, bytesDone, hits, rules }: Progress, seconds: number, width: number): {
    readonly bar: string;
    readonly words: string;
};
