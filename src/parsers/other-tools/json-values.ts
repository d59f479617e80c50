// Members of JSON objects of the evidence: own members only, of the type that is wanted, else nothing.

type Json = Readonly<Record<string, unknown>>

export function has(o: Json, name: string): boolean {
  return Object.hasOwn(o, name)
}

export function valueIn(o: Json | null | undefined, name: string): unknown {
  return o && Object.hasOwn(o, name) ? o[name] : undefined
}

/** A text, or a number or boolean as text; null when it is empty or something else. */
export function textIn(o: Json | null | undefined, name: string): string | null {
  const value = valueIn(o, name)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

export function objectIn(o: Json | null | undefined, name: string): Json | null {
  return asObject(valueIn(o, name))
}

/** The objects of a list; what is no object is left out. */
export function listIn(o: Json | null | undefined, name: string): readonly Json[] {
  const value = valueIn(o, name)
  return Array.isArray(value) ? value.map(asObject).filter((item) => item !== null) : []
}

export function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}
