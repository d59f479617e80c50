/** What is asked of the machine to find a browser. */
export type Machine = {
    readonly platform: NodeJS.Platform;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly isProgram: (path: string) => boolean;
};
/** A browser that can print to PDF (Chromium, Chrome or Edge): the path of its program, or null where none is found. */
export declare function findBrowser(machine?: Machine): string | null;
/** Ends a browser, and all that it has started, at once. It was begun as a group of its own, where there are such. */
export declare function endBrowser(pid: number): void;
