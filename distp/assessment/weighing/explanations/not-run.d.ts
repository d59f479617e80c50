import type { Explain } from './explanation.ts';
/**
 * A text outside of the web roots that nothing runs: notes, a copy of a report. The settings of a virtual directory are what
 * Exchange wrote, wherever a copy of them is kept. A script that some task may run is such a text until one is seen that does.
 */
export declare const notRun: Explain;
