import type { Is, Question, VerdictIs } from '../../model/answer.ts';
import type { Language } from '../briefing/languages.ts';
import type { SubjectKind } from '../../model/sign.ts';
/** Every text of the page of a case, by a key of its own, so that the page can show another language. */
export type CaseWords = Readonly<Record<CaseKey | `verdict.${VerdictIs}` | `question.${Question}` | `is.${Is}` | `kind.${'client' | SubjectKind}`, string>>;
type CaseKey = 'title' | 'language' | 'servers' | 'failed' | 'probably' | 'search' | 'all' | 'server' | 'verdict' | 'evidence' | 'first' | 'last' | 'chains' | 'mailboxes' | 'files' | 'joined' | 'shared' | 'sharedNote' | 'kind' | 'name' | 'attacks' | 'attacksNote' | 'clients' | 'joinedBy' | 'taken' | 'absent' | 'absentNote' | 'entries' | 'namedBy' | 'reason' | 'notes' | 'masked' | 'period';
export declare const caseWords: Readonly<Record<Language, CaseWords>>;
export {};
