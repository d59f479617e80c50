import type { ListedEvidence } from './index.ts';
/**
 * Files and folders of the evidence that the user leaves out: exact paths inside the evidence, never patterns, so that a
 * name in the evidence cannot take more out than the user meant. Each file that is left out stays in the list, as a gap.
 */
export declare class Exclusions {
    #private;
    /** `isOptional`: of several servers one may lack what another has. */
    constructor(paths: readonly string[], isOptional: boolean);
    /** The mistake in it, where no evidence so far has a path. */
    get mistake(): string | null;
    /** The list with what is left out refused. */
    removeFrom(listed: ListedEvidence): ListedEvidence;
}
