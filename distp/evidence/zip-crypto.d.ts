import { type RandomBytes } from '../lib/bytes.ts';
export type Encryption = 'zipcrypto' | 'aes128' | 'aes192' | 'aes256';
/** Extra field 0x9901: version, vendor `AE`, strength, the method that the content was packed by. */
export declare function aesField(data: Buffer | undefined): {
    encryption: Encryption;
    method: number;
    hasCrc: boolean;
} | null;
/** The packed bytes of a member, decrypted. */
export type Decrypted = {
    readonly bytes: RandomBytes;
    /** Throws when the encrypted bytes are not those that were written. */
    readonly check: () => Promise<void>;
};
/** Content that a password seems to open; `password` is its place in the list. */
export type Fitting = {
    readonly password: number;
    readonly tried: Decrypted;
};
/**
 * The passwords that seem to open the encrypted data of a member. `check` is the byte that the traditional way ends its header
 * with. A wrong password fits by chance (1 in 256, 1 in 65536): only the content tells.
 */
export declare function fittingPasswords(data: RandomBytes, encryption: Encryption, check: number, passwords: readonly string[]): Promise<Fitting[]>;
