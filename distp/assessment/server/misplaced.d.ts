import type { Scan } from '../../model/scan.ts';
/**
 * Logs and states that lie where their product never keeps them: below a web root, in a folder for temporary files, in an
 * archive there. Whoever got in may have put them there, to fill a hole, to name another host or to show an update that
 * never was. What their rows show still counts; that nothing else happened they cannot show. So they cover no hours, name no
 * host and settle nothing about the server.
 */
export declare function withoutMisplaced(scans: readonly Scan[]): {
    scans: readonly Scan[];
    notes: readonly string[];
};
