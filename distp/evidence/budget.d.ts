import type { EvidenceLimits } from './container.ts';
/**
 * What one container may hold. What was given (the evidence, a collection in a folder) has a budget that nothing in it draws
 * on. An archive that lies in there, where an intruder may have left it, has what its size entitles it to.
 */
export declare class Budget {
    #private;
    members: number;
    bytes: number;
    archives: number;
    private constructor();
    /** For what was given: a folder, or an archive of so many bytes. */
    static given(size: number, { entries, archives, ratio, total }: EvidenceLimits): Budget;
    /** Does it draw on nothing? */
    get isGiven(): boolean;
    /** For an archive of so many bytes that lies in this container: all that it may have is taken from this one. */
    within(size: number, { entries, ratio }: EvidenceLimits): Budget;
    /** What was not spent goes back to what is around it, when all in it is listed. */
    settle(): void;
    /**
     * Which of these costs there is room for: the small ones first, so that one large member takes the room of no other.
     * Null where there is room for all.
     */
    spend(costs: readonly number[]): Uint8Array | null;
}
