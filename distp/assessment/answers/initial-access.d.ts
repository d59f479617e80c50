import type { Answer, CampaignAnswer } from '../../model/answer.ts';
import type { AssessmentInput } from './assessment-input.ts';
/**
 * An intrusion in which no vulnerability is seen to work leaves "exploited" as the logs show it: unknown where they begin
 * less than a day before its first step, and otherwise no, with what that leaves as initial access.
 */
export declare function withInitialAccess({ server, found }: AssessmentInput, answers: readonly Answer[], general: CampaignAnswer | null): Answer[];
