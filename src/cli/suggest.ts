import { Command, CommanderError } from 'commander'

/** The names that somebody who wrote another one may have meant, in words; undefined where none is similar. */
export function similarName(name: string, names: readonly string[]): string | undefined {
  const program = new Command('postern').exitOverride().configureOutput({ outputError: () => undefined })
  for (const one of names) program.command(one)
  try {
    program.parse([name], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return /Did you mean (.+)\?/.exec(error.message)?.[1]
  }
  return undefined
}
