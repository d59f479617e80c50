import type { Case } from '../../model/case.ts';
/** case.json: all servers of a case and what they share, for programs. */
export declare function caseJson(all: Case): string;
