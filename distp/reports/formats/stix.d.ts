import { type Report } from '../report.ts';
/**
 * stix.json: a bundle of STIX 2.1 for platforms of threat intelligence. It names nothing of the victim unless that is asked
 * for. https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
 */
export declare const stix: Report;
