import type { Settings } from './thread.ts';
/** The other side of a worker: how it is told what to do, and tells what is done. */
export type Port = {
    /** What it was started with, where that is known already. */
    readonly settings: Settings | null;
    /** It will read members, and not only list them. */
    readonly isForReading: boolean;
    /** The next message. */
    first(): Promise<unknown>;
    /** Each message from now on. */
    each(take: (message: unknown) => void): void;
    /** One more member is begun. */
    begin(): void;
    /** Ends when what is said is under way, whatever comes next. `large`: goes over as it is instead of as a copy. */
    answer(answers: readonly unknown[], large?: readonly ArrayBuffer[]): Promise<void>;
};
export declare function portOf(): Port;
