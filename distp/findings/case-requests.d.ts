import { type CaseKeys, type Elsewhere } from '../model/case-keys.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { Scan } from '../model/scan.ts';
import { type Located } from './located.ts';
/** Entries of the back ends of other servers as hits here: they answer requests of this server's front end. */
export declare function answersFrom({ answers }: Elsewhere, infos: ReadonlyMap<string, RuleInfo>): Located[];
/** Requests of this server that its own evidence does not answer, requests that others sent, and the answers to the requested ones. */
export declare function openRequests(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>, proxies: ReadonlySet<string>, elsewhere: Elsewhere): Pick<CaseKeys, 'front' | 'back' | 'answers' | 'beyond'>;
