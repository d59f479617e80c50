import type { Finding } from './finding.ts';
import type { SignKind, Strength, SubjectKind } from './sign.ts';
import { type ComputedSign, type ExplanationSource, type ExplanationStrength, type WeighedSubject } from './weight.ts';
export declare const subjectKindWords: Readonly<Record<SubjectKind, string>>;
/** What of a subject is a sign. */
export declare const signKindWords: Readonly<Record<SignKind, string>>;
/** How far a sign is from ordinary work. */
export declare const strengthWords: Readonly<Record<Strength, string>>;
export declare const explanationWords: Readonly<Record<ExplanationStrength, string>>;
/** What would make a probable answer certain, or a lead more than one. */
export type MissingEvidence = 'record' | 'kind' | 'sign';
export declare const missingSignWords: Readonly<Record<MissingEvidence, string>>;
/** Records that are not in the evidence, and what they may show. */
export declare const absentWords: Readonly<Record<ExplanationSource, string>>;
/** What is missing for certainty; nothing where there is nothing missing. */
export declare function missingOf({ is, shown, signs }: WeighedSubject): readonly MissingEvidence[];
/** `Page owa/auth/x.aspx: what it is or does (no ordinary work looks like it): TITLE; its name (…): TITLE.` */
export declare function subjectWords(subject: WeighedSubject, byId: ReadonlyMap<string, Finding>): string;
/** The signs that count, strongest first, each with the finding that shows it; a tie is shown by none alone. */
export declare function signWords(subject: WeighedSubject, byId: ReadonlyMap<string, Finding>): readonly (readonly [words: string, finding: Finding | undefined])[];
/** A name may be as long as an attacker likes: its end says what it is. */
export declare function subjectName({ kind, name }: WeighedSubject): string;
/** How something is tied to an intrusion, by what is shared. */
export declare const tieWords: Readonly<Record<string, string>>;
/** What was seen by comparing records. */
export declare const computedSignWords: Readonly<Record<ComputedSign, string>>;
/** What explains it, and what is missing, in sentences. */
export declare function besideSigns(subject: WeighedSubject): readonly string[];
/** The same within a sentence: `transport agent X`, and `IIS module Y`. */
export declare function subjectWithin(subject: WeighedSubject): string;
