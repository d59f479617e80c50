import { readFileSync } from 'node:fs'
import type { KnownActivity } from '../findings/findings.ts'
import { PosternError, refusal } from '../lib/errors.ts'
import { canonicalIp, inCidr } from '../lib/ip.ts'
import { isoTime } from '../lib/time.ts'
import { type Stage, stages } from '../model/stages.ts'
import { yamlPackage } from '../lib/yaml.ts'

/**
 * Reads the file of known activity of the organization (YAML): `scanners: [{address, from, to, name}]` and
 * `accepted: [{id, reason, by, date}]`, and `announced: [{subject, act, from, to, reason, by}]` for tests and work that were
 * announced. Every entry must name a person and a reason: it is shown in the report. A key that is not
 * known is an error: what is mistyped would otherwise count for nothing, in silence.
 */
export function readKnown(file: string): KnownActivity {
  const doc = yamlOf(file)
  const top = map(doc ?? {}, 'The file', ['scanners', 'accepted', 'announced'], file)
  return {
    scanners: entries(top, 'scanners', ['address', 'from', 'to', 'name'], file).map((entry) => scanner(entry, file)),
    accepted: entries(top, 'accepted', ['id', 'reason', 'by', 'date'], file).map((entry) => accepted(entry, file)),
    announced: entries(top, 'announced', announcedKeys, file).map((entry) => announced(entry, file)),
  }
}

function yamlOf(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? new PosternError('no-such-path', `${file}: no such file or directory.`)
      : new PosternError('usage', `--known cannot be read: ${refusal(code)}.`, { file })
  }
  const { parse, YAMLParseError } = yamlPackage()
  try {
    // Every scalar as text: an id such as 012345678901 or 1234567e8901 is no number.
    return parse(text, { maxAliasCount: 10, schema: 'failsafe' })
  } catch (error) {
    // Too many aliases are a ReferenceError.
    if (error instanceof ReferenceError) throw new PosternError('usage', `Not usable YAML: ${error.message}.`, { file })
    if (!(error instanceof YAMLParseError)) throw error
    const place = error.linePos?.[0]
    throw new PosternError('usage', `Not valid YAML: ${withoutPlace(error.message.split('\n')[0]!)}`, {
      file,
      ...(place ? { line: place.line, column: place.col } : {}),
    })
  }
}

function scanner(entry: Record<string, unknown>, file: string): KnownActivity['scanners'][number] {
  const address = plain(entry.address)
  const base = canonicalIp(address.split('/')[0]!)
  if (base === null || !inCidr(base, address))
    throw new PosternError(
      'usage',
      `Invalid address '${address}' of a scanner. Expected an IP address or a block such as 192.0.2.0/24.`,
      {
        file,
      },
    )
  const [from, to] = [moment(entry.from, false, file), moment(entry.to, true, file)]
  if (from !== null && to !== null && from > to)
    throw new PosternError('usage', `The period of scanner ${address} ends before it begins.`, { file })
  return { address, from, to, name: plain(entry.name) || address }
}

function accepted(entry: Record<string, unknown>, file: string): KnownActivity['accepted'][number] {
  for (const key of ['id', 'reason', 'by', 'date']) {
    if (plain(entry[key]) !== '') continue
    throw new PosternError('usage', `An accepted finding has no ${key}. It needs id, reason, by and date.`, { file })
  }
  moment(entry.date, false, file)
  return { id: plain(entry.id), reason: plain(entry.reason), by: plain(entry.by), date: plain(entry.date) }
}

const announcedKeys = ['subject', 'act', 'from', 'to', 'reason', 'by']

function announced(entry: Record<string, unknown>, file: string): NonNullable<KnownActivity['announced']>[number] {
  for (const key of announcedKeys) {
    if (plain(entry[key]) !== '') continue
    const needs = `announced work needs ${announcedKeys.join(', ')}; ${key} is missing`
    throw new PosternError('usage', `An entry about ${needs}.`, { file })
  }
  const act = plain(entry.act)
  if (act !== 'any' && !stages.some((stage) => stage === act))
    throw new PosternError('usage', `The act of announced work must be "any" or one of ${stages.join(', ')}.`, { file })
  const [from, to] = [moment(entry.from, false, file)!, moment(entry.to, true, file)!]
  if (from > to) throw new PosternError('usage', 'The period of announced work ends before it begins.', { file })
  return {
    subject: plain(entry.subject),
    act: act === 'any' ? null : (act as Stage),
    from,
    to,
    reason: plain(entry.reason),
    by: plain(entry.by),
  }
}

function entries(
  top: Record<string, unknown>,
  name: string,
  keys: readonly string[],
  file: string,
): Record<string, unknown>[] {
  const value = top[name]
  if (value === undefined || value === null || value === '') return []
  if (!Array.isArray(value)) throw new PosternError('usage', `${name} must be a list.`, { file })
  return value.map((entry, i) => map(entry, `Entry ${i + 1} of ${name}`, keys, file))
}

function map(value: unknown, what: string, keys: readonly string[], file: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new PosternError('usage', `${what} must be a map with ${keys.join(', ')}.`, { file })
  const other = Object.keys(value).find((key) => !keys.includes(key))
  if (other !== undefined)
    throw new PosternError('usage', `${what} has an unknown key ${other}. Keys: ${keys.join(', ')}.`, { file })
  return value as Record<string, unknown>
}

/** A value of YAML as text; lists and maps are none. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function moment(value: unknown, end: boolean, file: string): number | null {
  if (value === undefined || value === null || value === '') return null
  const text = plain(value)
  const time = isoTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (time === null)
    throw new PosternError('usage', `Invalid date '${text}'. Expected a date such as 2021-03-01.`, { file })
  return end && text.length === 10 ? time + 86_400_000 - 1 : time
}

/** `… at line 3, column 4:` without its end. */
function withoutPlace(message: string): string {
  if (!message.endsWith(':')) return message
  const place = message.indexOf(' at line')
  return message.slice(0, place < 0 ? -1 : place)
}
