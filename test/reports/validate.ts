import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTuples: false,
  allErrors: true,
  allowUnionTypes: true,
})

/** A published schema of docs/schemas, as programs that read our files have it. */
export function published(name: 'assessment' | 'finding' | 'summary' | 'case'): Record<string, unknown> {
  const file = new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
}

const compiled = new Map<AnySchema, ValidateFunction>()

/** What is wrong with a value, a line each; empty where it is valid. */
export function wrongs(schema: AnySchema, value: unknown): readonly string[] {
  let validate = compiled.get(schema)
  if (!validate) compiled.set(schema, (validate = ajv.compile(schema)))
  if (validate(value)) return []
  return validate.errors!.map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`)
}

export function assertValid(schema: AnySchema, value: unknown, what: string): void {
  assert.deepEqual(wrongs(schema, value).slice(0, 5), [], what)
}
