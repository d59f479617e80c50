import { type Finding } from '../model/finding.ts';
import { type Sign, type Strength } from '../model/sign.ts';
import type { Level, Stage } from '../model/stages.ts';
import type { Weighed } from '../model/sign.ts';
/** Is it more than an attempt, and not explained? */
export declare function serious(finding: Finding): boolean;
/** Does it show that an attacker came in, and not only look like ordinary work? */
export declare function isIntrusion(finding: Finding): boolean;
/** What a finding comes to by its own sign, before it is weighed with others. */
export declare const isByStrength: Readonly<Record<Strength, Weighed>>;
/** The level of a finding before it is weighed: an attempt is low, whatever it tried. */
export declare function levelBefore(stage: Stage, { strength }: Sign): Level;
/** Findings of it are ordinary noise, of which one per client and day is enough to read. */
export declare function isNoise(stage: Stage, { strength }: Sign): boolean;
/** Is it by itself a strong sign of more than an attempt? Findings that do not count here are not weighed. */
export declare function isSignOfIntrusion({ stage, sign }: Finding): boolean;
