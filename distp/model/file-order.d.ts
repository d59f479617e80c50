import type { Scan } from './scan.ts';
/**
 * The order of files on the medium must not show: by path, then by content. Of what is there twice, and of what is too much to
 * keep, that counts which lies where it belongs, so that what is misplaced comes last.
 */
export declare function orderFiles<File extends {
    readonly artifact: Scan['artifact'];
}>(files: readonly File[]): File[];
