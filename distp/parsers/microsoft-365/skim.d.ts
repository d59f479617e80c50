import type { FieldValue, Place } from '../../model/event.ts';
import type { Sink } from '../parser.ts';
import type { RecordJudge } from '../record-scanner.ts';
import { type CloudRecord, type Members } from './record.ts';
/**
 * Asks of a record of the unified audit log what can be told without its event: by the names of its members, by what it
 * is a record of, and by single values. Most records are so counted, and become no event.
 */
export declare class CloudSkim {
    #private;
    constructor(sink: Sink);
    /** True when the record was counted, and need not become an event. */
    passes({ kind, members }: CloudRecord, at: Place): boolean;
    /** Who judges records like this one; null where each must become an event. */
    judgeOf(members: Members): {
        readonly judge: RecordJudge;
        readonly plain: Plain;
    } | null;
}
/** Names (in lower case) and values of the properties that become fields of their own. */
export type Plain = {
    readonly names: readonly string[];
    readonly values: readonly string[];
};
/** Null where two of them have one name, be it in another case. */
export declare function plainOf(members: Members): Plain | null;
/** A text with its length, so that beside others it can pass for no two of them. */
export declare const lengthed: (text: string) => string;
/** Names of the properties of a list, as they are spelled; null where it has others than `plainOf` takes. */
export declare function propertyNames(list: unknown): readonly string[] | null;
/** Does only the event tell the field of that name, even though the record has a member of it? */
export declare function isUntold(name: string): boolean;
export declare function fieldOfMember(name: string, members: Members, plain: Plain, client: string | null): FieldValue | undefined;
