import { decodedCommand } from './encoded-command.js';
import { quotedCommands } from './quoted-command.js';
import { readLines } from '../common/lines.js';
import { squeezed } from '../../lib/squeeze.js';
/**
 * ConsoleHost_history.txt: the commands that a user typed, one a line; a line that goes on ends in a backtick. Neither
 * times nor what programs ran through PowerShell are in it. PSReadLine writes it below the profile of the user.
 * https://learn.microsoft.com/powershell/module/psreadline/about/about_psreadline
 */
export const powershellHistory = {
    name: 'powershell-history',
    title: 'PowerShell history',
    product: 'windows',
    recognise,
    read,
};
function recognise({ path, windowsPath, text, bytes }) {
    const name = /(?:^|[\\/!])(?:ConsoleHost|Visual Studio Code Host|Windows PowerShell ISE Host|[\w .-]{1,40}host)_history\.txt$/i;
    const named = name.test(path) || name.test(windowsPath ?? '');
    return named && (text !== '' || bytes.length === 0) ? 90 : 0;
}
/** A command of many lines is cut here. */
const COMMAND = 262_144;
async function read(source, sink) {
    const user = profileOwner(source.windowsPath ?? source.path);
    let open = null;
    const end = () => {
        if (open && open.text.trim() !== '')
            sink.event(commandEvent(source, open, open.text, { User: user }));
        open = null;
    };
    return readLines(source, sink, (line) => {
        const goesOn = line.text.endsWith('`');
        const text = goesOn ? line.text.slice(0, -1) : line.text;
        if (open) {
            if (open.text.length < COMMAND)
                open.text += `\n${squeezed(text, COMMAND)}`;
            open.length = line.offset + line.length - open.offset;
        }
        else
            open = { offset: line.offset, length: line.length, number: line.number, text: squeezed(text, COMMAND) };
        if (!goesOn)
            end();
    }, end);
}
/** The account whose profile a file lies in. */
export function profileOwner(path) {
    const user = /[\\/](?:users|documents and settings)[\\/]([^\\/]+)[\\/]/i.exec(path)?.[1];
    if (user !== undefined)
        return user;
    return /[\\/]system32[\\/]config[\\/]systemprofile[\\/]/i.test(path) ? 'SYSTEM' : null;
}
// Rules for script blocks match typed commands, too.
const sources = [
    { product: 'postern', service: 'powershell-history' },
    { product: 'windows', category: 'ps_script' },
];
/** A command that was copied out of any record: rules on the processes that it started can match it. */
const copied = [...sources, { product: 'windows', category: 'process_creation' }];
/** The event of a command that was copied into a text. */
export function quotedEvent(source, place, { command, time, basis }) {
    const event = commandEvent(source, place, command, {}, time);
    return { ...event, log: 'quoted-commands', sources: copied, timeBasis: time === null ? 'file' : basis, snippet: true };
}
/** Gives the commands that a line of an excerpt quotes; false where it quotes none. In a folder of a server it is no excerpt. */
export function giveQuotedCommands(line, source, sink) {
    const commands = source.windowsPath === null ? quotedCommands(line.text) : [];
    for (const command of commands)
        sink.event(quotedEvent(source, line, command));
    return commands.length > 0;
}
/** The event of a command that was typed; passwords in it are masked. */
export function commandEvent(source, place, command, more, time = null) {
    const decoded = decodedCommand(command);
    const user = more.User;
    return {
        log: 'powershell-history',
        sources,
        time,
        timeBasis: time === null ? 'file' : 'assumed',
        fields: {
            CommandLine: command,
            ScriptBlockText: command,
            ...(decoded === null ? {} : { DecodedCommand: decoded }),
            ...more,
        },
        raw: command,
        at: { path: source.path, offset: place.offset, length: place.length, line: place.number },
        host: null,
        client: null,
        user: typeof user === 'string' ? user : null,
        target: null,
        request: null,
        session: null,
    };
}
//# sourceMappingURL=history.js.map