import { type Report } from '../report.ts';
/**
 * misp.json: one event of MISP, not published and for the importing organisation alone until it is shared. It
 * names nothing of the victim unless that is asked for. https://datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format/
 */
export declare const misp: Report;
