import type { Member } from '../evidence/container.ts';
import type { Event, Fields } from '../model/event.ts';
import { type Baseline } from '../rules/baselines/baseline.ts';
/**
 * The event of a file of the evidence: its path, name, place in the web roots, size and digest. It has no time: the
 * modification time of a copy is a hint (`Modified`), not a fact.
 */
export declare function fileEvent(member: Member, read: {
    /** Null of a file that was not read. */
    readonly sha256: string | null;
    readonly size: number;
    readonly parser: string | null;
    /** The beginning of the file as text. */
    readonly text: () => string;
    /** What the parser says of the file as a whole. */
    readonly about?: Fields;
    readonly baselines?: () => readonly Baseline[];
}): Event;
/**
 * The event of a file whose content was not read: rules about its name and location match all the same. What the baselines
 * record of its path is known; its digest is not.
 */
export declare function unreadFileEvent(member: Member, baselines?: () => readonly Baseline[]): Event;
/** An event that tells of a page by its path alone ($MFT, change journal, a list) gets what the baselines say of the path. */
export declare function withKnownPath(event: Event, baselines?: () => readonly Baseline[]): Event;
/** Does IIS run or serve this file: is it in a web root, or does it have the name of a page or of a configuration? */
export declare function isServed(head: {
    readonly path: string;
    readonly windowsPath: string | null;
}): boolean;
