import { WIDTH as OF_ACCOUNT } from '../activity/counted-accounts.ts'
import type { Member } from '../evidence/container.ts'
import type { Scan } from '../model/scan.ts'
import { ACT, CELL, ITEMS, RECORD } from '../parsers/microsoft-365/use.ts'
import { SIGN_IN } from '../model/sign-ins.ts'
import { TRAITS } from '../activity/requests.ts'

// The ledger is a file that anybody may have changed: what is taken from it has the form of a result, and every number that
// is a place in a list is one.

/** Numbers of a value by which requests are counted, of cells of mail that was read and sent, and of a row of a trail: see model/scan.ts. */
const [OF_VALUE, OF_MAIL, OF_SENT, OF_ROW] = [8, 6, 4, 8]
/** The days that a date can have. */
const DAYS = 100_000_000
const TIMES = DAYS * 86_400_000

/** Is this the result of that member? */
export function isScan(value: unknown, { path }: Member): value is Scan {
  if (!isRecord(value) || !isRecord(value.artifact) || value.artifact.path !== path) return false
  const { artifact, saidMore, trails, cloud, requests, sent, devices, logons, ...rest } = value
  const numbers = [artifact.size, artifact.parsed, artifact.events, saidMore]
  const lists = ['gaps', 'hits', 'more', 'facts', 'hours', 'hosts', 'recorded', 'said']
  return (
    typeof artifact.sha256 === 'string' &&
    Array.isArray(artifact.kinds) &&
    numbers.every((number) => Number.isSafeInteger(number)) &&
    lists.every((name) => Array.isArray(rest[name])) &&
    isRequests(requests) &&
    isMail(rest.mail) &&
    (sent === undefined || isSent(sent)) &&
    (devices === undefined || (isAccounts(devices, 3) && isTexts(devices.clients, devices.values.length))) &&
    (logons === undefined || isAccounts(logons, 4)) &&
    Array.isArray(trails) &&
    trails.every(isTrail) &&
    (cloud === undefined || isCloud(cloud)) &&
    isPlain(artifact, 0) &&
    isPlain(rest, 0)
  )
}

function isRequests(value: unknown): boolean {
  return (
    isRecord(value) &&
    TRAITS.every((trait) => {
      const tally = value[trait]
      return (
        isRecord(tally) &&
        isCount(tally.beyond) &&
        isTexts(tally.values) &&
        tally.counts instanceof Float64Array &&
        tally.counts.length === OF_VALUE * tally.values.length &&
        Array.isArray(tally.only) &&
        tally.only.length <= tally.values.length &&
        tally.only.every((client) => client === null || typeof client === 'string')
      )
    })
  )
}

function isMail(value: unknown): boolean {
  if (!isRecord(value) || !isCount(value.beyond) || !Array.isArray(value.together)) return false
  const { mailboxes, sources, cells } = value
  return (
    isTexts(mailboxes) &&
    isTexts(sources) &&
    value.together.every((names) => isTexts(names)) &&
    isNumbers(cells) &&
    areRows(cells, OF_MAIL, (at) => isCellOf(cells, at, mailboxes, sources))
  )
}

function isSent(value: unknown): boolean {
  if (!isRecord(value) || !isCount(value.beyond) || !isTexts(value.senders)) return false
  const { senders, cells } = value
  return (
    isNumbers(cells) &&
    areRows(
      cells,
      OF_SENT,
      (at) =>
        isPlaceIn(senders, cells[at]!) &&
        Math.abs(cells[at + 1]!) <= 24 * DAYS &&
        isCount(cells[at + 2]) &&
        isCount(cells[at + 3]),
    )
  )
}

function isAccounts(value: unknown, parts: number): value is Record<string, unknown> & { values: readonly string[] } {
  if (!isRecord(value) || !isCount(value.beyond)) return false
  const { values, counts } = value
  return (
    isTexts(values) &&
    values.every((name) => name.split('\0').length === parts) &&
    counts instanceof Float64Array &&
    counts.length === OF_ACCOUNT * values.length &&
    areRows(counts, OF_ACCOUNT, (at) => isTime(counts[at + 2]!) && isTime(counts[at + 3]!) && isCount(counts[at + 4]))
  )
}

function isTrail(value: unknown): boolean {
  if (!isRecord(value) || typeof value.rule !== 'string' || !isCount(value.untimed) || !isCount(value.beyond))
    return false
  const { rows, keys } = value
  return (
    Array.isArray(keys) &&
    isPlain(keys, 0) &&
    keys.every((key) => isRecord(key) && isRecord(key.values)) &&
    isNumbers(rows) &&
    areRows(rows, OF_ROW, (at) => isTime(rows[at]!) && isPlaceIn(keys, rows[at + 1]!))
  )
}

function isCloud(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.beyond)) return false
  const { mailboxes, sources, cells, users, acts, signIns, names, graphSince, records, beyond } = value
  return (
    [beyond.rows, beyond.acts, beyond.records].every(isCount) &&
    isTexts(mailboxes) &&
    isTexts(sources) &&
    isTexts(users) &&
    isTexts(names) &&
    (graphSince === null || (typeof graphSince === 'number' && isTime(graphSince))) &&
    [cells, acts, records].every((list) => list instanceof Float64Array) &&
    isNumbers(cells) &&
    areRows(
      cells,
      CELL,
      (at) => isCellOf(cells, at, mailboxes, sources) && [6, 7, 8].every((i) => isTime(cells[at + i]!)),
    ) &&
    isNumbers(acts, ACT * users.length) &&
    areSignIns(signIns) &&
    isNumbers(records) &&
    areRows(records, RECORD, (at) => {
      const of = records[at + 1]!
      return of === -1 || (isCount(of) && Math.floor(of / ITEMS) < cells.length / CELL)
    })
  )
}

function areSignIns(value: unknown): boolean {
  if (!isRecord(value) || !isCount(value.beyond) || !isTexts(value.parts)) return false
  const { parts, numbers } = value
  return (
    numbers instanceof Float64Array &&
    isNumbers(numbers, SIGN_IN * parts.length) &&
    areRows(numbers, SIGN_IN, (at) => isTime(numbers[at + 1]!) && isTime(numbers[at + 2]!))
  )
}

/** Mailbox, day and source of a cell. */
function isCellOf(cells: Numbers, at: number, mailboxes: readonly string[], sources: readonly string[]): boolean {
  const day = cells[at + 1]!
  return (
    isPlaceIn(mailboxes, cells[at]!) &&
    Number.isSafeInteger(day) &&
    Math.abs(day) <= DAYS &&
    isPlaceIn(sources, cells[at + 2]!)
  )
}

type Numbers = readonly number[] | Float64Array

function isNumbers(value: unknown, length?: number): value is Numbers {
  if (!Array.isArray(value) && !(value instanceof Float64Array)) return false
  if (length !== undefined && value.length !== length) return false
  return value instanceof Float64Array || value.every((each) => typeof each === 'number')
}

/** Does the list hold whole rows of so many numbers, and each of them, which begins at `at`, is as it should be? */
function areRows(list: Numbers, width: number, is: (at: number) => boolean): boolean {
  if (list.length % width !== 0) return false
  for (let at = 0; at < list.length; at += width) if (!is(at)) return false
  return true
}

function isTexts(value: unknown, length?: number): value is readonly string[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return false
  return value.every((each) => typeof each === 'string')
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isTime(value: number): boolean {
  return Math.abs(value) <= TIMES
}

function isPlaceIn(list: readonly unknown[], value: number): boolean {
  return isCount(value) && value < list.length
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Texts, numbers, lists and objects of these, and nothing else. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  if (depth > 32) return false
  if (Array.isArray(value)) return value.every((each) => isPlain(each, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  for (const key of Object.keys(value)) if (!isPlain((value as Record<string, unknown>)[key], depth + 1)) return false
  return true
}
