/** What the output goes to. A thread cannot ask this for itself. */
export type Terminal = {
  readonly out: boolean
  readonly err: boolean
  readonly columns: number
  /** Ends a line of progress that stands there. */
  readonly line: string
}

export function terminalOf({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  const err = stderr.isTTY === true
  return { out: stdout.isTTY === true, err, columns: stdout.columns || 80, line: err ? '\r\u001b[K' : '' }
}
