import { parseArgs, type ParseArgsConfig } from 'node:util'
import { PosternError } from '../errors.ts'

export type Parsed = {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly positionals: readonly string[]
}

/** Reads arguments strictly: an unknown option is the user's mistake and is answered with the list of those there are. */
export function readArguments(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): Parsed {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
      tokens: true,
    })
    // Of an option that may be said once only the last would count, and nobody would notice.
    const said = new Set<string>()
    for (const token of tokens) {
      if (token.kind !== 'option') continue
      if (token.value === '') throw new PosternError('usage', `--${token.name} needs a value, and got an empty one.`)
      if (said.has(token.name) && !options[token.name]?.multiple)
        throw new PosternError('usage', `--${token.name} may be given once only.`)
      said.add(token.name)
    }
    return { values: values as Parsed['values'], positionals }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) throw error
    throw new PosternError('usage', mistake(code, (error as Error).message, options))
  }
}

/** What `parseArgs` says, in one sentence. */
function mistake(code: string, message: string, options: NonNullable<ParseArgsConfig['options']>): string {
  const name = /'(?:-\w, )?(--?[^' ]+)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const list = Object.keys(options).map((option) => `--${option}`)
    return `There is no option ${name}. There are: ${list.join(', ')}.`
  }
  if (/does not take an argument/.test(message)) return `${name} takes no value.`
  return `${name} needs a value.`
}

export function texts(value: Parsed['values'][string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : []
}

export function text(value: Parsed['values'][string]): string | undefined {
  return typeof value === 'string' ? value : undefined
}
