import { type LogKind } from './log-kinds.ts';
/**
 * Which log a file is by its place and name, for files whose content says nothing: they were not read, or hold nothing of a
 * log. `httpproxy-*` where the protocol is not told. Empty for a file that no log has the name of.
 */
export declare function logKindsAt(path: string): readonly LogKind[];
/**
 * Which log an export of entries is of, by its name and that of its folder, wherever it lies: for one of which
 * nothing of a log was read. Empty for any other file, and for what programs and users keep.
 */
export declare function exportedKindsAt(path: string): readonly LogKind[];
/** Is it named like keys of the registry that were exported, where no program keeps such a file? */
export declare function isExportedKeyAt(path: string): boolean;
/** Kinds of state that a file is a definition of, by its path (with `/`). */
export declare function stateKindsAt(slashed: string): readonly LogKind[];
/** Names of the parsers that read the log or the state that a file is by its place and name; empty where these say nothing. */
export declare function parsersAt(path: string): ReadonlySet<string>;
