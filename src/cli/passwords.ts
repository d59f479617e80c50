import { readFileSync } from 'node:fs'
import { PosternError, refusal } from '../lib/errors.ts'

/**
 * Passwords of encrypted archives: one a line in a file, and one in the environment (`POSTERN_PASSWORD`). Never on the
 * command line, where every program of the machine can read them; never written anywhere.
 */
export function readPasswords(file: string | undefined): readonly string[] {
  const found = new Set<string>()
  const { POSTERN_PASSWORD } = process.env
  if (POSTERN_PASSWORD) found.add(POSTERN_PASSWORD)
  if (file !== undefined) {
    for (const line of textOf(file).split(/\r?\n/)) if (line !== '') found.add(line)
    if (found.size === 0) throw new PosternError('usage', `${file}: no password. Write one password per line.`)
  }
  return [...found]
}

/** What the tags of secrets are made with: the content of a file of the case, never written anywhere. */
export function readCaseKey(file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  const key = textOf(file).trim()
  if (key.length < 16)
    throw new PosternError(
      'usage',
      `${file}: the key has fewer than 16 characters, so it can be guessed. Use a longer, random key.`,
    )
  return key
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new PosternError('no-such-path', `${file} cannot be read: ${refusal(code)}.`)
  }
}
