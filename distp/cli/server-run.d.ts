import type { Assessment } from '../model/assessment.ts';
import type { Ledger } from '../run/ledger.ts';
import { type WorkerPool } from '../run/pool.ts';
import type { FileMistakes } from './crash.ts';
import { type OutputTerminal } from './terminal.ts';
import type { Unfinished } from './unfinished-run.ts';
import type { CaseRecord, FailedServer } from '../model/case.ts';
import type { Elsewhere } from '../model/case-keys.ts';
import type { Asked, KnownHere } from './assess-arguments.ts';
/** A run over one or several servers. */
export type Run = {
    readonly args: readonly string[];
    readonly started: number;
    readonly asked: Asked;
    readonly known: KnownHere;
    readonly pool: WorkerPool;
    readonly ledger: Ledger;
    readonly unfinished: Unfinished;
    readonly mistakes: FileMistakes;
    readonly terminal: OutputTerminal;
    readonly onBrowser: (pid: number | null) => void;
    /** What was done so far. */
    readonly done: DoneServer[];
    readonly failed: FailedServer[];
};
/** A server whose files are written, with the data for the summary of the run. */
export type DoneServer = {
    readonly evidence: readonly string[];
    /** Of several servers without what grows with the evidence. */
    assessment: Assessment;
    /** The folder of its files. */
    path: string;
    record: CaseRecord;
    /** Where its results lie in the ledger. */
    readonly read: {
        readonly from: number;
        readonly to: number;
    };
    /** Digests of the lists of files of other servers whose evidence counts here. */
    with: readonly string[];
};
/** Assesses one server and writes its folder. Of many servers one that cannot be assessed does not end the run. */
export declare function assessOne(run: Run, evidence: readonly string[]): Promise<void>;
/** Assesses a server of a case again with the keys of others, out of the ledger, and rewrites its folder; null when that failed. */
export declare function assessAgain(run: Run, number: number, elsewhere: Elsewhere): Promise<string | null>;
/** The file of the keys that a server of the case sends to the others. */
export declare function keyFile({ unfinished }: Run, number: number): string;
