import type { Fields } from '../../model/event.ts';
import type { CloudTally } from '../../model/scan.ts';
import { type Members } from './record.ts';
/** Where a row lies, and when and by whom it was written. */
export type RecordOrigin = {
    readonly time: number | null;
    readonly user: string | null;
    readonly client: string | null;
    readonly session: string | null;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
};
type SignInTally = CloudTally['signIns'];
/** Counts sign-ins of one file. */
export declare class SignInCounter {
    #private;
    /** A record of the unified audit log, where it is one of a sign-in. */
    unified(members: Members, origin: RecordOrigin): void;
    /** A sign-in as Entra itself writes it. */
    entra(fields: Fields, recordOrigin: RecordOrigin): void;
    /** As plain data, once. */
    tally(): SignInTally;
}
export {};
