import { type FindingWithHits } from '../../findings/findings.ts';
import { type Campaign } from '../../model/campaign.ts';
import { type Actor, type ActorFacts, type Likelihood } from '../../model/actor.ts';
import { type Intrusion } from '../../model/finding.ts';
/** The hypotheses, and in sentences whether an actor is named, why, and what that means. */
export type Attribution = {
    readonly actors: readonly Actor[];
    readonly attribution: readonly string[];
};
/** What the weighing knows besides what was found. */
export type ActorKnowledge = {
    readonly campaigns: readonly Campaign[];
    readonly facts: readonly ActorFacts[];
    /** Name of a rule as actors.yml has it, by its id. */
    readonly ruleNames: ReadonlyMap<string, string>;
    readonly sector: string | null;
};
/**
 * Weighed hypotheses: stories of one client are one intruder’s, and for each intruder known actors are weighed against
 * mass exploitation and against somebody unknown. docs/use/attribution.md has the rules in words and the numbers.
 */
export declare function actorsOf(intrusions: readonly Intrusion[], found: readonly FindingWithHits[], known: ActorKnowledge): Attribution;
/** Odds against “another actor, not known here”, which is 1. docs/use/attribution.md repeats them, and a test compares the two. */
export declare const odds: {
    /** Mass exploitation, by how many had the way in. */
    readonly mass: {
        readonly few: 0.25;
        readonly some: 2;
        readonly many: 3;
        readonly all: 6;
    };
    /** What was done after the first steps. */
    readonly byHand: 0.5;
    readonly automatic: 2;
    /** A known actor before anything is looked at. */
    readonly actor: 0.02;
    readonly exclusive: 2000;
    /** Each further kind of trace, up to two. */
    readonly distinctive: 5;
    readonly outOfTime: 0.001;
    readonly sectorFits: 1.5;
    readonly sectorDiffers: 0.8;
};
/** Chances (of 100) that a hypothesis cannot pass. */
export declare const chanceLimits: {
    /** An actor that is not named is at most unlikely. */
    readonly unnamed: 45;
    /** One trace that is the actor’s alone, in time. */
    readonly named: 80;
    /** That, and a trace of another kind. Logs of one server never make anything almost certain. */
    readonly corroborated: 95;
};
/** Upper ends of the bands of ICD 203, in chances of 100. */
export declare const bands: readonly number[];
export declare function wordsFor(chance: number): Likelihood;
