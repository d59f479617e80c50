import { type JsonObject } from '../../lib/json-object.ts';
import type { WindowsRecord } from './record.ts';
export declare function winlogbeat(o: JsonObject): WindowsRecord | null;
