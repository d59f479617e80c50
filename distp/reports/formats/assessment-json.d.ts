import type { Report } from '../report.ts';
/** assessment.json: the whole answer, for programs. */
export declare const assessmentJson: Report;
/**
 * Canonical JSON in which `<`, and a bracket that follows a letter, stand as `\u…`: the same data to every reader, but not
 * the bytes of the web shell that a row quotes, so that no virus scanner takes the report away. So do characters that steer
 * a terminal or turn text around when somebody looks at the file. None of them ever stands outside of a string.
 */
export declare function dataJson(value: unknown, indent?: number): string;
