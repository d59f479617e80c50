import type { Parser } from '../../parser.ts';
/**
 * Program files: .exe, .dll. What stands in them about themselves becomes fields of the file's own event: version and
 * maker, whose signature they bear, what kind of .NET assembly or IIS module they are. Nothing of it is proof: a forger can
 * write all but the digest in the signature. https://learn.microsoft.com/windows/win32/debug/pe-format
 */
export declare const pe: Parser;
