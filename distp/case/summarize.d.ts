import type { AbsentServer, Case, CaseRecord, FailedServer } from '../model/case.ts';
/** The record of a server with the folder of its results, and the servers whose evidence it was assessed with. */
export type RecordAt = {
    readonly path: string;
    readonly record: CaseRecord;
    readonly with: readonly string[];
};
/** The case of several servers. The order of the records does not matter. */
export declare function caseOf(records: readonly RecordAt[], failed: readonly FailedServer[], { absent, notes }: {
    readonly absent: readonly AbsentServer[];
    readonly notes: readonly string[];
}): Case;
