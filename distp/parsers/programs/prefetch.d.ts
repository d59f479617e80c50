import type { LogSource } from '../../model/event.ts';
import type { Parser } from '../parser.ts';
/**
 * Prefetch files: which program ran, from where, how often, the last one to eight times, and which files it opened in its
 * first seconds. Versions 17 (XP, 2003), 23 (Vista, 7), 26 (8), 30 and 31 (10, 11), compressed or not.
 * https://github.com/libyal/libscca/blob/main/documentation/Windows%20Prefetch%20File%20(PF)%20format.asciidoc
 */
export declare const prefetch: Parser;
/** Programs told of by what Windows keeps about them. */
export declare const programSources: readonly LogSource[];
/** Does a prefetch file begin with these bytes, compressed or not? */
export declare function isPrefetch(bytes: Uint8Array): boolean;
