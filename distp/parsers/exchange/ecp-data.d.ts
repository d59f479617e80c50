/**
 * The pairs of EventData: `S:KEY=value;I32:KEY=1;'S:KEY=value with ; and '' in it'`. A pair that holds a `;` or a quote
 * stands in single quotes, with those inside doubled. Keys that are no plain words (counters per server) are left out.
 */
export declare function ecpPairs(data: string): Map<string, string | string[]>;
/**
 * Cmdlets and parameters of `Set-OabVirtualDirectory.ExternalUrl='http://…'.Identity='…'`, several joined by `|`.
 * The parameters are written as the other logs of cmdlets write them: `-ExternalUrl "http://…" -Identity "…"`.
 */
export declare function ecpCommand(command: string): {
    cmdlets: string[];
    parameters: string;
};
