import type { Event, Place } from '../../model/event.ts';
import { type PsObject } from '../config/powershell-object.ts';
import { type ToolResult } from './tool-result.ts';
/** Of which server, by which version of the script and when something is said. */
export type HealthServer = {
    readonly version: string | null;
    readonly host: string | null;
    readonly time: number | null;
};
export type HealthReport = HealthServer & {
    readonly build: string | null;
    /** The build of the setup program names the update; the one that the directory knows does not. */
    readonly precision: 'cu' | 'update';
    readonly lines: readonly HealthLine[];
};
/** One statement about vulnerabilities. */
export type HealthLine = {
    readonly cve: string | null;
    readonly verdict: string;
    readonly action: 'vulnerable' | 'passed';
};
/** The report that an object is; null when it is none. */
export declare function healthReportOf(object: PsObject, path: string): HealthReport | null;
/** The events of a report, that many at the most. */
export declare function healthEvents(server: HealthServer, lines: readonly HealthLine[], at: Place): Event[];
/** What the script says of one vulnerability, whatever form it came in. */
export declare function healthResult({ version, host, time }: HealthServer, { cve, verdict, action }: HealthLine): ToolResult;
/** The numbers of vulnerabilities and advisories that a text names. */
export declare function advisoriesIn(text: string): string[];
export declare const PASSED = "All known security issues in this version of the script passed";
/**
 * A date in the culture of the server. Where its order of day and month is open, the name of the file says it, which ends
 * in the time when the script began: `HealthChecker-MAIL01-20210310100000.txt`.
 */
export declare function reportTime(text: string, path: string): number | null;
