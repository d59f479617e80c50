import type { FieldValue } from '../model/event.ts';
import type { RecordForm } from '../parsers/record-scanner.ts';
import type { EventRule } from '../rules/rule.ts';
/**
 * What rules say of the records of one form: a rule is out as soon as what all of them have in common says no, and what
 * is left is asked of the few fields that it reads. What these cannot tell stays possible.
 */
export declare class FormRules {
    #private;
    /** Rules that match every record of the form. */
    readonly certain: readonly EventRule[];
    /** Fields that are asked for. */
    readonly asks: readonly string[];
    /** Null when a rule can only be asked of whole events. */
    static of(rules: readonly EventRule[], form: RecordForm): FormRules | null;
    private constructor();
    /** May one of the other rules match the record whose fields `tell` tells? */
    could(tell: (name: string) => FieldValue | undefined): boolean;
}
