import { type JsonObject } from '../../lib/json-object.ts';
import type { Parser } from '../parser.ts';
import type { WindowsRecord } from './record.ts';
/**
 * Windows events as JSON: one a line, indented, in lists, or in the middle of other text, in the shapes of
 * `evtx_dump` (https://github.com/omerbenamram/evtx), Velociraptor, winlogbeat and ECS
 * (https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog), NXLog
 * (https://docs.nxlog.co/refman/current/im/msvistalog.html), Wazuh, EvtxECmd, Splunk, Sentinel and `Get-WinEvent`.
 */
export declare const jsonEvents: Parser;
/** The Windows record that a JSON object holds, in any of the known shapes; null when it holds none. */
export declare function recordOfJson(value: JsonObject): WindowsRecord | null;
