import type { FindingWithHits } from './findings.ts';
/** A page that was first served after acts that write files and name none: findings, by their numbers. */
export type WrittenPage = {
    readonly page: readonly number[];
    readonly acts: readonly number[];
};
/**
 * Pages that Exchange does not have (their rules say so) and that answered first after an act that writes a file, no matter who asks for
 * them. A page that people of the organization use is none. `named`: the pages that a finding names.
 */
export declare function writtenPages(found: readonly FindingWithHits[], named: (f: FindingWithHits) => readonly string[], logsOn: (client: string) => boolean): readonly WrittenPage[];
