import { type Zone } from '../../lib/zones.ts';
import { type Assessment } from '../../model/assessment.ts';
import { type Likelihood } from '../../model/actor.ts';
import { type Mailbox } from '../../model/mailbox.ts';
import { type CampaignText, type PackTexts } from '../../model/pack-texts.ts';
import { type Is, type Question } from '../../model/answer.ts';
import { type Finding } from '../../model/finding.ts';
import type { SignKind, SubjectKind } from '../../model/sign.ts';
import { type Persistence } from '../../model/persistence.ts';
import { type Stage } from '../../model/stages.ts';
/** The headline of the verdict. `left`: it rests on persistence only; `mail`: on mail access only. */
export type Headline = 'compromised' | 'left' | 'exploited' | 'mail' | 'targeted' | 'cannot-tell' | 'no-evidence';
export declare const headlines: readonly Headline[];
/** What it is about: a server, or a tenant of Microsoft 365. */
export type Kind = 'server' | 'tenant';
/**
 * What lies behind the door: nothing was found where all of it was looked for (`no-evidence`), nothing but what is said of
 * mail, or it cannot be told in full.
 */
export type Beyond = 'no-evidence' | 'mail' | 'cannot-tell';
/** Why it cannot be determined: something has no known owner, nothing was recognised, hours are missing, or no log shows it. */
export type CannotTellWhy = 'lead' | 'nothing' | 'hours' | 'silent';
export type Facts = {
    readonly name: string;
    readonly kind: Kind;
    readonly product: string | null;
    readonly headline: Headline;
    readonly sure: boolean;
    readonly beyond: Beyond;
    readonly why: CannotTellWhy;
    readonly is: Readonly<Record<Question, Is>>;
    readonly doors: readonly DoorFact[];
    /** Something that counts belongs to no known way in. */
    readonly otherDoor: boolean;
    /** Ways in that were asked about, where nothing was found. */
    readonly askedDoors: number;
    readonly first: string | null;
    readonly last: string | null;
    /** A time is of a row whose zone is not known. */
    readonly inexact: boolean;
    readonly steps: readonly BriefingStep[];
    readonly actors: readonly {
        readonly actor: string;
        readonly words: Likelihood;
    }[];
    readonly taken: Taken;
    readonly left: readonly Left[];
    readonly open: readonly OpenQuestion[];
    /** What the verdict rests on, without persons and their mailboxes. */
    readonly rests: readonly Rest[];
    /** What may be an attacker's, as nothing explains it. */
    readonly leads: readonly Pick<Rest, 'kind' | 'name'>[];
    /** Campaigns of whose time a part lies before the logs. */
    readonly beyondLogs: readonly {
        readonly name: string;
        readonly from: string;
        readonly to: string;
    }[];
    readonly exposure: {
        readonly open: number;
        readonly used: number;
    };
    readonly support: {
        readonly product: string;
        readonly end: string;
        readonly ended: boolean;
    } | null;
    readonly logs: {
        readonly from: string | null;
        readonly to: string | null;
        /** Hours covered of those that matter, for the question that logs answer least. */
        readonly covered: number;
        readonly of: number;
    };
    readonly evidence: {
        readonly files: number;
        readonly bytes: number;
        readonly gaps: number;
    };
    readonly whole: boolean;
    readonly masked: boolean;
    readonly zone: Zone | null;
    readonly tool: string;
    readonly digest: string;
};
/** Certainty that a mailbox was read: a finding makes it certain or probable, it is possible, or undetermined. */
export type Sure = 'certain' | 'probable' | 'possible' | 'unknown';
export type VulnerabilityState = 'open' | 'mitigated' | 'fixed' | 'unknown';
export type DoorFact = {
    /** Null where no pack says anything of it. */
    readonly text: CampaignText | null;
    /** The name that the assessment has for it. */
    readonly name: string;
    readonly sure: boolean;
    /** Of the vulnerability at the end of the evidence; null where no build decides. */
    readonly hole: VulnerabilityState | null;
    readonly fixedAt: string | null;
    /** The first step of all came through it before it was closed. */
    readonly tooLate: boolean;
};
export type BriefingStep = {
    readonly stage: Stage;
    readonly sure: boolean;
    readonly first: string | null;
    readonly last: string | null;
};
export type Taken = {
    readonly certain: number;
    readonly possible: number;
    /** A time in which it could be any mailbox. */
    readonly any: readonly {
        readonly from: string | null;
        readonly to: string | null;
    }[];
    /** Mail went, or may have gone, and nothing says whose. */
    readonly unknown: boolean;
    readonly means: readonly string[];
    readonly from: string | null;
    readonly to: string | null;
    readonly requests: number;
    readonly bytes: number;
    readonly items: number | null;
    readonly secrets: 'yes' | 'likely' | 'no';
    readonly mailboxes: readonly (readonly [mailbox: Mailbox, sure: Sure])[];
};
export type Left = {
    readonly kind: Persistence['kind'];
    readonly state: Persistence['state'];
    readonly count: number;
};
/** A thing that was weighed, with the kinds of its signs. */
export type Rest = {
    readonly kind: SubjectKind;
    readonly name: string;
    readonly signs: readonly SignKind[];
};
export type OpenQuestion = {
    readonly question: Question;
    readonly why: 'hours' | 'state' | 'silent';
    readonly covered: number;
    readonly of: number;
};
export declare function briefingFacts(a: Assessment, texts?: PackTexts): Facts;
/** Certain where a finding is certain or two logs join; a mailbox that other findings name is probable. */
export declare function sureOf({ certainty, because }: Mailbox, findings: readonly Finding[]): Sure;
export declare function isCertain({ certainty }: Mailbox): boolean;
