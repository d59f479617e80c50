import { type AssessmentInput } from './assessment-input.ts';
import { type Answer, type CampaignAnswer, type Verdict } from '../../model/answer.ts';
import type { Window } from './campaign-window.ts';
/** One verdict of the six answers. */
export declare function verdictOf(input: AssessmentInput, answers: readonly Answer[], windows: readonly Window[], general: CampaignAnswer | null): Verdict;
/** True: the first successful step came before the fix, or no fix followed. Null where it cannot be known. */
export declare function patchedTooLate(input: AssessmentInput, windows: readonly Window[], campaigns: readonly CampaignAnswer[], credited: ReadonlyMap<string, string>): boolean | null;
