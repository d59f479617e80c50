import type { Parser } from '../parser.ts';
/**
 * ExchangeSetup.log: what setup.exe did on this server, session after session, in one file that only grows.
 *
 * A line is `[MM/dd/yyyy HH:mm:ss.mmmm] [level] message`, as `TaskLogger.LogMessageString` of
 * Microsoft.Exchange.Configuration.Tasks writes it: `DateTime.UtcNow`, so UTC whatever the zone of the server; month
 * first always, while the separators are those of the server's culture (`11.14.2022`, `04-17-2021`); milliseconds in
 * four digits (`.0412` is 412 ms). The messages are English on every server. A message may go on over more lines.
 * https://learn.microsoft.com/exchange/plan-and-deploy/post-installation-tasks/verify-installation
 *
 * Not seen here: security updates (.msp) and interim updates. They are installed by Windows Installer and leave this
 * file alone, so a build of this log names the cumulative update only.
 */
export declare const exchangeSetup: Parser;
