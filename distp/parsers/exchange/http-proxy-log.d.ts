import type { Fields, FieldValue } from '../../model/event.ts';
import type { Stands } from '../row-layout.ts';
import type { EventDraft } from './log-type.ts';
export declare const HTTP_PROXY: string;
export declare const HTTP_PROXY_2013_EARLY: string;
export declare const HTTP_PROXY_2013: string;
export declare const HTTP_PROXY_2013_SP1: string;
export declare const HTTP_PROXY_DERIVED: string[];
/** What stands in the columns of HttpProxy under other names; whether a request succeeded does not. */
export declare const HTTP_PROXY_STANDS: Readonly<Record<string, Stands>>;
export declare function deriveHttpProxy(row: EventDraft, path: string): void;
export declare function httpProxyFields(column: string, value: FieldValue): Fields | null;
