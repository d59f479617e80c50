import type { FindingWithHits } from '../../findings/findings.ts';
import type { SubjectKind } from '../../model/sign.ts';
/** What a finding is about: the same key for all findings about one thing or person. */
export type SubjectId = {
    readonly kind: SubjectKind;
    readonly key: string;
    readonly name: string;
};
/** The subject of a finding, by the kind that its rule gives it and by what its first row names. */
export declare function subjectOfFinding(f: FindingWithHits, origins: PersonNames): SubjectId;
/** One name for all names of a person or mailbox; undefined where no origins were counted. */
type PersonNames = {
    readonly personOf: (name: string) => string;
} | undefined;
/**
 * An entry without an address (of a cmdlet) is not put together with what the account did elsewhere under another form of its name:
 * whether the intruder or the owner did it, only a session tells.
 */
export declare function subjectNamed(kind: SubjectKind, name: string, client: string | null, origins: PersonNames): SubjectId;
export {};
