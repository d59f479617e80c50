/**
 * Keeps the heap close to what is in use. Left to itself it takes 200 MB more for events that live a moment each, and gives
 * none of it back while a file is read; of threads each takes as much.
 */
export declare function keepHeapSmall(): void;
/**
 * Loads rules without making machine code of the engine that judges them: to do so takes 80 MB, which stay with the process,
 * for work of a second. What this engine is asked later is made fast then.
 */
export declare function withoutCompiling<T>(load: () => Promise<T>): Promise<T>;
