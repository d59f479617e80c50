import { canonicalJson } from '../lib/json.ts'
import type { Report } from './report.ts'

/** assessment.json: the whole answer, for programs. */
export const json: Report = {
  name: 'json',
  file: 'assessment.json',
  write: (assessment) => `${dataJson(assessment, 1)}\n`,
}

/**
 * Canonical JSON in which `<`, and a bracket that follows a letter, stand as `\u…`: the same data to every reader, but not
 * the bytes of the web shell that a row quotes, so that no virus scanner takes the report away. Neither ever stands
 * outside of a string.
 */
export function dataJson(value: unknown, indent = 0): string {
  return canonicalJson(value, indent).replace(/<|(?<=[A-Za-z])[([]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)
}
