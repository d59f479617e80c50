import type { Confidence, Level, Stage } from './stages.ts';
/** What a finding is about. The first row are things, the second persons and what acts for them. */
export declare const subjectKinds: readonly ["request", "export", "page", "virtual-directory", "module", "agent", "task", "service", "program", "host", "account", "application", "session", "device", "inbox-rule", "grant", "mailbox", "client"];
export type SubjectKind = (typeof subjectKinds)[number];
/** Subjects that are persons, or act for them. */
export declare const persons: ReadonlySet<SubjectKind>;
/**
 * What of a subject looks hostile. Of things: content (what it is, what it does), name, provenance (how and when it arrived),
 * use (who uses it and how), effect (what followed). Of accounts, applications, devices and sessions: guessing, origin,
 * reach, manner, change. Of both: listed (published as an indicator).
 */
export declare const signKinds: readonly ['content', 'name', 'provenance', 'use', 'effect', 'listed', 'guessing', 'origin', 'reach', 'manner', 'change'];
export type SignKind = (typeof signKinds)[number];
/**
 * How far a sign is from ordinary activity. Decisive: nothing ordinary looks like it. Strong: rare, and an explanation would
 * itself leave evidence. Weak: ordinary activity does it too. Context: it explains, and never counts.
 */
export declare const strengths: readonly ['context', 'weak', 'strong', 'decisive'];
export type Strength = (typeof strengths)[number];
/** The one sign of a rule: kind and strength, and the subject that has it. */
export type Sign = {
    readonly subject: SubjectKind;
    readonly kind: SignKind;
    readonly strength: Strength;
};
/** How far the evidence about a subject goes: it is so and hostile (`yes`), likely so, or a lead, which is open where it may be a way back in. */
export type Weighed = (typeof weighedOrder)[number];
/** From what weighs least to what weighs most. */
export declare const weighedOrder: readonly ['nothing', 'lead', 'open-lead', 'likely', 'yes'];
/** Is it, certainly or likely, as an answer or what was weighed has it? */
export declare function isAtLeastLikely(is: string | undefined): is is 'yes' | 'likely';
/** Sigma's level of a rule, by the strength of its sign. */
export declare const levelOfStrength: Readonly<Record<Strength, Level>>;
/** How sure a finding is, by the strength of its sign. */
export declare const confidenceOfStrength: Readonly<Record<Strength, Confidence>>;
/** What a rule without a rating is about, by its stage; its sign is weak. */
export declare const unratedSign: Readonly<Record<Stage, Sign>>;
/** What a rule file, or pack.yml for it, says of the sign: each by its own key. */
export type SignWords = {
    readonly subject?: SubjectKind;
    readonly sign?: SignKind;
    readonly strength?: Strength;
};
/** The sign of a rule as it is written, with what its stage has where nothing is written. */
export declare function signOf({ subject, sign, strength }: SignWords, stage: Stage): Sign;
/** Is it rare in ordinary activity, or never seen in it? */
export declare function isStrong({ strength }: Sign): boolean;
