import type { Report } from '../report.ts';
/**
 * iris.json: a case of DFIR-IRIS as the four requests of its interface that make it, in their order; what types and
 * categories are called is said by name, since their numbers differ from one installation to the next.
 * https://docs.dfir-iris.org/operations/api/
 */
export declare const iris: Report;
