import { parseArgs, type ParseArgsConfig } from 'node:util'
import { PosternError } from '../errors.ts'

export type Parsed = {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly positionals: readonly string[]
}

/** Reads arguments strictly: an unknown option is the user's mistake and is answered with the list of those there are. */
export function readArguments(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Parsed['values'], positionals }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) throw error
    const list = Object.keys(options)
      .map((name) => `--${name}`)
      .join(', ')
    throw new PosternError('usage', `${(error as Error).message.split('. ')[0]!.replace(/\.$/, '')}. Options: ${list}.`)
  }
}

export function texts(value: Parsed['values'][string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : []
}

export function text(value: Parsed['values'][string]): string | undefined {
  return typeof value === 'string' ? value : undefined
}
