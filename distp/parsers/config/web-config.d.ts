import type { Parser } from '../parser.ts';
/**
 * web.config of a virtual directory, the root web.config and machine.config of .NET, and SharedWebConfig.config of
 * Exchange: modules and handlers, rewrite rules with the vendor's mitigations, what is compiled, keys and rights.
 * https://learn.microsoft.com/iis/configuration/ and
 * https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/web/
 */
export declare const webConfig: Parser;
/** The site and virtual path that a web.config is for, told by its folder or by the name that a collector gave it. */
export declare function virtualDirectoryOf(path: string): string | null;
