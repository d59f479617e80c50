import type { Fields } from '../../model/event.ts';
import type { EventDraft } from './log-type.ts';
export declare const CMDLET: string;
export declare const CMDLET_HTTP: string;
export declare const AUDIT = "Timestamp,Server,TenantId,RecordType,Data,UserKey,RecordId,Operation,Workload,ResultStatus,Version,Scope";
/** Columns of cmdlet logs under the names of other records of cmdlets. */
export declare const CMDLET_ALIASES: ReadonlyMap<string, string>;
export declare function cmdletSucceeded({ ExecutionResult, ErrorType }: Fields): boolean | null;
export declare function deriveCmdlet(row: EventDraft): void;
export declare function deriveCmdletHttp(row: EventDraft): void;
export declare function deriveAudit(row: EventDraft): void;
