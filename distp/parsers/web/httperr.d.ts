import type { Event } from '../../model/event.ts';
import type { Head, Parser, Sink } from '../parser.ts';
import { type Stretch } from '../common/lines.ts';
import { type HeaderColumns } from './w3c.ts';
/**
 * HTTPERR: what HTTP.sys refused before a web application saw it, in UTC.
 * https://learn.microsoft.com/troubleshoot/developer/webapps/aspnet/site-behavior-performance/error-logging-http-apis
 */
export declare const httperr: Parser;
/** A line that has the form of a row of HTTPERR, for parsers of mixed texts. */
export declare function isHttperrRow(text: string): boolean;
/** Reads rows of HTTPERR one after another. */
export declare class HttperrRows {
    #private;
    /** Of the last header. */
    columns: HeaderColumns | null;
    /** `isLog`: the text is a log from its first line on, so that its header is held against the rows below it. */
    constructor(source: Head, sink: Sink, { isLog }?: {
        isLog?: boolean | undefined;
    });
    /** Must each row be asked which header it has? */
    get isContested(): boolean;
    header(text: string, at?: Stretch): void;
    row(text: string, at: {
        offset: number;
        length: number;
        number: number;
    }): Event | null;
    finish(): void;
    complaint(text: string): string;
}
