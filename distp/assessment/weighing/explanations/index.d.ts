import type { Explanation } from '../../../model/weight.ts';
import type { ExplanationContext, SubjectFindings } from './explanation.ts';
export declare function explanationsOf(about: SubjectFindings, context: ExplanationContext): Explanation[];
