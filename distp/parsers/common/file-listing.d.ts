import type { Event } from '../../model/event.ts';
import type { Parser } from '../parser.ts';
/**
 * Lists of files as CSV: MFTECmd (https://github.com/EricZimmerman/MFTECmd), `Get-ChildItem | Export-Csv`
 * (https://learn.microsoft.com/dotnet/api/system.io.filesysteminfo), file finders of Velociraptor, and the list of
 * suspicious files of Test-ProxyLogon. A listed file is an event with the time it was made, where that is stated in UTC.
 */
export declare const fileListing: Parser;
/** What a list says of a file by its path and size. A list is a choice of files, never a whole folder. */
export declare function listedFile(path: string, size: number | null): Pick<Event, 'log' | 'fields' | 'target' | 'snippet'>;
