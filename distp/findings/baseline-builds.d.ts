import type { FindingWithHits } from './findings.ts';
import { type Baseline } from '../rules/baselines/baseline.ts';
import type { BuildRun } from '../model/builds.ts';
/**
 * Pages that no baseline knows, compared with the build that runs here: where a baseline has all files of it, other content
 * than its own is worth a look; where none has, every page of an update looks like this, and the finding says so.
 */
export declare function againstBuild(found: readonly FindingWithHits[], builds: readonly Pick<BuildRun, 'build' | 'precision'>[], baselines: (() => readonly Baseline[]) | undefined): FindingWithHits[];
