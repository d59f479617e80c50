import type { Line } from '../../lib/lines.ts';
import type { Event } from '../../model/event.ts';
import type { Parser, Source } from '../parser.ts';
/**
 * Folders as `dir` and `Get-ChildItem` print them, in any language of Windows: a line that names the folder, then a line
 * for each file with its local time, size and name; or a table or list of files with their full names. The times state no
 * zone, so that the files have none.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/dir ·
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-childitem
 */
export declare const folderListing: Parser;
/** The event of a line that is the path of a file and nothing else; null for any other line. */
export declare function barePathEvent(line: Line, source: Pick<Source, 'path'>): Event | null;
