import type { EvidenceLimits, Member } from './container.ts';
/** Reads a file of the collection, up to `most` bytes. */
export type ReadFile = (member: Member, most: number) => Promise<Buffer>;
/** Members with what their collection says of them. */
export declare function withOrigins(members: readonly Member[], read: ReadFile, passwords: EvidenceLimits['passwords'], 
/** What the name of the evidence itself says: `aspnet_client/`, or nothing. */
within?: string): Promise<Member[]>;
/**
 * Files of a flattened collection, whose names hold their paths: most of their folder are named so, and no folder around
 * them says where they were. Below a folder of the server such a name is a claim, and among others it says nothing.
 */
export declare function withNamedPaths(members: readonly Member[], within?: string): readonly Member[];
