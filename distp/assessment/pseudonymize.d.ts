import type { FindingWithHits } from '../findings/findings.ts';
import { type People } from '../activity/identities.ts';
import type { Assessment } from '../model/assessment.ts';
/** Whose names are masked: what the evidence knows of the people of the organization. */
export type House = People & {
    readonly found: readonly FindingWithHits[];
    /** People whom the operator named: who accepted a finding. */
    readonly operators: readonly string[];
};
/**
 * The assessment with pseudonyms for the people of the organization: addresses in its own domains, accounts of its own domain,
 * names and numbers of mailboxes, profiles. One person has one pseudonym in all forms, the same in all files of a run. What
 * is the attacker's (addresses elsewhere, hosts, accounts that were made by the intrusion) stays as it is.
 */
export declare function masked(assessment: Assessment, house: House): Assessment;
