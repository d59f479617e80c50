/** What the output goes to. A thread cannot ask this for itself. */
export type OutputTerminal = {
  readonly out: boolean
  readonly err: boolean
  readonly columns: number
  /** Is the output to be in color? */
  readonly color: boolean
  /** The width of the line on stderr that shows how far the work is; null where there is to be none. */
  readonly live: number | null
  /** Ends the current line of progress. */
  readonly line: string
}

type Streams = {
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: { readonly isTTY?: boolean; readonly columns?: number }
  readonly env: Readonly<Record<string, string | undefined>>
}

export function terminalOf({ stdout, stderr, env }: Streams): OutputTerminal {
  const [out, err] = [stdout.isTTY === true, stderr.isTTY === true]
  const isLive = err && !isOn(env.CI) && env.TERM !== 'dumb'
  return {
    out,
    err,
    columns: stdout.columns || 80,
    color: isColored(out, env),
    live: isLive ? stderr.columns || 80 : null,
    line: isLive ? '\r\u001b[K' : '',
  }
}

/**
 * Color where it is wanted: NO_COLOR (https://no-color.org) forbids it, CLICOLOR_FORCE and FORCE_COLOR ask for it wherever
 * the output goes, CLICOLOR=0 and a dumb terminal have none (https://bixense.com/clicolors/).
 */
function isColored(isTerminal: boolean, env: Streams['env']): boolean {
  if (env.NO_COLOR) return false
  if (isOn(env.CLICOLOR_FORCE)) return true
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR === '' || isOn(env.FORCE_COLOR)
  return isTerminal && env.CLICOLOR !== '0' && env.TERM !== 'dumb'
}

const isOn = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== '0' && value !== 'false'
