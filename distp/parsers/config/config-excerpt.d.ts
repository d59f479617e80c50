import type { Parser } from '../parser.ts';
/**
 * Modules, handlers and transport agents outside of the file that they stand in: a few lines of `applicationHost.config`,
 * `web.config` or `agents.config` in a report, and modules as `appcmd list modules` prints them. In a folder of a server such
 * a text is a user's file.
 */
export declare const configExcerpt: Parser;
