import { type Event, fieldText } from '../model/event.ts'

/**
 * Application pools of Exchange by the first folder of a URL: at the front end, and at the back end where it is another one.
 * Exchange 2010 has no front end of its own: it uses the names of the back end.
 */
const poolsByFolder: Readonly<Record<string, readonly string[]>> = {
  autodiscover: ['MSExchangeAutodiscoverAppPool'],
  ecp: ['MSExchangeECPAppPool'],
  ews: ['MSExchangeServicesAppPool'],
  exchange: ['MSExchangeOWAAppPool'],
  mapi: ['MSExchangeMapiFrontEndAppPool', 'MSExchangeMapiMailboxAppPool', 'MSExchangeMapiAddressBookAppPool'],
  'microsoft-server-activesync': ['MSExchangeSyncAppPool'],
  oab: ['MSExchangeOABAppPool'],
  owa: ['MSExchangeOWAAppPool', 'MSExchangeOWACalendarAppPool'],
  powershell: ['MSExchangePowerShellFrontEndAppPool', 'MSExchangePowerShellAppPool'],
  pushnotifications: ['MSExchangePushNotificationsAppPool'],
  rest: ['MSExchangeRestFrontEndAppPool', 'MSExchangeRestAppPool'],
  rpc: ['MSExchangeRpcProxyFrontEndAppPool', 'MSExchangeRpcProxyAppPool'],
  rpcwithcert: ['MSExchangeRpcProxyFrontEndAppPool', 'MSExchangeRpcProxyAppPool'],
}

/** Sources of errors in the Application log that are one pool. */
const poolsByProvider: Readonly<Record<string, string>> = {
  'msexchange web services': 'MSExchangeServicesAppPool',
  'msexchange control panel': 'MSExchangeECPAppPool',
  'msexchange owa': 'MSExchangeOWAAppPool',
  'msexchange autodiscover': 'MSExchangeAutodiscoverAppPool',
  'msexchange activesync': 'MSExchangeSyncAppPool',
}

/** Pools in which a request runs, in lower case: that of its path and, of a forged one, that of its target. Null: not known. */
export function poolsOfRequest(event: Event): readonly string[] | null {
  const paths = ['cs-uri-stem', 'SsrfPath'].flatMap((name) => fieldText(event, name) ?? [])
  const pools = paths.map((path) => poolsByFolder[/^\/{0,9}([^/?#]{1,40})/.exec(path)?.[1]?.toLowerCase() ?? ''])
  if (pools.length === 0 || pools.includes(undefined)) return null
  return [...new Set(pools.flatMap((own) => own ?? []))].map((pool) => pool.toLowerCase())
}

/** The pool of a worker process that an event names as its parent or as what failed, in lower case; null where none is named. */
export function poolOfWorker(event: Event): string | null {
  const parent = /\s-ap\s{1,4}["']{0,2}([\w.-]{1,80})/i.exec(fieldText(event, 'ParentCommandLine') ?? '')?.[1]
  if (parent) return parent.toLowerCase()
  if (event.log !== 'windows-application') return null
  const named = /\bw3wp#([\w.-]{1,80})/i.exec(event.raw.slice(0, LONGEST))?.[1]
  if (named) return named.toLowerCase()
  const provider = fieldText(event, 'Provider_Name') ?? fieldText(event, 'Provider') ?? ''
  return poolsByProvider[provider.toLowerCase()]?.toLowerCase() ?? null
}

const exchangePools = new Set(Object.values(poolsByFolder).flatMap((pools) => pools.map((pool) => pool.toLowerCase())))

/** Is it an application pool of Exchange, in lower case? */
export function isExchangePool(pool: string): boolean {
  return exchangePools.has(pool)
}

/** The worker process that started another, by what an event names it with; null where it does not. */
export function workerOf(event: Event): string | null {
  const guid = fieldText(event, 'ParentProcessGuid')
  if (guid !== null && !/^\{?0{8}/.test(guid)) return guid.toLowerCase()
  // Security events name the process that starts another as theirs.
  const number = fieldText(event, event.log === 'windows-security' ? 'ProcessId' : 'ParentProcessId')
  return number === null ? null : `${event.host ?? ''} ${Number(number)}`.toLowerCase()
}

/** Of an event, as much as names its process. */
const LONGEST = 16_384

/** Can a worker of this pool have served a request that runs in these? Where either is not known, it can. */
export function isOfPool(pool: string | null, pools: readonly string[] | null): boolean {
  return pool === null || pools === null || pools.includes(pool)
}
