import type { Diff } from '../../model/comparison.ts';
import { type TerminalLayout } from '../terminal/layout.ts';
/** Two assessments for a terminal: what moved and why, then what came, went and stays. */
export declare function diffText(diff: Diff, terminal: TerminalLayout): string;
