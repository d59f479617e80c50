import { Command, CommanderError, Option as ParserOption } from 'commander';
import { PosternError } from '../lib/errors.js';
import { specOf } from './options.js';
import { nearestName } from '../lib/meant.js';
/** Reads the arguments of a command strictly, by the table of its options: a mistake is answered in one sentence. */
export function readArguments(command, args) {
    const spec = specOf(command);
    checkForms(spec, args);
    const parser = new Command(command)
        .exitOverride()
        .configureOutput({ outputError: () => undefined })
        .helpOption(false)
        .helpCommand(false)
        .allowExcessArguments(true);
    const options = spec.options.map((option) => ({ option, parsed: parserOption(option) }));
    const given = new Set();
    for (const { option, parsed } of options) {
        parser.addOption(parsed);
        // Of a repeated option only the last value would count, without notice.
        parser.on(`option:${option.name}`, () => {
            if (given.has(option.name) && option.multiple !== true)
                throw new PosternError('usage', `--${option.name} may be given once only.`);
            given.add(option.name);
        });
    }
    try {
        parser.parse(args, { from: 'user' });
    }
    catch (error) {
        if (!(error instanceof CommanderError))
            throw error;
        throw new PosternError('usage', mistake(error, spec));
    }
    const values = {};
    for (const { option, parsed } of options) {
        const value = parser.getOptionValue(parsed.attributeName());
        if (value !== undefined)
            values[option.name] = value;
    }
    return { values, positionals: parser.args };
}
function parserOption({ name, short, value, multiple, isList }) {
    const flags = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ' <value>'}`;
    const option = new ParserOption(flags);
    if (value === undefined)
        return option;
    return option.argParser((text, before) => {
        const texts = isList ? text.split(',').map((one) => one.trim()) : [text];
        if (texts.includes(''))
            throw new PosternError('usage', `--${name} needs a value, and got an empty one.`);
        return multiple ? [...(Array.isArray(before) ? before : []), ...texts] : text;
    });
}
/** Two mistakes that would be read as something else: a missing value, and one dash in front of a long name. */
function checkForms({ options }, args) {
    const end = args.indexOf('--');
    const before = end < 0 ? args : args.slice(0, end);
    for (const [i, arg] of before.entries()) {
        const next = args[i + 1];
        const option = options.find(({ name, short }) => arg === `--${name}` || arg === `-${short}`);
        if (option?.value !== undefined && (next === undefined || /^-./.test(next)))
            throw new PosternError('usage', `--${option.name} needs a value.`);
        if (options.some(({ name }) => name.length > 1 && (arg === `-${name}` || arg.startsWith(`-${name}=`))))
            throw new PosternError('usage', `Unknown option ${arg}. Did you mean -${arg}?`);
    }
}
/** What the parser says, in one sentence. */
function mistake({ code, message }, { name: command, options }) {
    const name = /'(?:-\w, )?(--?[^' =]+)/.exec(message)?.[1] ?? '';
    if (code === 'commander.optionMissingArgument')
        return `${name} needs a value.`;
    if (options.some((option) => name === `--${option.name}`))
        return `${name} takes no value.`;
    const list = options.map((option) => `--${option.name}`);
    const similar = nearestName(name, [...list, '--help']);
    const known = list.length === 0 ? `postern ${command} has none.` : `Options: ${list.join(', ')}.`;
    return `Unknown option ${name}. ${similar === null ? known : `Did you mean ${similar}?`}`;
}
export function texts(value) {
    return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}
export function textArgument(value) {
    return typeof value === 'string' ? value : undefined;
}
//# sourceMappingURL=arguments.js.map