import type { BuildRun } from '../../model/builds.ts';
import type { Fact } from '../../model/event.ts';
/** When Exchange was installed or updated. */
export type UpdateTime = {
    readonly from: number;
    readonly to: number;
};
type BuildFact = Extract<Fact, {
    fact: 'build';
}>;
/**
 * Updates that are recorded, and changes of the build, without those that did not happen: an update changes the build that the logs
 * show. Where half of those with entries before and after it, or more, go on with the same build, none was installed then: a record of
 * an installer, a setup log or rows of another build may have been added.
 */
export declare function updatesOf(recorded: readonly UpdateTime[], runs: readonly BuildRun[], facts: readonly BuildFact[]): readonly UpdateTime[];
export {};
