import type { Diff } from '../../model/comparison.ts';
/** Two assessments on one page that asks nothing of the network and runs no script: what moved and why, what came, went and stays. */
export declare function diffHtml(diff: Diff): string;
