/**
 * JSON with the keys of every object in code-unit order, so that the same content gives the same bytes
 * (RFC 8785 but for number formatting, which JavaScript's own already is). Lone surrogates are escaped.
 */
export function canonicalJson(value: unknown, indent = 0): string {
  return `${JSON.stringify(sorted(value), null, indent)}`.replace(
    /[\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16)}`,
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  // A null prototype: a key `__proto__` from evidence stays a key.
  const copy = Object.create(null) as Record<string, unknown>
  for (const [key, v] of entries) copy[key] = sorted(v)
  return copy
}
