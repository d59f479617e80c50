import type { Case } from '../../model/case.ts';
/** A case in a few lines: totals, what servers share, and which servers have no evidence. */
export declare function caseLines({ totals, attacks, shared, absent, mailboxes }: Case): string;
