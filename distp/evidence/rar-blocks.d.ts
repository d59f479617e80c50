import type { RandomBytes } from '../lib/bytes.ts';
/** What of an archive is hidden from its list; null where nothing is, or where the headers are encrypted. */
export declare function hiddenInRar(bytes: RandomBytes, form: 'Rar' | 'Rar5'): Promise<string | null>;
