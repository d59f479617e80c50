import type { CampaignText, PackTexts } from '../model/pack-texts.ts';
import type { Campaign } from '../model/campaign.ts';
/** Reads text.yml of a pack: plain sentences in several languages. A mistake in it stops the run. */
export declare function packTexts(doc: unknown, campaign: Campaign | null, actions: ReadonlySet<string>, 
/** Sentences that come with actions of \`shared/actions.yml\`. */
shared: Readonly<Record<string, unknown>>, file: string): {
    campaign: CampaignText | null;
    asksForEvidence: readonly string[];
    actions: {
        [k: string]: Readonly<Record<string, string>>;
    };
};
/** The texts of all packs together. Of two packs with the same action the first gives its sentence, as it gives the action. */
export declare function mergedTexts(packs: readonly {
    readonly id: string;
    readonly texts: ReturnType<typeof packTexts>;
}[]): PackTexts;
