import { Command, CommanderError, Option as ParserOption } from 'commander'
import { PosternError } from '../lib/errors.ts'
import { type CommandSpec, type Option, specOf } from './options.ts'
import { nearestName } from '../lib/meant.ts'

export type Parsed = {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly positionals: readonly string[]
}

/** Reads the arguments of a command strictly, by the table of its options: a mistake is answered in one sentence. */
export function readArguments(command: string, args: readonly string[]): Parsed {
  const spec = specOf(command)
  checkForms(spec, args)
  const parser = new Command(command)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments(true)
  const options = spec.options.map((option) => ({ option, parsed: parserOption(option) }))
  const given = new Set<string>()
  for (const { option, parsed } of options) {
    parser.addOption(parsed)
    // Of a repeated option only the last value would count, without notice.
    parser.on(`option:${option.name}`, () => {
      if (given.has(option.name) && option.multiple !== true)
        throw new PosternError('usage', `--${option.name} was given several times. Give it once.`)
      given.add(option.name)
    })
  }
  try {
    parser.parse(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    throw new PosternError('usage', mistake(error, spec))
  }
  const values: Record<string, string | boolean | readonly string[]> = {}
  for (const { option, parsed } of options) {
    const value = parser.getOptionValue(parsed.attributeName()) as string | boolean | readonly string[] | undefined
    if (value !== undefined) values[option.name] = value
  }
  return { values, positionals: parser.args }
}

function parserOption({ name, short, value, multiple, isList }: Option): ParserOption {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ' <value>'}`
  const option = new ParserOption(flags)
  if (value === undefined) return option
  return option.argParser<string | readonly string[]>((text, before) => {
    const texts = isList ? text.split(',').map((one) => one.trim()) : [text]
    if (texts.includes('')) throw new PosternError('usage', `Empty value for --${name}. Give a value.`)
    return multiple ? [...(Array.isArray(before) ? (before as readonly string[]) : []), ...texts] : text
  })
}

/** Two mistakes that would be read as something else: a missing value, and one dash in front of a long name. */
function checkForms({ options }: CommandSpec, args: readonly string[]): void {
  const end = args.indexOf('--')
  const before = end < 0 ? args : args.slice(0, end)
  for (const [i, arg] of before.entries()) {
    const next = args[i + 1]
    const option = options.find(({ name, short }) => arg === `--${name}` || arg === `-${short}`)
    if (option?.value !== undefined && (next === undefined || /^-./.test(next)))
      throw new PosternError('usage', `--${option.name} has no value. Give a value after it.`)
    if (options.some(({ name }) => name.length > 1 && (arg === `-${name}` || arg.startsWith(`-${name}=`))))
      throw new PosternError('usage', `Unknown option ${arg}. Did you mean -${arg}?`)
  }
}

/** What the parser says, in one sentence. */
function mistake({ code, message }: CommanderError, { name: command, options }: CommandSpec): string {
  const name = /'(?:-\w, )?(--?[^' =]+)/.exec(message)?.[1] ?? ''
  if (code === 'commander.optionMissingArgument') return `${name} has no value. Give a value after it.`
  if (options.some((option) => name === `--${option.name}`)) return `${name} takes no value. Remove the value.`
  const list = options.map((option) => `--${option.name}`)
  const similar = nearestName(name, [...list, '--help'])
  const known = list.length === 0 ? `postern ${command} has none.` : `Options: ${list.join(', ')}.`
  return `Unknown option ${name}. ${similar === null ? known : `Did you mean ${similar}?`}`
}

export function texts(value: Parsed['values'][string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : []
}

export function textArgument(value: Parsed['values'][string]): string | undefined {
  return typeof value === 'string' ? value : undefined
}
