/** A host without its domain, as logs write it in several ways. */
export function shortHost(host: string): string {
  return host.toUpperCase().split('.')[0]!
}

/** Does a row of `host` speak of this server? Rows without a host do. */
export function sameHost(host: string | null, { name, names }: { name: string; names?: ReadonlySet<string> }): boolean {
  if (host === null) return true
  const short = shortHost(host)
  return short === name || names?.has(short) === true
}
