import { Command, CommanderError } from 'commander'

/** Suggestions for a misspelled name, in words; undefined where none is similar. */
export function similarName(name: string, names: readonly string[]): string | undefined {
  const program = new Command('postern').exitOverride().configureOutput({ outputError: () => undefined })
  for (const one of names) program.command(one)
  try {
    program.parse([name], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return suggestedBy(error.message)
  }
  return undefined
}

/** What the parser of the command line suggests in its message; undefined where it suggests nothing. */
export function suggestedBy(message: string): string | undefined {
  return message.split('Did you mean ')[1]?.split('?')[0]
}
