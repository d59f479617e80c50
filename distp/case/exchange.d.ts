import type { BackEndAnswer, CaseKeys, Elsewhere, From, FrontRequest, HostileBy, HostileKey } from '../model/case-keys.ts';
/** One stored line of the keys of a server. */
export type KeyLine = ({
    readonly kind: 'hostile';
} & HostileKey) | {
    readonly kind: 'holds';
    readonly by: HostileBy;
    readonly key: string;
} | ({
    readonly kind: 'front';
} & FrontRequest) | ({
    readonly kind: 'back';
} & Pick<FrontRequest, 'campaign' | 'request'>) | ({
    readonly kind: 'answer';
} & BackEndAnswer) | {
    readonly kind: 'places';
    readonly of: CaseKeys['places'];
} | {
    readonly kind: 'named';
    readonly server: string;
    readonly entries: number;
} | {
    readonly kind: 'beyond';
    readonly list: string;
    readonly n: number;
};
/** One line that a server receives, with its sender. */
export type ElsewhereLine = Extract<KeyLine, {
    kind: 'hostile' | 'front' | 'answer';
}> & {
    readonly from: From;
};
/** A server of a case: who it is, and how its lines are read again. */
export type KeyMember = From & {
    readonly lines: () => Iterable<KeyLine>;
};
/** The lines of the keys of a server. */
export declare function keyLines(keys: CaseKeys): Generator<KeyLine>;
/** What a server received, made of its lines. */
export declare function elsewhereOf(lines: Iterable<ElsewhereLine>): Elsewhere;
/**
 * Gives each server what others have of what it holds: hostile things, requests of other front ends that its back end ran, and
 * entries of other back ends that answer its own requests. The members are in an order that does not depend on that of the
 * evidence. `deliver` receives each line. Gives a note for each list that was too long.
 */
export declare function exchange(members: readonly KeyMember[], deliver: (member: number, line: ElsewhereLine) => void): readonly string[];
/** Servers that entries of several members name and that are none of them, each with the members whose evidence names it. */
export declare function namedElsewhere<Member extends Pick<KeyMember, 'server' | 'lines'>>(members: readonly Member[]): readonly {
    readonly name: string;
    readonly entries: number;
    readonly by: readonly Member[];
}[];
/** A digest of what a server received, in the order of the exchange: the same digest means that nothing changed. */
export declare class ElsewhereDigest {
    #private;
    /** Servers that sent something. */
    readonly from: Set<string>;
    add(line: ElsewhereLine): void;
    get value(): string;
}
