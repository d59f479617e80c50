/** A host without its domain, as logs write it in several ways. */
export function shortHost(host: string): string {
  return host.toUpperCase().split('.')[0]!
}

/** Is a row with `host` about this server? Rows without a host are. */
export function sameHost(host: string | null, { name, names }: { name: string; names?: ReadonlySet<string> }): boolean {
  if (host === null) return true
  const short = shortHost(host)
  return short === name || names?.has(short) === true
}
