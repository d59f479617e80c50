import type { EvidenceLimits } from './container.ts';
/** Why an encrypted member stays closed. Says how many passwords were tried, never which. */
export declare function noPassword({ passwords: { length } }: EvidenceLimits): string;
/** The sentence that this many passwords were tried without success. */
export declare function noneOpens(passwords: number): string;
