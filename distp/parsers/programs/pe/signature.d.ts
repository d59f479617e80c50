import { type Image } from './image.ts';
/**
 * The Authenticode signature of a program, as far as it can be read without trusting any authority: whose name it bears, and
 * whether the digest in it is that of the file. The intrusion of certificates and the signature itself are not checked, so a
 * forger can write any name. https://learn.microsoft.com/windows-hardware/drivers/install/authenticode and
 * "Windows Authenticode Portable Executable Signature Format"
 */
export type Signature = {
    readonly signer: string | null;
    readonly issuer: string | null;
    readonly digest: 'matches' | 'differs' | null;
};
/** Null when the file bears none (most files of Windows are signed in catalogs instead). */
export declare function signatureOf(image: Image, whole: boolean): Signature | null;
