import { EvidenceError, type Container, type MemberRef, type MemberStep } from './container.ts';
/** Every form in which evidence arrives, in the order in which they are asked. */
export declare const containers: readonly Container[];
/** Those that hold the files of a server; one packed file is none. */
export declare const archives: readonly Container[];
/** The container that a file is, by its first bytes. */
export declare function recognise(head: Uint8Array, size: number | null): Container | undefined;
/** Is this an archive of many files rather than one packed file? */
export declare function isArchive(container: Container, head: Uint8Array): boolean;
/** The step into a file that is one packed file; null for any other. */
export declare function packedStep(head: Uint8Array): MemberStep | null;
export declare function containerOf(step: MemberStep): Container;
/** Does it lie in a folder, and in no archive? */
export declare function isLoose({ steps }: MemberRef): boolean;
/** Damage of the evidence or the medium as an `EvidenceError`, without paths of this machine; any other error is a bug. */
export declare function evidenceError(error: unknown, delivered: number): EvidenceError;
