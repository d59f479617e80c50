import type { RuleInfo } from '../model/rule.ts';
/** Full hits kept per rule and client, and per rule, of one artifact; those beyond are counted. */
export type KeepAtMost = {
    readonly client: number;
    readonly rule: number;
    readonly joinable: number;
};
export declare const KEPT: KeepAtMost;
type KeptRule = {
    readonly info: RuleInfo;
    readonly trail?: readonly string[];
    readonly isPart?: true;
};
type From = {
    readonly client: string | null | undefined;
    readonly host: string | null;
};
/** How many hits of each rule of one file are kept: of requests that were fulfilled and of all others, of each host and client. */
export declare class HitRoom {
    #private;
    /** `report`: hits of further hosts are only counted from here on. */
    constructor(most: KeepAtMost, report: (detail: string) => void);
    /** Would a further hit only be counted, whether it was fulfilled or not, where that is not known? */
    isFull(rule: KeptRule, client: string | null | undefined, share?: string): boolean;
    /** The same where the host of the row is known. */
    isFullFor(rule: KeptRule, { client, host }: From, share?: string): boolean;
    /** A hit is kept. */
    take(rule: string, { client, host }: From, share?: string): void;
}
export {};
