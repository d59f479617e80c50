import { type Container } from './container.ts';
/**
 * Archives and disk images that 7-Zip reads: 7z, RAR, cabinet, WIM, xz, bzip2, VHD, VHDX, QCOW, raw NTFS volumes and
 * disks. The library (7-Zip 24.09 as WebAssembly) runs in a thread of its own; the archive is its only file, read at
 * demand, and what it unpacks comes out as one stream. It has no file system of this machine, is given no name from the
 * evidence, and what it prints is believed only as far as it agrees with itself.
 *
 * Members are packed together (solid), so all are unpacked in their order; a reader goes on where the last ended.
 */
export declare const sevenZip: Container;
/** Is this one packed file (xz, bzip2) rather than an archive of many? */
export declare function isPackedFile(head: Uint8Array): boolean;
