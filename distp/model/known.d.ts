/**
 * What products and administrators ordinarily do on an Exchange server: who it is, what it acts as, by which names, from where, and
 * under which account, each with its source. What an intruder can choose (a name, a folder) explains weakly, whatever this table holds.
 * The transport agents of Exchange itself: known-agents.ts.
 */
export type KnownProduct = {
    readonly product: string;
    readonly class: KnownClass;
    /** As what it acts. */
    readonly acts: readonly KnownAct[];
    /** Names of its services, tasks, agents, modules or programs. */
    readonly names: RegExp;
    /** Folders below `Program Files` and its like, in lower case. */
    readonly programs?: readonly string[];
    /** Other folders of it. */
    readonly places?: RegExp;
    /** The account under which it acts. */
    readonly account: readonly RegExp[];
    readonly source: string;
    /** The day of the source, or on which it was read. */
    readonly date: string;
};
export type KnownAct = 'agent' | 'module' | 'service' | 'task' | 'program';
export type KnownClass = 'administration' | 'archive' | 'backup' | 'certificates' | 'microsoft' | 'migration' | 'monitoring' | 'response' | 'scanner' | 'security' | 'signatures';
export declare const knownProducts: readonly KnownProduct[];
/** Does the program or library lie where the product keeps its own? Its path without what is given to it. */
export declare function isPlaceOf({ programs, places }: KnownProduct, path: string): boolean;
/** The product of which something has the name, in what it acts as; null where no product is known by it. */
export declare function productByName(act: KnownAct, name: string): KnownProduct | null;
/** The tool that a file of this name is; null where it is none of them. */
export declare function responderTool(file: string): string | null;
