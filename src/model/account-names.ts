/** An account without its domain, in lower case: `CONTOSO\\ann` and `ann@contoso.example` are `ann`. */
export function withoutDomain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^[^\\]*\\/, '')
    .replace(/@.*$/s, '')
}
