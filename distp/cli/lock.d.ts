/**
 * A file that one run at a time has. The lock of a process that has ended is free, however it ended. What stands in the file may
 * have been written by anybody: it decides nothing but whether this run goes on.
 */
export declare class Lock {
    #private;
    private constructor();
    /** Takes the lock; `out` is the locked folder, as the user named it. */
    static take(file: string, out: string): Lock;
    release(): void;
}
