import type { More } from './finding.ts';
export type Build = {
    readonly build: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly source: string;
    readonly precision: 'cu' | 'update';
};
export type CveState = 'open' | 'mitigated' | 'fixed' | 'not-affected' | 'unknown';
export type CveExposure = {
    readonly cve: string;
    /** What it is called, where it has a name: ProxyLogon. */
    readonly alias: string;
    readonly impact: string;
    /** The day on which it was made public: `2021-03-02`. */
    readonly published: string;
    /** Is its use in the wild known? */
    readonly exploited: boolean;
    /** At the end of the evidence: by build, by what else decides, and by mitigations. */
    readonly state: CveState;
    /** By build; the last one by what else decides, too, as far as that is known. */
    readonly intervals: readonly {
        readonly from: string | null;
        readonly to: string | null;
        readonly state: CveState;
        readonly source: string;
    }[];
    /** The update that fixes it on the cumulative update that ran last; null where none does. */
    readonly fixedBy: string | null;
    /** What to do where that does not close it: install another cumulative update, or change a setting. */
    readonly remedy: string | null;
    /** What else than a build decides, as judged from the evidence. */
    readonly conditions: readonly Condition[];
    /** What keeps one known way in shut though the fix is missing. */
    readonly mitigations: readonly string[];
    readonly more?: More;
};
/** Something besides the build that must be so: met, not met, or not known from this evidence. */
export type Condition = {
    readonly title: string;
    readonly is: 'met' | 'not-met' | 'unknown';
    readonly why: string;
    /** Files of the evidence that say so. */
    readonly from: readonly string[];
};
/** How a protection and the build decide together whether a vulnerability is open. */
export type Deciding = 
/** The fixed build and the setting are both needed. */
'with-build'
/** The build says nothing: Windows, a client or a setting alone. */
 | 'alone'
/** The directory of the whole organization: a newer server elsewhere can have set it. */
 | 'directory';
/** A condition that holds for the server as a whole, and the vulnerabilities that it decides. */
export type Protection = Condition & {
    readonly id: string;
    readonly cves: readonly string[];
};
/** How long the product gets fixes, and how far this server is behind. */
export type Support = {
    readonly product: string;
    /** The update that the build belongs to: `CU22 Nov21SU`; null where the build is not known. */
    readonly update: string | null;
    readonly released: string | null;
    /** The newest update for the same cumulative update, and for the product. */
    readonly newestOfCu: string | null;
    readonly newest: string | null;
    readonly end: string;
    /** The newest update made after that for those who bought Extended Security Updates; null where none was sold. */
    readonly later: string | null;
    /** At the end of the evidence; `unknown` without times. */
    readonly is: 'supported' | 'ended' | 'unknown';
};
/** Days until which builds and vulnerabilities are known: what was published later is in no answer. */
export type KnownUntil = {
    readonly builds: string;
    readonly vulnerabilities: string;
};
export type Exposure = {
    readonly known: KnownUntil;
    readonly cves: readonly CveExposure[];
    readonly patchedTooLate: boolean | null;
    readonly protections: readonly Protection[];
    readonly support: Support | null;
};
