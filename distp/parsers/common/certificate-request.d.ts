import type { Parser } from '../parser.ts';
/**
 * Certificate requests (PKCS #10) as PEM or DER: `New-ExchangeCertificate -GenerateRequest -RequestFile` writes one to
 * any path, with a subject that the caller chooses, and with script in it the file is a page.
 * https://www.rfc-editor.org/rfc/rfc2986, https://www.rfc-editor.org/rfc/rfc7468
 */
export declare const certificateRequest: Parser;
