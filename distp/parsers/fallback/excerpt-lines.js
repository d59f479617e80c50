import { barePathEvent } from '../common/folder-listing.js';
import { giveQuotedCommands } from '../powershell/history.js';
import { requestByShape } from '../web/row-by-shape.js';
/**
 * A line of an excerpt that is none of the form that its parser reads. Reports put several forms under one another: commands,
 * requests and paths of files are read wherever they stand; any other text is a gap.
 */
export function takeOtherLine(line, source, sink, unread, detail) {
    if (line.text.trim() === '')
        return;
    if (giveQuotedCommands(line, source, sink))
        return;
    const listed = source.windowsPath === null ? (barePathEvent(line, source) ?? requestIn(line, source)) : null;
    if (listed)
        sink.event(listed);
    else
        unread(line, 'unsupported', detail);
}
/** A request by the forms of its values; where the text has headers, rows are read by these alone. */
function requestIn(line, source) {
    const event = requestByShape(line.text, source.path, line);
    return event === null || /^#Fields:/im.test(source.text) ? null : event;
}
//# sourceMappingURL=excerpt-lines.js.map