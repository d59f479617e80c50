import type { KnownActivity } from '../findings/findings.ts';
/**
 * Reads the file of known activity of the organization (YAML): `scanners: [{address, from, to, name}]` and
 * `accepted: [{id, reason, by, date}]`, and `announced: [{subject, act, from, to, reason, by}]` for tests and work that were
 * announced. Every entry must name a person and a reason: it is shown in the report. A key that is not
 * known is an error: what is mistyped would otherwise count for nothing, in silence.
 */
export declare function readKnown(file: string): KnownActivity;
