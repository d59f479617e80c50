import type { Line } from '../../lib/lines.ts';
import type { Event, FieldValue } from '../../model/event.ts';
import { type QuotedCommand } from './quoted-command.ts';
import type { Parser, Sink, Source } from '../parser.ts';
import { type Stretch } from '../common/lines.ts';
/**
 * ConsoleHost_history.txt: the commands that a user typed, one a line; a line that goes on ends in a backtick. Neither
 * times nor what programs ran through PowerShell are in it. PSReadLine writes it below the profile of the user.
 * https://learn.microsoft.com/powershell/module/psreadline/about/about_psreadline
 */
export declare const powershellHistory: Parser;
/** The account whose profile a file lies in. */
export declare function profileOwner(path: string): string | null;
/** The event of a command that was copied into a text. */
export declare function quotedEvent(source: Pick<Source, 'path'>, place: Stretch, { command, time, basis }: QuotedCommand): Event;
/** Gives the commands that a line of an excerpt quotes; false where it quotes none. In a folder of a server it is no excerpt. */
export declare function giveQuotedCommands(line: Line, source: Source, sink: Sink): boolean;
/** The event of a command that was typed; passwords in it are masked. */
export declare function commandEvent(source: Pick<Source, 'path'>, place: Stretch, command: string, more: Readonly<Record<string, FieldValue>>, time?: number | null): Event;
