import type { Parser } from '../../parser.ts';
/**
 * Windows event logs since Vista (.evtx): a header, then chunks of 64 KiB, each with its records, their templates and
 * names. A chunk can be read without the others, and so can one that was found alone.
 * https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
 */
export declare const evtx: Parser;
