import type { Report } from '../report.ts';
/**
 * custody.jsonld: which bytes went in, which tool with which knowledge read them, and which bytes came out, in the ontology
 * CASE 1.4 (UCO 1.4). When it ran is in run.json: the same evidence gives the same record.
 * https://caseontology.org/ontology/intro.html
 */
export declare const custody: Report;
