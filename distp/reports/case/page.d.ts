import type { Case } from '../../model/case.ts';
import { type Language } from '../briefing/languages.ts';
/** case.html: all servers of a case on one page that asks nothing of the network; another language can be chosen on it. */
export declare function casePage(all: Case, language: Language): Generator<string>;
