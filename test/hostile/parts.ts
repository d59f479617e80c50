import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Made } from './case.ts'
import { Chunk, type EvtxRecord } from '../../tools/writers/evtx.ts'

// What hostile cases are made of: where files lie on a server, and whole files that a case then damages.

export const EVENT_LOGS = 'C/Windows/System32/winevt/Logs'
export const IIS_LOGS = 'C/inetpub/logs/LogFiles/W3SVC1'
export const WEB_ROOT = 'C/inetpub/wwwroot'
export const LOGON_PAGES = 'C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/owa/auth'
export const PROXY_LOGS = 'C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy'

const PIECE = 2 ** 30

/** Writes a file of the evidence, with the folders around it. */
export function put(evidence: string, path: string, content: string | Uint8Array): void {
  const file = join(evidence, path)
  mkdirSync(dirname(file), { recursive: true })
  // One call writes less than two gigabytes.
  writeFileSync(file, typeof content === 'string' ? content : content.subarray(0, PIECE))
  for (let at = PIECE; at < content.length && typeof content !== 'string'; at += PIECE)
    appendFileSync(file, content.subarray(at, at + PIECE))
}

/** A record of the Application log that no rule matches. */
export function plainRecord(recordId: number, data = 'The service started.'): EvtxRecord {
  return {
    channel: 'Application',
    provider: 'MSExchange Common',
    eventId: 106,
    computer: 'MAIL01.contoso.example',
    recordId,
    time: `2021-03-05T10:${String(Math.floor(recordId / 60) % 60).padStart(2, '0')}:${String(recordId % 60).padStart(2, '0')}Z`,
    data: [[null, data]],
  }
}

/** Chunks of an event log, each with such records; numbers of records go on from chunk to chunk. */
export function eventChunks(chunks: number, records: number): Buffer[] {
  return Array.from({ length: chunks }, (_, c) => {
    const chunk = new Chunk()
    for (let i = 1; i <= records; i++) chunk.add(plainRecord(c * records + i))
    return chunk.finish()
  })
}

/** Lines of an IIS log of one site and day, that no rule matches. */
export function iisLog(day: string, rows: number, change: (row: string, i: number) => string = (row) => row): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const time = new Date(i * 7_000).toISOString().slice(11, 19)
    return change(`${day} ${time} 10.0.0.20 GET /owa/ - 443 - 10.0.0.9 Mozilla/5.0 - 200 0 0 15`, i)
  })
  return `${IIS_HEADER.replace('DAY', day)}${lines.join('\r\n')}\r\n`
}

export const IIS_HEADER = [
  '#Software: Microsoft Internet Information Services 10.0',
  '#Version: 1.0',
  '#Date: DAY 00:00:00',
  `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status ${'sc-substatus sc-win32-status time-taken'}`,
  '',
].join('\r\n')

/** Requests of the intruder with these texts in the evidence, and the options by which every form of the answer is written. */
export function inEveryFormat(evidence: string, texts: readonly string[]): Made {
  put(evidence, `${IIS_LOGS}/u_ex210315.log`, hostileRequests(texts))
  return {
    options: ['--format', 'markdown,csv,stix,misp,timesketch-csv,ecs,sarif,iris,management,notices', '--name-victim'],
  }
}

/** An IIS log of requests to a page of the intruder, each with one of these texts as user agent, user name and query. */
function hostileRequests(texts: readonly string[]): string {
  const field = (text: string): string => text.replaceAll(' ', '+').replaceAll('\n', '')
  return iisLog('2021-03-15', texts.length * 3, (row, i) => {
    const text = field(texts[i % texts.length]!)
    return row
      .replace(
        'GET /owa/ - 443 - 10.0.0.9 Mozilla/5.0',
        'POST /aspnet_client/system_web/discover2.aspx - 443 - 203.0.113.177 Mozilla/5.0',
      )
      .replace(' - 443 - ', () => ` ${text} 443 ${text} `)
      .replace('Mozilla/5.0 -', () => `${text} -`)
  })
}
