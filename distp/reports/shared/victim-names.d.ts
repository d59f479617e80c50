import type { Assessment } from '../../model/assessment.ts';
/** Finds names of the victim in a text. */
export type Victim = {
    /** Does the text hold one of its names? */
    readonly in: (text: string) => boolean;
    /** The text with `[victim]` for each of its names. */
    readonly hidden: (text: string) => string;
};
/** What names the victim, by all that the assessment knows of it. */
export declare function victimOf(assessment: Assessment): Victim;
