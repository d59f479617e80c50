export type Printing = {
    /** How long all of it may take, and how long a page may take to be ready once it is there (ms). */
    readonly all?: number;
    readonly ready?: number;
    /** Is told which process the browser is, and null when it has ended. */
    readonly onProcess?: (pid: number | null) => void;
};
/**
 * Prints a report to a PDF file that is not there yet, in a browser without a window: with a profile of its own, in a
 * folder that is made and removed, and no way to the network. Gives null, or why there is no PDF. A page that sets
 * `data-ready` on its root is waited for. The bytes are the browser's: they hold the time, and differ from one version to
 * the next.
 */
export declare function printPdf(browser: string, page: string, pdf: string, profile: string, { all, ready, onProcess }?: Printing): Promise<string | null>;
