import type { Line } from '../../lib/lines.ts';
import type { Sink, Source } from '../parser.ts';
import type { ReportUnreadLines } from '../common/lines.ts';
/**
 * A line of an excerpt that is none of the form that its parser reads. Reports put several forms under one another: commands,
 * requests and paths of files are read wherever they stand; any other text is a gap.
 */
export declare function takeOtherLine(line: Line, source: Source, sink: Sink, unread: ReportUnreadLines, detail: string): void;
