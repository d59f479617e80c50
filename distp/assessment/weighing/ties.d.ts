import type { Tie } from '../../findings/intrusions.ts';
import type { CountedSign } from '../../model/weight.ts';
import { type Weighed } from '../../model/sign.ts';
/** What is weighed, and may be tied to others. */
export type Tied = {
    /** The subject: a tie to itself adds nothing. */
    readonly key: string;
    is: Weighed;
    tie: CountedSign | null;
};
/**
 * Gives what is tied to an intrusion its further sign: a strong one by a subject that is certain, a weak one by a likely one, or by
 * closeness in time alone. What comes to more by it is tied to others again, until nothing changes. `of`: what a finding is
 * about, by its number; `again`: what that comes to now.
 */
export declare function spreadTies<One extends Tied>(ties: readonly Tie[], of: (finding: number) => One | undefined, nameOf: (finding: number) => string, again: (one: One) => Weighed): void;
