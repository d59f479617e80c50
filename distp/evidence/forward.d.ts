import type { RandomBytes } from '../lib/bytes.ts';
import { type Missing } from './container.ts';
/**
 * Bytes that come out of a packed stream: read front to back they cost one pass, however many readers ask. A little of
 * what was read last is held; going back beyond that unpacks all from the beginning again. How many there are shows at
 * the end only: a read is shorter than asked there, and fails where the stream does.
 */
export type ForwardBytes = RandomBytes & {
    readonly forward: true;
};
export declare function isForward(bytes: object): bytes is ForwardBytes;
/** `most`: the stream fails beyond this many bytes. `window`: how many bytes are held. */
export declare function forwardBytes(open: () => AsyncIterable<Uint8Array | Missing>, most: number, window?: number): ForwardBytes;
