import { type ActorFacts } from '../model/actor.ts';
/** Reads actors.yml of a pack: who used its way in, when, and what they left. A mistake in it stops the run. */
export declare function actorFacts(campaign: string, doc: unknown, file: string): ActorFacts;
/** Sectors are compared without regard to case, spaces and dashes. */
export declare function sectorName(given: string): string;
