import type { Origins } from '../../activity/origins.ts';
import type { FindingWithHits } from '../../findings/findings.ts';
import type { Elsewhere } from '../../model/case-keys.ts';
import { type SignKind, type Weighed } from '../../model/sign.ts';
import type { CountedSign } from '../../model/weight.ts';
/** Clients of intrusions that no account of the organization used before: since when, and how sure the intrusion is. */
export type HostileClients = ReadonlyMap<string, {
    readonly since: number;
    readonly is: 'yes' | 'likely';
}>;
/** Addresses of things that came to more than a lead, and not of persons: who logs on from there comes from the intruder's place. */
export declare function hostileClients(found: readonly FindingWithHits[], of: (finding: number) => Weighed, origins: Origins): HostileClients;
/** The same with the clients of intrusions on other servers of the case, which no account of this one used before either. */
export declare function withElsewhere(own: HostileClients, elsewhere: Elsewhere['hostile'], origins: Origins): HostileClients;
/** What is known of origins, for the signs of persons. */
export type OriginFacts = {
    readonly origins: Origins;
    readonly hostile: HostileClients;
};
/**
 * The signs of a person with those that come from the origin of the acts: a new one alone is a weak sign; beside unexplained
 * reach, a manner, or a change that grants access it makes that one strong, and does not count by itself. The address of a
 * certain intrusion is a strong sign of its own.
 */
export declare function withOrigin(signs: readonly CountedSign[], about: readonly FindingWithHits[], explained: ReadonlySet<SignKind>, facts: OriginFacts): readonly CountedSign[];
/** What an account set: the findings, by their numbers, and the sign that they come to. */
export type AccountChange = {
    readonly account: string;
    readonly by: readonly number[];
    readonly sign: CountedSign;
};
/**
 * What accounts did by rules and rights in their name: who sends mail out and hides mail by an odd rule within the hour, or grants
 * access from a new origin, gives a strong sign; who does one of these, a weak one.
 */
export declare function changesOf(found: readonly FindingWithHits[], facts: OriginFacts): readonly AccountChange[];
/** Is it by itself more than ordinary work does? */
export declare function isStrongChange({ sign }: AccountChange): boolean;
