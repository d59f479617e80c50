import { existsSync, readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'
import type { Known } from '../detection.ts'
import { PosternError } from '../errors.ts'
import { canonicalIp } from '../lib/ip.ts'
import { isoTime } from '../lib/time.ts'

/**
 * Reads what the operator says about the house (YAML): `scanners: [{address, from, to, name}]` and
 * `accepted: [{id, reason, by, date}]`. Every entry must say who and why: it is shown in the report.
 */
export function readKnown(file: string): Known {
  if (!existsSync(file)) throw new PosternError('no-such-path', `There is nothing at ${file}.`)
  let doc: unknown
  try {
    doc = parse(readFileSync(file, 'utf8'), { maxAliasCount: 10 })
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    const place = error.linePos?.[0]
    throw new PosternError('usage', `Not valid YAML: ${error.message.split('\n')[0]}`, {
      file,
      ...(place ? { line: place.line, column: place.col } : {}),
    })
  }
  const top = (doc ?? {}) as Record<string, unknown>
  return {
    scanners: entries(top.scanners, file).map((entry) => {
      const address = plain(entry.address)
      if (!canonicalIp(address.split('/')[0]!))
        throw new PosternError('usage', `A scanner needs an address, and has ${address || 'none'}.`, { file })
      return {
        address,
        from: moment(entry.from, false, file),
        to: moment(entry.to, true, file),
        name: plain(entry.name) || address,
      }
    }),
    accepted: entries(top.accepted, file).map((entry) => {
      for (const key of ['id', 'reason', 'by', 'date']) {
        if (entry[key] === undefined)
          throw new PosternError('usage', `An accepted finding needs id, reason, by and date; ${key} is missing.`, {
            file,
          })
      }
      return {
        id: String(entry.id as string),
        reason: String(entry.reason as string),
        by: String(entry.by as string),
        date: dayText(entry.date),
      }
    }),
  }
}

function entries(value: unknown, file: string): Record<string, unknown>[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new PosternError('usage', 'scanners and accepted must be lists.', { file })
  return value as Record<string, unknown>[]
}

/** A value of YAML as text; lists and maps are none. */
function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function moment(value: unknown, end: boolean, file: string): number | null {
  if (value === undefined || value === null) return null
  const text = dayText(value)
  const time = isoTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (time === null) throw new PosternError('usage', `${text} is not a date like 2021-03-01.`, { file })
  return end && text.length === 10 ? time + 86_400_000 - 1 : time
}

function dayText(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value as string)
}
