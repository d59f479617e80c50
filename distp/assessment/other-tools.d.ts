import { type FindingWithHits } from '../findings/findings.ts';
import { type Scan } from '../model/scan.ts';
import { type Opinion } from '../model/other-tools.ts';
import { type CveExposure } from '../model/exposure.ts';
import { type ExposureFacts } from '../knowledge/exposure-tables.ts';
/**
 * What other tools said (Test-ProxyLogon, Safety Scanner, EOMT, HealthChecker, Hayabusa, Chainsaw, THOR …), held against
 * what was found here: what both say, what only they say and why that may be, and where they contradict each other.
 */
export declare function opinionsOf(scans: readonly Scan[], found: readonly FindingWithHits[], cves: readonly CveExposure[], { vendorNames }: Pick<ExposureFacts, 'vendorNames'>): Opinion[];
