import type { FindingWithHits } from '../../findings/findings.ts';
import { type Campaign } from '../../model/campaign.ts';
import { type ActionFact, type ActionSubject } from '../../model/response.ts';
import { type Mailbox } from '../../model/mailbox.ts';
import { type CveExposure } from '../../model/exposure.ts';
import { type Answer } from '../../model/answer.ts';
import { type Persistence } from '../../model/persistence.ts';
/** What the assessment knows when its actions are made. */
export type Situation = {
    /** Product of the server: what can be done depends on it. */
    readonly product: string;
    /** The answers over all, and those of each campaign that was asked about. */
    readonly answers: readonly Answer[];
    readonly byCampaign: ReadonlyMap<string, readonly Answer[]>;
    readonly found: readonly FindingWithHits[];
    readonly persistence: readonly Persistence[];
    readonly mailboxes: readonly Mailbox[];
    /** The campaigns that were asked about. */
    readonly campaigns: readonly Campaign[];
    readonly cves: readonly CveExposure[];
};
/** What of this server an action is about, in the order of its subjects. */
export declare function actionFacts(subjects: readonly ActionSubject[], situation: Situation): readonly ActionFact[];
