import type { GapReason } from '../../model/evidence.ts';
import type { Sink } from '../parser.ts';
/**
 * The gaps of one binary file, in order. Neighbours of the same kind become one. Beyond ten thousand, one last gap
 * reaches from the next damage to the last one, over what is sound between them: it counts as unread, never as read.
 */
export declare class Gaps {
    #private;
    /** Bytes in all gaps. */
    bytes: number;
    constructor(sink: Sink);
    add(offset: number, length: number, reason: GapReason, detail: string): void;
    close(): void;
}
