import { type Stamp } from '../common/binary-reader.ts';
/** A program that the application compatibility cache knows. */
export type Cached = {
    readonly path: string;
    /** Last modification of the file: not a time at which it ran. */
    readonly modified: Stamp | null;
    /** Only Windows XP keeps when the entry was made. */
    readonly updated: Stamp | null;
    /** Windows Vista to 8.1 flag what ran; null where the form does not say. */
    readonly executed: boolean | null;
};
/**
 * The entries of an AppCompatCache value, newest first, as each version of Windows writes it. Throws `Damage` for a form
 * that is not known; an entry that is broken ends the list.
 * https://github.com/libyal/winreg-kb/blob/main/docs/sources/system-keys/Application-compatibility-cache.md
 */
export declare function shimCache(data: Buffer): Generator<Cached>;
