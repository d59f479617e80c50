/** A sentence by language (`en`, `de`); not every pack brings every language. */
export type Translations = Readonly<Record<string, string>>;
/** What a pack says of its campaign in plain words. */
export type CampaignText = {
    /** How it is called in every language; null where the pack has no name for that. */
    readonly name: string | null;
    /** The vulnerabilities whose fix closes the way in; none where no build decides. */
    readonly cves: readonly string[];
    readonly summary: Translations;
    /** The summary of pack.yml, used where a language is missing. */
    readonly ownSummary: string;
};
/** What packs bring for people who do not read logs: by the id of a campaign, and by the id of an action. */
export type PackTexts = {
    readonly campaigns: Readonly<Record<string, CampaignText>>;
    readonly actions: Readonly<Record<string, Translations>>;
    /** Ids of actions that ask for the evidence that is missing: the page then has no line of its own for it. */
    readonly asksForEvidence: readonly string[];
};
/** What is known by an id; nothing of it is inherited, whatever the id. */
export declare function packTextOf<Value>(by: Readonly<Record<string, Value>>, id: string): Value | undefined;
export declare const noPackTexts: PackTexts;
