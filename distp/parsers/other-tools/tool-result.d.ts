import type { Level } from '../../model/stages.ts';
import type { Event, FieldValue, Place, TimeBasis } from '../../model/event.ts';
/** What another tool said of the evidence: one statement of it. */
export type ToolResult = {
    readonly tool: string;
    readonly version?: string | null;
    /** Title of the rule, signature or check of that tool. */
    readonly rule?: string | null;
    readonly level?: Level | null;
    /** In the tool's own words. */
    readonly verdict: string;
    readonly time?: number | null;
    readonly basis?: TimeBasis;
    readonly host?: string | null;
    readonly client?: string | null;
    readonly user?: string | null;
    readonly file?: string | null;
    /** What else it points at, by our usual names. */
    readonly fields?: Readonly<Record<string, FieldValue>>;
};
/** The event of a statement. It is quoted evidence: it proves nothing by itself and covers no hour of any log. */
export declare function toolResult(result: ToolResult, raw: string, at: Place): Event;
/** The level that a tool gives, in Sigma's five words; null when it gives none that is known. */
export declare function toolLevel(text: unknown): Level | null;
/** Which CVE a text speaks of: `CVE-2021-26855`, `Cve-2021-26855`. */
export declare function cveIn(text: string): string | null;
