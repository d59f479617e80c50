import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/** What a certificate says of itself. */
export type Certificate = {
    readonly subject: string;
    readonly issuer: string;
    readonly notBefore: string | null;
    readonly notAfter: string | null;
    /** Names of hosts in the subject alternative name. */
    readonly names: readonly string[];
};
/** A certificate in one of the stores; a request that waits for its answer in the store REQUEST. */
export declare function storedCertificate(key: KeyView, context: Context): void;
/** Subject, issuer, dates and names of an X.509 certificate (RFC 5280). Throws `Damage`. */
export declare function certificate(der: Buffer): Certificate;
