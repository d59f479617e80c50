import type { EvidenceLimits, ListingGap, Member, MemberRefusal } from './container.ts';
/** Files of an archive that are there and not listed one by one. */
export type UnlistedFiles = {
    readonly path: string;
    readonly empty: number;
};
/** An evidence input on this machine. */
export type There = {
    readonly path: string;
    readonly isFolder: boolean;
};
export declare function existing(root: string): Promise<There>;
/** Members as they are found, some at a time: of many small files each wait would be most of the work. */
type Batch = readonly (Member | ListingGap)[];
type Batches = AsyncIterable<Batch>;
/** Who watches a list being made. */
export type ListWatch = {
    /** Archives and packed files that are not to be opened, by their paths, and why. */
    readonly skipped?: ReadonlyMap<string, MemberRefusal>;
    /** Receives each archive or packed file that is opened, and its end. */
    readonly onOpen?: (path: string, size: number) => void;
    readonly onClose?: () => void;
};
/** All members of an evidence input. `jobs`: maximum of archives read at the same time. */
export declare function listMembers({ path, isFolder }: There, limits: EvidenceLimits, onCounted: (counted: UnlistedFiles) => void, jobs?: number, watch?: ListWatch): Batches;
/** A folder or archive that is itself named like a drive or a folder of the server says where its members were. */
export declare function withinOf(name: string): string;
export {};
