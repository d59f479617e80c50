import type { Confidence } from '../../model/stages.ts';
import { type Bad, type Side, type Validity } from './entry.ts';
/** What an indicator is; `value` is in the one form in which it is looked up. */
export type IndicatorType = 'ip' | 'cidr' | 'sha256' | 'sha1' | 'md5' | 'domain' | 'url' | 'path' | 'name' | 'extension' | 'agent' | 'parameter' | 'task' | 'service';
/** One entry of a list. */
export type Indicator = {
    readonly type: IndicatorType;
    /** Canonical: lower case where case has no meaning, addresses in one form, paths with `/` and without drive. */
    readonly value: string;
    /** As the list writes it, for a person. */
    readonly shown: string;
    readonly id: string;
    readonly context: string;
    readonly note: string;
    /** Empty where the list does not say. */
    readonly campaign: string;
    readonly confidence: Confidence;
    /** Of a list of lines. */
    readonly line?: number;
    /** Where the list says for which time it holds. */
    readonly valid?: Validity;
    /** Where the list says at which end of a connection. */
    readonly side?: Side;
    /** Lower case: the name that a file with the digest must have. */
    readonly fileName?: string;
};
export type IndicatorList = {
    readonly indicators: readonly Indicator[];
    readonly bad: readonly Bad[];
};
/**
 * Reads a list, told by its content: a STIX bundle or MISP events in JSON; a table with a header that names `value`
 * (columns as in `ioc_id,type,value,campaign,…`, or a MISP export); or one indicator a line, whose type is recognised. What
 * cannot be looked up is returned with its line or id.
 */
export declare function readIndicatorList(name: string, text: string): IndicatorList;
/** A URL without its scheme and fragment, host in lower case; null when it is none. */
export declare function urlKey(text: string): string | null;
/** A user agent in one form: IIS writes a plus for each space. */
export declare function agentKey(text: string): string;
