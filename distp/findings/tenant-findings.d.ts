import type { CloudRun, CountedSignIn } from '../activity/cloud-audit.ts';
import { TenantPlaces } from '../activity/tenant-places.ts';
import type { TenantFacts } from '../model/sign-ins.ts';
import type { Event } from '../model/event.ts';
/** What accounts of a tenant did, counted, with what is known of them. */
export type TenantActivity = {
    readonly cloud: CloudRun;
    readonly signIns: readonly CountedSignIn[];
    readonly places: TenantPlaces;
    readonly facts: TenantFacts;
};
/** What is made of counted rows: a finding of the rule that names the computation, and its first rows. */
export type ComputedFinding = {
    readonly by: string;
    /** The same for the same finding of two runs. */
    readonly key: string;
    readonly says: string;
    readonly rows: number;
    readonly events: readonly {
        readonly event: Event;
        readonly sha256: string;
    }[];
};
/** The activity of a tenant in all exports. */
export declare function tenantActivity(cloud: CloudRun, facts: TenantFacts): TenantActivity;
/** A sign-in as an event. */
export declare function signInEvent(one: CountedSignIn): {
    readonly event: Event;
    readonly sha256: string;
};
