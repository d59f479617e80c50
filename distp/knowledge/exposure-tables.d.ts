import type { Deciding, KnownUntil } from '../model/exposure.ts';
import type { TenantFacts } from '../model/sign-ins.ts';
/** Loads builds, vulnerabilities and fixes from the `knowledge` folder that ships with Postern. */
export declare function loadExposureFacts(folder: string): ExposureFacts;
/** The vulnerability that a mitigation or result with this name is about: of the service `EEMS M1.1` is a version of `EEMS M1`. */
export declare function cveOfVendorName(name: string, names: ExposureFacts['vendorNames']): string | null;
/** What else than a build decides whether a vulnerability is open. */
export type ProtectionFacts = {
    readonly id: string;
    readonly title: string;
    readonly cves: readonly string[];
    /** What makes it so. */
    readonly remedy: string;
    readonly decides: Deciding;
    /** In force unless disabled. */
    readonly byDefault: boolean;
    /** Setting overrides that switch it off. */
    readonly overrides: readonly string[];
};
/** The facts that exposure rests on, loaded from `knowledge/` by the command line. */
export type ExposureFacts = {
    /** What is known of tenants; nothing where the tables have none. */
    readonly tenant?: TenantFacts;
    readonly known: KnownUntil;
    readonly cves: readonly {
        readonly cve: string;
        readonly alias: string;
        readonly impact: string;
        readonly products: readonly string[];
        readonly exploited: boolean;
        readonly condition: string;
        readonly published: string;
    }[];
    /** Every cumulative update that is known: the first three integers of its builds. */
    readonly cus: ReadonlySet<string>;
    readonly builds: readonly {
        readonly product: string;
        readonly cu: string;
        readonly update: string;
        /** `SU own month`: it holds the fixes of its month and none before them. */
        readonly kind: string;
        readonly build: readonly [number, number, number, number];
        readonly released: string;
    }[];
    readonly products: readonly {
        readonly product: string;
        readonly name: string;
        readonly supportEnd: string;
        readonly paidAfterEnd: boolean;
    }[];
    readonly protections: readonly ProtectionFacts[];
    /** What Microsoft’s tools name in place of a vulnerability, by the name. */
    readonly vendorNames: ReadonlyMap<string, string>;
    /** By CVE: it is asked for each CVE and each build that ran. */
    readonly fixes: ReadonlyMap<string, readonly KnownFix[]>;
};
export type KnownFix = {
    readonly cve: string;
    readonly product: string;
    readonly cu: string;
    readonly status: string;
    readonly update: string;
    readonly build: readonly [number, number, number, number] | null;
};
