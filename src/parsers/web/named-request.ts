import { canonicalIp } from '../../lib/ip.ts'

// Requests whose values have names beside them: rows that a log platform exported, `cs_uri_stem=/x cs_method=POST`, and objects of the
// Elastic Common Schema, https://www.elastic.co/docs/reference/ecs/ecs-field-reference.

/** The values of a request; null where a row does not say. */
export type RequestValues = {
  readonly method: string | null
  readonly stem: string
  readonly query: string | null
  readonly status: number | null
  readonly port: number | null
  readonly client: string | null
  readonly user: string | null
  readonly agent: string | null
}

/** Paths that a server of mail has. */
export const PATH_OF_EXCHANGE =
  /^\/(?:owa|ecp|ews|oab|mapi|rpc|autodiscover|microsoft-server-activesync|powershell|aspnet_client)(?:[/?]|$)/i

type Name = keyof RequestValues | 'time' | 'date'

/** What values are called, without case, hyphens, underscores and brackets; the first that is there counts. */
const NAMES: Readonly<Record<Name, readonly string[]>> = {
  time: ['@timestamp', 'time', 'timegenerated', 'timestamp', 'datetime'],
  date: ['date'],
  method: ['csmethod', 'http.request.method', 'httpmethod', 'method', 'requestmethod', 'verb'],
  stem: [
    'csuristem',
    'url.path',
    'uripath',
    'uristem',
    'url.original',
    'uri',
    'requesturi',
    'requesturl',
    'requestpath',
    'url',
    'path',
  ],
  query: ['csuriquery', 'url.query', 'uriquery'],
  status: ['scstatus', 'http.response.statuscode', 'status', 'statuscode', 'responsecode', 'httpstatus'],
  port: ['sport', 'destination.port', 'destport'],
  client: [
    'cip',
    'source.ip',
    'source.address',
    'clientip',
    'srcip',
    'src',
    'sourceip',
    'clientaddress',
    'clientipaddress',
    'remoteaddr',
    'remoteip',
    'ip',
  ],
  user: ['csusername', 'user.name', 'username', 'user'],
  agent: ['csuseragent', 'useragent.original', 'httpuseragent', 'useragent'],
}
/** Names that only requests have, and others beside the path of a page that a server of mail has. */
const MARK =
  /["\s,{;](?:cs[-_]?uri[-_]?stem|url\.path|uri_path)"?\s?[=:]|"url"\s?:\s?\{|"(?:request[-_]?)?(?:ur[il]|path)"\s?:\s?"(?:https?:\/\/[^/"]{1,255})?\/(?:owa|ecp|ews|oab|mapi|rpc|autodiscover|microsoft-server-activesync|powershell|aspnet_client)[/?"]/i
const PAIR = /(?:^|[\s,;])([A-Za-z_@][\w.@()-]{0,60})=(?:"((?:[^"\\]|\\.){0,8192})"|(\S{0,8192}?))(?=[\s,;]|$)/g
/** An export wraps each record. */
const WRAPPED = /^(?:_source|result|fields)\./

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_()]/g, '')
}

/** The request that a line names the values of, and the time that it states. */
export function requestByNames(row: string): { readonly found: RequestValues; readonly stamp: string | null } | null {
  if (!MARK.test(` ${row.slice(0, 8_192)}`)) return null
  return requestOf(row.startsWith('{') ? ofText(row) : ofPairs(row))
}

/** The request that an object of JSON has the values of, as a log has them: with its time, its client and what was answered. */
export function requestOfObject(value: unknown): ReturnType<typeof requestByNames> {
  const request = requestOf(ofObject(value))
  if (request === null || request.stamp === null) return null
  const { client, status, method } = request.found
  return client === null || status === null || method === null ? null : request
}

function requestOf(values: ReadonlyMap<string, string>): ReturnType<typeof requestByNames> {
  const of = (name: Name): string | null => {
    for (const one of NAMES[name]) {
      const value = values.get(one)
      if (value !== undefined && value !== '' && value !== '-') return value
    }
    return null
  }
  const [url, status, time] = [of('stem'), of('status'), of('time')]
  const path = url === null ? null : url.replace(/^https?:\/\/[^/?]{1,255}/i, '')
  const method = of('method')
  if (path === null || !path.startsWith('/') || (method === null && status === null)) return null
  const mark = path.indexOf('?')
  const client = of('client')
  const date = time !== null && /^\d\d:/.test(time) ? `${of('date') ?? ''} ${time}` : time
  return {
    stamp: date,
    found: {
      method: method?.toUpperCase() ?? null,
      stem: mark < 0 ? path : path.slice(0, mark),
      query: of('query') ?? (mark < 0 ? null : path.slice(mark + 1)),
      status: status !== null && /^[1-5]\d\d$/.test(status) ? Number(status) : null,
      port: /^\d{1,5}$/.test(of('port') ?? '') ? Number(of('port')) : null,
      client: client === null ? null : canonicalIp(client),
      user: of('user'),
      agent: of('agent'),
    },
  }
}

function ofPairs(row: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const [, name, quoted, bare = ''] of row.matchAll(PAIR)) {
    const key = plain(name!)
    if (!values.has(key)) values.set(key, quoted ?? bare)
  }
  return values
}

/** Objects in one another, and the most values of one that are looked at. */
const [DEPTH, VALUES] = [5, 300]

function ofText(row: string): Map<string, string> {
  try {
    return ofObject(JSON.parse(row))
  } catch {
    return new Map()
  }
}

function ofObject(object: unknown): Map<string, string> {
  const values = new Map<string, string>()
  const add = (value: unknown, name: string, depth: number): void => {
    if (values.size >= VALUES) return
    if (typeof value === 'string' || typeof value === 'number')
      values.set(plain(name.replace(WRAPPED, '')), String(value))
    else if (value !== null && typeof value === 'object' && !Array.isArray(value) && depth < DEPTH)
      for (const [key, inner] of Object.entries(value)) add(inner, name === '' ? key : `${name}.${key}`, depth + 1)
  }
  add(object, '', 0)
  return values
}
