import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Event, Fields } from '../../src/model/event.ts'
import { askAll } from '../../src/rules/match.ts'
import type { EventRule } from '../../src/rules/rule.ts'
import { bothWays, scansOf } from './both-ways.ts'
import { Chance, exchangeKinds, exchangeValue, httperrLog, iisLog } from './logs.ts'
import { casesOf } from '../tenth.ts'

// A rule that asks for one field, alone: where many rules are asked together, each column is looked at for some other one,
// and what is missed of a field that no column holds as it stands does not show.

const folder = mkdtempSync(join(tmpdir(), 'postern-field-'))
after(() => rmSync(folder, { recursive: true }))

const proxy = exchangeKinds.httpproxy[1]
const http =
  'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,UrlHost,UrlStem,AuthenticatedUser,ClientIpAddress,ServerHostName,HttpStatus,SessionId,ShellId,ClientInfo,UrlQuery'

/** Logs of every layout, each of one header. */
const logs: Readonly<Record<string, readonly [path: string, log: Buffer]>> = {
  ...Object.fromEntries(
    Object.entries({ ...exchangeKinds, http: ['Rps Http Logs', http] as const }).map(([kind, [type, fields]]) => [
      kind,
      [`V15/Logging/${kind}/a.LOG`, exchangeRows(type, fields)] as const,
    ]),
  ),
  iis: ['C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', firstHeaderOf(iisLog(new Chance(5), 400))],
  httperr: ['C/Windows/System32/LogFiles/HTTPERR/httperr1.log', firstHeaderOf(httperrLog(new Chance(5), 400))],
  // Columns that have the name of what is made of another one.
  'httpproxy with odd columns': [
    'V15/Logging/HttpProxy/Ews/b.LOG',
    exchangeRows('HttpProxy Logs', `${proxy},Succeeded,cs-username,deviceid,cs-uri,Authenticated`),
  ],
  'owa with odd columns': [
    'V15/Logging/OWA/b.LOG',
    exchangeRows('OWA Server Log', `${exchangeKinds.owa[1]},ActAsUser,errorcode`),
  ],
}

function exchangeRows(type: string, fields: string): Buffer {
  const chance = new Chance(11)
  const header = `#Software: Microsoft Exchange Server\r\n#Log-type: ${type}\r\n#Fields: ${fields}\r\n`
  const rows = Array.from({ length: 60 }, (_, i) => {
    const at = new Date(Date.UTC(2021, 2, 3) + i * 60_000).toISOString()
    return fields
      .split(',')
      .map((name) => exchangeValue(name, at, chance))
      .map((value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
      .join(',')
  })
  return Buffer.from(`${header}${rows.join('\r\n')}\r\n`)
}

/** The first header of a log, and the rows up to the next that are regular. */
function firstHeaderOf(log: Buffer): Buffer {
  const lines = log.toString('latin1').split(/\r?\n/)
  const first = lines.findIndex((line) => line.startsWith('#Fields:'))
  const next = lines.findIndex((line, i) => i > first && line.startsWith('#Fields:'))
  const width = lines[first]!.split(' ').length - 1
  const rows = lines.slice(first + 1, next < 0 ? undefined : next).filter((line) => line.split(' ').length === width)
  return Buffer.from(`${[lines[first], ...rows].join('\r\n')}\r\n`, 'latin1')
}

/** What the header names; all of it in the logs of which columns take the names of others. */
function columnsOf(log: Buffer): string[] {
  const [, list = ''] = /^#Fields: (.*?)\r?$/m.exec(log.toString('latin1')) ?? []
  const names = list.split(/[, ]/)
  return names.some((name) => /^(?:succeeded|actasuser)$/i.test(name)) ? [] : names
}

async function eventsOf(path: string, log: Buffer): Promise<Event[]> {
  const events: Event[] = []
  const all = { sources: [{}], match: (event: Event) => (events.push(event), null) } as unknown as EventRule
  const [whole] = await bothWays(null)
  await scansOf(folder, path, log, [{ ...whole, ask: askAll([all]) }])
  return events.filter(({ log: of }) => of !== 'files')
}

/** Some values of each field, of every kind: texts, numbers, truth, and none. */
function valuesOf(events: readonly Event[]): Map<string, Fields[string][]> {
  const values = new Map<string, Fields[string][]>()
  for (const { fields } of events)
    for (const [name, value] of Object.entries(fields)) {
      const known = values.get(name) ?? []
      if (!known.includes(value) && known.length < (typeof value === 'boolean' || value === null ? 4 : 2))
        values.set(name, [...known, value])
    }
  return values
}

/** Questions that a value answers with yes. */
function questionsOf(name: string, value: Fields[string]): string[] {
  const text = (of: unknown): string => JSON.stringify(String(of)).replaceAll('*', '\\\\*').replaceAll('?', '\\\\?')
  const key = (modifier: string): string => JSON.stringify(`${name}${modifier}`)
  if (value === null) return [`${key('')}: null`]
  if (typeof value === 'boolean') return [`${key('')}: ${value}`, `${key('')}: '${value}'`]
  if (typeof value === 'object') return []
  const whole = String(value)
  if (whole.includes('\\')) return []
  const asked = [`${key('')}: ${text(whole)}`, `${key('|endswith')}: ${text(whole.slice(-1))}`]
  if (whole.length > 3)
    asked.push(`${key('|contains')}: ${text(whole.slice(1, -1))}`, `${key('|endswith')}: ${text(whole.slice(-4))}`)
  return typeof value === 'number' ? [...asked, `${key('')}: ${value}`, `${key('|gte')}: ${value}`] : asked
}

void describe('a rule that asks for one field alone says the same however rows are read', () => {
  for (const [kind, [path, log]] of Object.entries(logs))
    void it(kind, async () => {
      const events = await eventsOf(path, log)
      assert.ok(events.length > 20, `${events.length}`)
      const columns = new Set(columnsOf(log))
      const questions = [...valuesOf(events)]
        // What stands in a column of its own is asked for now and then.
        .filter(([name], i) => !columns.has(name) || i % 6 === 0)
        .flatMap(([name, values]) => [...new Set(values.flatMap((value) => questionsOf(name, value)))])
      assert.ok(questions.length >= 10, `${questions.length}`)
      for (const question of casesOf(questions)) {
        const rule = `title: One\nid: one\nlogsource: { ${sourceOf(events[0]!)} }\ndetection:\n    a: { ${question} }\n    condition: a\n`
        const [whole, plain, fast] = await scansOf(folder, path, log, await bothWays(null, [rule]))
        assert.deepEqual(plain, whole, question)
        assert.deepEqual(fast, whole, question)
        // Fields whose names differ by case are one: it has the value of the other.
        if (!question.endsWith('null')) assert.ok(whole!.hits.length > 0, question)
      }
    })
})

function sourceOf({ sources }: Event): string {
  return Object.entries(sources[0]!)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')
}
