import { fileNameOf } from './file-name.ts'
import { type LogKind, parsersOfKind, proxyProtocols, statesDefinedBy } from './log-kinds.ts'

/** So much of a path, from its end, says where a log is. */
const LONGEST = 2_048

/**
 * Which log a file is by its place and name, for files whose content says nothing: they were not read, or hold nothing of a
 * log. `httpproxy-*` where the protocol is not told. Empty for a file that no log has the name of.
 */
export function logKindsAt(path: string): readonly LogKind[] {
  const slashed = path.replaceAll('\\', '/').toLowerCase().slice(-LONGEST)
  if (/\.(?:dll|exe|config|xml|etl|aspx?|ashx|asmx|ascx|js|htm|html)$/.test(slashed)) return []
  // What Exchange serves lies in a folder that is called like that of these logs.
  if (slashed.includes('/frontend/httpproxy/')) return []
  for (const [place, kinds] of places) {
    const found = place.exec(slashed)
    if (found) return typeof kinds === 'function' ? kinds(found) : kinds
  }
  return []
}

/** `…/name`, `…/name/x`, `name_x` of a copy whose folders became its name. */
const inFolder = (name: string): RegExp => new RegExp(String.raw`(?:^|[/_])${name}(?:[/_]|$)`)

const eventLogs: readonly (readonly [RegExp, LogKind])[] = [
  [/msexchange management/, 'msexchange-management'],
  [/sysmon/, 'windows-sysmon'],
  [/powershell/, 'windows-powershell'],
  [/defender/, 'windows-defender'],
  [/taskscheduler/, 'windows-taskscheduler'],
  [/(?:^|[/_-])security(?:[-_.]|$)/, 'windows-security'],
  [/(?:^|[/_-])system(?:[-_.]|$)/, 'windows-system'],
  [/(?:^|[/_-])application(?:[-_.]|$)/, 'windows-application'],
]

function eventLogNamed(name: string): LogKind | undefined {
  return eventLogs.find(([pattern]) => pattern.test(name))?.[1]
}

/**
 * Which log an export of entries is of, by its name and that of its folder, wherever it lies: for one of which
 * nothing of a log was read. Empty for any other file, and for what programs and users keep.
 */
export function exportedKindsAt(path: string): readonly LogKind[] {
  const slashed = path.replaceAll('\\', '/').toLowerCase().slice(-LONGEST)
  if (!/\.(?:jsonl?|ndjson|csv|tsv)(?:\.(?:gz|zst))?$/.test(slashed) || ofPrograms.test(slashed)) return []
  const names = slashed.split('/').slice(-2).join('/')
  const tenant = ofTenant.find(([pattern]) => pattern.test(names))?.[1]
  const name = fileNameOf(slashed)
  const ofEvents = /sysmon|microsoft-windows-/.test(names) || ofChannels.test(name) ? eventLogNamed(name) : undefined
  const kind = tenant ?? ofEvents ?? (byEventTools.test(names) ? 'windows-security' : undefined)
  return kind === undefined ? [] : [kind]
}

/** A table, or a list of lines, that is called like one of the three logs that every Windows has, and nothing else. */
const ofChannels =
  /^(?:\d{6,14}[-_])?(?:security|system|application)(?:[-_. ](?:logs?|events?|export(?:ed)?|output|\d{1,14}))*\.(?:csv|tsv|jsonl|ndjson)(?:\.(?:gz|zst))?$/

/** Programs that export events of Windows, and what their files are called; which log it was of, nothing says. */
const byEventTools =
  /hayabusa|chainsaw|nxlog|winlogbeat|evtx|event[_ -]?logs?(?![a-z])|windows[_ -]?events?(?![a-z])|winevent/

/** Is it named like keys of the registry that were exported, where no program keeps such a file? */
export function isExportedKeyAt(path: string): boolean {
  const slashed = path.replaceAll('\\', '/').toLowerCase().slice(-LONGEST)
  return slashed.endsWith('.reg') && !ofPrograms.test(slashed)
}

const ofPrograms = /(?:^|\/)(?:program files(?: \(x86\))?|programdata|users)\/|(?:^|\/)windows\/(?!system32\/winevt\/)/

const ofTenant: readonly (readonly [RegExp, LogKind])[] = [
  [/microsoft[_-]?graph[_-]?activity|graph[_-]?api[_-]?audit/, 'm365-graph'],
  [/(?<![a-z])sign[_-]?ins?(?![a-z])/, 'entra-signin'],
  [/(?<![a-z])(?:m365|o365|office[_ -]?365|microsoft[_ -]?365|unified[_ -]?audit)/, 'm365-exchange'],
]

const places: readonly (readonly [RegExp, readonly LogKind[] | ((found: RegExpExecArray) => readonly LogKind[])])[] = [
  // Its folders are called W3SVC1 and W3SVC2, too.
  [/(?:^|\/)logging\/rpchttp(?:\/|$)/, ['rpchttp']],
  [inFolder('w3svc2'), ['iis-backend']],
  [inFolder(String.raw`w3svc\d{1,12}`), ['iis-frontend']],
  [/(?:^|[/_])(?:u_ex|u_in|u_nc|ex)\d{6}(?:\d\d)?(?:_x)?\.log/, ['iis-frontend', 'iis-backend']],
  [/(?:^|\/)httperr(?:\/|\d*\.log|$)/, ['httperr']],
  [/(?:^|\/)httpproxy[/_-]([a-z]{3,20})(?:[/_-]|$)/, ([, name]) => [proxyProtocols.get(name!) ?? 'httpproxy-*']],
  [/(?:^|[/_])httpproxy[/_]\d{8}|(?:^|\/)logging\/httpproxy$/, ['httpproxy-*']],
  [/(?:^|\/)logging\/(?:cmdletinfra\/.*cmdlet)(?:\/|$)/, ['cmdletinfra-cmdlet']],
  [/(?:^|\/)logging\/(?:cmdletinfra\/.*http)(?:\/|$)/, ['cmdletinfra-http']],
  [/(?:^|\/)logging\/httprequestfiltering(?:\/|$)/, ['http-request-filtering']],
  [/(?:^|\/)(?:logging\/)?ecp\/?server(?:\/|\d{8}|$)/, ['ecp-server']],
  [/(?:^|\/)(?:logging\/)?ecp\/?activity(?:\/|_?\d{8}|$)/, ['ecp-activity']],
  [/(?:^|\/)logging\/ews(?:\/|$)|(?:^|\/)ews_\d{8}/, ['ews']],
  [/(?:^|\/)logging\/autodiscover(?:\/|$)|(?:^|\/)autodiscover\d{8}/, ['autodiscover']],
  [/(?:^|\/)logging\/oabgenerator/, ['oabgenerator']],
  [/(?:^|\/)logging\/mapi (?:client access|http)|(?:^|\/)logging\/mapihttp/, ['mapihttp']],
  [/(?:^|\/)logging\/owa(?:\/|$)/, ['owa']],
  [/(?:^|[/_])msgtrk[a-z]{0,4}\d{8}|\/messagetracking(?:\/|$)/, ['message-tracking']],
  [/\/(?:smtpreceive)(?:\/|$)/, ['smtp-receive']],
  [/\/(?:smtpsend)(?:\/|$)/, ['smtp-send']],
  [/(?:^|\/)logging\/(?:imap4|pop3)(?:\/|$)/, ['imap-pop']],
  // Exported events are kept beside the logs, too.
  [
    /\.evtx?(?:\.|$)|\/winevt\/logs\/[^/]{1,255}\.(?:jsonl?|ndjson|csv|tsv)(?:\.|$)/,
    ({ input }) => [eventLogNamed(fileNameOf(input)) ?? 'windows-other'],
  ],
  [/\/winevt\/logs$/, ['windows-*', 'msexchange-management']],
]

/** Kinds of state that a file is a definition of, by its path (with `/`). */
export function stateKindsAt(slashed: string): readonly LogKind[] {
  const path = slashed.toLowerCase().slice(-LONGEST)
  // An earlier state is not the one at the end of the evidence.
  return /\/(?:inetpub\/history|regback|windows\.old)\//.test(path) ? [] : statesDefinedBy(path)
}

/** Names of the parsers that read the log or the state that a file is by its place and name; empty where these say nothing. */
export function parsersAt(path: string): ReadonlySet<string> {
  const kinds = [...logKindsAt(path), ...stateKindsAt(path.replaceAll('\\', '/'))]
  return new Set(kinds.flatMap(parsersOfKind))
}
