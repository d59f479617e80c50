import { isLanguage, briefingLanguages, reports, tlps, always } from '../reports/index.js';
import { commandSpecs, specOf } from './options.js';
import { command, version } from './paths.js';
/** Reports that may be asked for. The PDF is report.html, printed by a browser of this machine. */
export const formatNames = [...reports.map((report) => report.name), 'pdf'];
/** Formats that are not written anyway. */
const extraFormats = formatNames.filter((name) => !always.some((report) => report.name === name));
/** The values that an option may have; empty where they are not listed. */
export function optionValues({ from }) {
    if (from === 'formats')
        return extraFormats;
    if (from === 'languages')
        return briefingLanguages.filter(isLanguage);
    if (from === 'labels')
        return tlps;
    return from ?? [];
}
const WIDTH = 100;
/** `postern --help`. */
export function programHelp() {
    const rows = [
        ...commandSpecs.map(({ name, summary }) => [`  ${name}`, summary]),
        ['  help COMMAND', 'Show the options of a command'],
        ['  --version, -V', 'Show the version'],
    ];
    return `Postern ${version} - compromise assessment for Microsoft Exchange Server

Usage: ${command} COMMAND [options]

${columns(rows, 18)}

${wrapped(specOf('assess').exit, WIDTH).join('\n')}
`;
}
/** `postern COMMAND --help`. */
export function commandHelp(spec) {
    const usage = spec.usage.map((line, i) => `${i === 0 ? 'Usage: ' : '       '}${command} ${line}`);
    const actions = (spec.actions ?? []).map(({ name, takes, help }) => [`  ${`${name} ${takes}`.trimEnd()}`, help]);
    const options = spec.options.map((option) => [`  ${flagsOf(option)}`, optionHelp(option)]);
    const parts = [
        usage.join('\n'),
        wrapped(spec.about, WIDTH).join('\n'),
        columns(actions, 20),
        columns(options, 26),
        wrapped(spec.exit, WIDTH).join('\n'),
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
function flagsOf({ name, short, value }) {
    return `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}
function optionHelp(option) {
    const values = optionValues(option);
    const list = values.length === 0 ? '' : `: ${values.join(', ')}`;
    const many = option.multiple ? `; may be given several times${option.isList ? ', or once with commas' : ''}` : '';
    return `${option.help}${many}${list}`;
}
/** Two columns, the second wrapped; a long entry of the first has a line of its own. */
function columns(rows, first) {
    return rows
        .map(([left, right]) => {
        const lines = wrapped(right, WIDTH - first);
        const indented = lines.map((line) => `${' '.repeat(first)}${line}`);
        if (left.length >= first)
            return [left, ...indented].join('\n');
        return [`${left.padEnd(first)}${lines[0] ?? ''}`, ...indented.slice(1)].join('\n');
    })
        .join('\n');
}
function wrapped(text, width) {
    const lines = [];
    for (const word of text.split(' ').filter((one) => one !== '')) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= width)
            lines[lines.length - 1] = `${last} ${word}`;
        else
            lines.push(word);
    }
    return lines;
}
/** docs/use/command-line.md: Markdown, no line longer than 120 characters. */
export function commandLineDocs() {
    const sections = commandSpecs.map((spec) => {
        const actions = (spec.actions ?? []).map(({ name, takes, help, options }) => {
            const own = options.map((one) => `\`--${one}\``).join(' ');
            return listItem(`\`${`${name} ${takes}`.trimEnd()}\`: ${help}${own === '' ? '' : ` (${own})`}`);
        });
        const options = spec.options.map((option) => listItem(`\`${flagsOf(option).trimStart()}\`: ${optionHelp(option)}`));
        return [
            `## postern ${spec.name}`,
            `${spec.summary}.`,
            spec.usage.map((line) => `    postern ${line}`).join('\n'),
            paragraph(spec.about),
            actions.length === 0 ? '' : ['Actions:', '', ...actions].join('\n'),
            options.length === 0 ? '' : ['Options:', '', ...options].join('\n'),
            paragraph(spec.exit),
        ]
            .filter((part) => part !== '')
            .join('\n\n');
    });
    return `# Command line

Every command and option. In a working copy the command is \`node postern.mjs\`, in the installed package
\`postern\`. This page is generated from the table of options ([src/cli/options.ts](../../src/cli/options.ts)):
\`UPDATE=1 npm test -- test/cli/command-line.test.ts\` writes it again.

\`postern help COMMAND\` and \`postern COMMAND --help\` show the same. Options may stand before or after names; what
follows \`--\` is a name. Put a path with spaces in quotes, without a backslash before the closing one.

${sections.join('\n\n')}
`;
}
const MARKDOWN_WIDTH = 110;
function paragraph(text) {
    return wrapped(text, MARKDOWN_WIDTH).join('\n');
}
function listItem(text) {
    const [first = '', ...rest] = wrapped(text, MARKDOWN_WIDTH - 2);
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)].join('\n');
}
//# sourceMappingURL=help.js.map