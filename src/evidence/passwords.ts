import type { Limits } from './container.ts'

/** Why an encrypted member stays closed. Says how many passwords were tried, never which. */
export function noPassword({ passwords: { length } }: Limits): string {
  if (length === 0) return 'encrypted in the archive; --password-file would give its password'
  return `encrypted in the archive: ${length === 1 ? 'the password given does not open it' : `none of the ${length} passwords given opens it`}`
}
