import { type AssessmentInput } from './assessment-input.ts';
import { type ExposureTimeline } from '../exposure/exposure.ts';
import type { Campaign } from '../../model/campaign.ts';
/** When a campaign is asked about on this server, and why. */
export type Window = {
    readonly campaign: Campaign;
    readonly door: ExposureTimeline;
    readonly from: number;
    /** End of the exposure window (half-open). */
    readonly to: number;
    /** To the last moment of the evidence: shells are used after the patch. */
    readonly end: number;
    readonly asked: boolean;
    /** Not of a campaign: the general question. */
    readonly general?: true;
    /** The part of the exploitation period, while the server was or may have been vulnerable, that no log reaches. */
    readonly beyond: {
        readonly from: number;
        readonly to: number;
    } | null;
    /** Not assessed although the server was or may have been vulnerable in the exploitation period. */
    readonly perhaps: boolean;
    readonly reason: string;
    readonly settled: string | null;
};
export declare function windowOf(input: AssessmentInput, campaign: Campaign): Window;
/** No build of the server prevents it: product and build decide nothing. */
export declare function isElsewhere(campaign: Campaign): boolean;
/**
 * A finding belongs to a campaign if it lies in its open window or an intrusion links it to one that does; else to `unknown`.
 * What names no vulnerability (a shell, an export) is of the campaign whose vulnerability was used in its intrusion, or that
 * another rule names for the same row, whichever pack holds the rule.
 */
export declare function credit(input: AssessmentInput, windows: readonly Window[]): Map<string, string>;
