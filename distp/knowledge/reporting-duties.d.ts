import type { Duty } from '../model/response.ts';
import type { Answer } from '../model/answer.ts';
/** Every duty to report that Postern knows of, read when the first is asked for. */
export declare function allDuties(): readonly Duty[];
/** The duties that may follow from the answers: after initial access, or where data was taken. */
export declare function dutiesOf(answers: readonly Answer[]): readonly Duty[];
