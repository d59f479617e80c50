import type { CloudRun } from './cloud-audit.ts';
import type { Devices } from './devices.ts';
import type { Logons } from './logons.ts';
import type { MailUse } from './mailbox-use.ts';
type Counted = {
    readonly mail: Pick<MailUse, 'uses' | 'identities'>;
    readonly devices: Pick<Devices, 'uses'>;
    readonly cloud: Pick<CloudRun, 'acts'>;
    readonly logons?: Pick<Logons, 'explaining'>;
};
/**
 * Addresses that the organization's users share: two people or more used their mail from there, on two days or more just before a
 * moment. Days after it do not count, since an intruder may use mailboxes then.
 */
export declare class SharedClients {
    #private;
    constructor({ mail, devices, cloud, logons }: Counted);
    /** Was the address one of the organization's users on days just before this moment (ms)? */
    isSharedBefore(client: string, time: number): boolean;
}
export {};
