import type { CloudRun, CountedSignIn } from './cloud-audit.ts';
/** Sign-ins of all exports, each once: of copies in several files that of the first. */
export declare function signInsOnce(cloud: CloudRun): readonly CountedSignIn[];
/** The history of networks by account, and of accounts by network. */
export declare class TenantPlaces {
    #private;
    /** `networks`: of Exchange Online itself. */
    constructor(cloud: CloudRun, signIns: readonly CountedSignIn[], networks: readonly string[]);
    /** Is it an address of a client, and not one of Exchange Online or from inside a network? */
    isOutside(client: string | null): client is string;
    /** Did the account work from the network of this address before that day, or already on the first day of the logs? */
    isOwn(account: string, client: string, time: number): boolean;
    /** Did three accounts work from the network of this address on earlier days, or already on the first day of the logs? */
    isOfOrganization(client: string, time: number): boolean;
    /** Had any account worked from the network of this address before? */
    isUnused(client: string, time: number): boolean;
    /** First used after the first day of the logs, by an account that is active from other networks on five days. */
    isNew(account: string, client: string, time: number): boolean;
}
