import type { Parser } from '../parser.ts';
/**
 * applicationHost.config and administration.config: the modules that IIS loads into every worker process (native,
 * `globalModules`) or runs for requests (managed, `modules`), handlers and filters, the sites with the folders that they
 * serve, and what is logged. Copies of earlier states (`inetpub\history\CFGHISTORY_…`) are told apart.
 * https://learn.microsoft.com/iis/configuration/system.webserver/globalmodules/
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/
 */
export declare const iisConfig: Parser;
