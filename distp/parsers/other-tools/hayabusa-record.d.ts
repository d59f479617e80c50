import type { WindowsRecord } from '../windows-events/record.ts';
/** The event that a row of Hayabusa quotes, where its columns hold enough of it; null where they do not. */
export declare function hayabusaRecord(get: (name: string) => string | null, details: ReadonlyMap<string, string>): Omit<WindowsRecord, 'when'> | null;
