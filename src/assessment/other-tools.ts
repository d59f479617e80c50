import { counted } from '../lib/amounts.ts'
import { type FindingWithHits } from '../findings/findings.ts'
import { fieldText, type Event } from '../model/event.ts'
import { vantageOf } from '../model/log-kinds.ts'
import { addTo } from '../lib/collections.ts'
import { MINUTE, iso } from '../lib/time.ts'
import { type Scan } from '../model/scan.ts'
import { type Opinion } from '../model/other-tools.ts'
import { type CveExposure } from '../model/exposure.ts'
import { cveOfVendorName, type ExposureFacts } from '../knowledge/exposure-tables.ts'
import { levels } from '../model/stages.ts'

/** Maximum of results listed per tool; the last one counts the rest. */
const LISTED = 500

/**
 * What other tools said (Test-ProxyLogon, Safety Scanner, EOMT, HealthChecker, Hayabusa, Chainsaw, THOR …), held against
 * what was found here: what both say, what only they say and why that may be, and where they contradict each other.
 */
export function opinionsOf(
  scans: readonly Scan[],
  found: readonly FindingWithHits[],
  cves: readonly CveExposure[],
  { vendorNames }: Pick<ExposureFacts, 'vendorNames'>,
): Opinion[] {
  const ours = indexOf(found)
  const files = new Set(scans.map(({ artifact }) => nameOf(artifact.windowsPath ?? artifact.path)))
  const kinds = new Set(scans.flatMap((scan) => scan.hours.map(([kind]) => kind)))
  const thirdPartyResults: Opinion[] = []
  for (const scan of scans) {
    for (const event of scan.said.slice(0, LISTED))
      thirdPartyResults.push(opinionOf(event, { ours, files, kinds, cves, vendorNames }))
    const more = scan.said.length + scan.saidMore - Math.min(scan.said.length, LISTED)
    if (more > 0) thirdPartyResults.push(theRest(scan, more))
  }
  return thirdPartyResults.sort(order)
}

type Ours = {
  readonly byFile: ReadonlyMap<string, readonly string[]>
  readonly byRecord: ReadonlyMap<string, readonly string[]>
  readonly byCve: ReadonlyMap<string, readonly string[]>
  readonly byClient: ReadonlyMap<
    string,
    readonly { readonly id: string; readonly first: number; readonly last: number }[]
  >
}

type Known = {
  readonly ours: Ours
  readonly files: ReadonlySet<string>
  readonly kinds: ReadonlySet<string>
  readonly cves: readonly CveExposure[]
  readonly vendorNames: ExposureFacts['vendorNames']
}

function opinionOf(event: Event, known: Known): Opinion {
  const base = {
    tool: fieldText(event, 'Tool') ?? 'another tool',
    reported: fieldText(event, 'ToolRule') ?? fieldText(event, 'ToolVerdict') ?? event.raw.slice(0, 200),
    level: levels.find((level) => level === fieldText(event, 'ToolLevel')) ?? null,
    about: aboutOf(event, known),
    time: iso(event.time),
    path: event.at.path,
    line: event.at.line ?? null,
  }
  return {
    ...base,
    ...(onCve(event, known) ??
      onFile(event, known) ??
      onRecord(event, known) ??
      onClient(event, known) ??
      cannotCompare),
  }
}

/** How an opinion relates to ours. */
type Relation = Pick<Opinion, 'is' | 'why' | 'because'>

const cannotCompare: Relation = {
  is: 'not-compared',
  why: 'It names nothing that can be looked up here: no file, no record, no address, no vulnerability.',
  because: [],
}

/** A tool's result on a vulnerability: the server is vulnerable, or it was exploited. */
function onCve(event: Event, known: Known): Relation | null {
  const cve = cveOf(event, known)
  if (cve === null) return null
  const action = fieldText(event, 'Action') ?? 'vulnerable'
  return /vulnerable|mitigat/.test(action) ? onDoor(cve, action, known.cves) : onUse(cve, action, known.ours)
}

/** The vulnerability that it is about: by its id, or by its vendor's name for it. */
function cveOf(event: Event, { vendorNames }: Pick<Known, 'vendorNames'>): string | null {
  const name = fieldText(event, 'VendorName')
  return fieldText(event, 'Cve')?.toUpperCase() ?? (name === null ? null : cveOfVendorName(name, vendorNames))
}

/** Was the server vulnerable? Compared with the builds that were seen. */
function onDoor(cve: string, action: string, cves: readonly CveExposure[]): Relation {
  const ours = cves.find((one) => one.cve === cve)
  if (!ours)
    return { is: 'only-theirs', why: `${cve} is not among the vulnerabilities that Postern knows.`, because: [] }
  if (ours.state === 'unknown')
    return { is: 'only-theirs', why: 'No build in this evidence says whether it was open here.', because: [] }
  const because = [`exposure: ${cve}`]
  const open = ours.state === 'open' || ours.intervals.some((interval) => interval.state === 'open')
  if (/mitigat/.test(action))
    return {
      is: 'agrees',
      why: open
        ? 'A mitigation shows that the server was vulnerable, as its builds do. It is no fix.'
        : `The builds of this server say ${ours.state}; a mitigation does no harm there.`,
      because,
    }
  if (open === (action === 'vulnerable'))
    return { is: 'agrees', why: `The builds of this server say the same: ${ours.state}.`, because }
  return {
    is: 'differs',
    why: `The builds of this server say ${ours.state}${ours.fixedBy ? ` (fixed by ${ours.fixedBy})` : ''}. A tool that asks for the cumulative update only, or that ran at another time, says otherwise.`,
    because,
  }
}

/** Was it exploited? Compared with the findings for the same vulnerability. */
function onUse(cve: string, action: string, ours: Ours): Relation {
  const same = ours.byCve.get(cve) ?? []
  if (/nothing-found|passed/.test(action)) {
    return same.length === 0
      ? { is: 'agrees', why: `Postern has no finding of ${cve} either.`, because: [] }
      : {
          is: 'differs',
          why: 'Postern has findings of it. The tool looks at fewer logs, or ran before.',
          because: same,
        }
  }
  return same.length > 0
    ? { is: 'agrees', why: 'Postern has findings of the same vulnerability.', because: same }
    : {
        is: 'only-theirs',
        why: 'Postern has no finding of it: the rows that the tool read are not in the evidence, or they show less than the tool reports.',
        because: [],
      }
}

function onFile(event: Event, { ours, files }: Known): Relation | null {
  const path = fieldText(event, 'TargetFilename')
  if (path === null) return null
  const same = ours.byFile.get(nameOf(path))
  if (same) return { is: 'agrees', why: 'Postern has a finding about the same file.', because: same }
  return files.has(nameOf(path))
    ? {
        is: 'only-theirs',
        why: 'The file is in the evidence, and no rule of Postern says anything about it.',
        because: [],
      }
    : { is: 'only-theirs', why: 'The file is not in the evidence, and no other trace of it was found.', because: [] }
}

function onRecord(event: Event, { ours, kinds }: Known): Relation | null {
  const [record, channel] = [fieldText(event, 'RecordId'), fieldText(event, 'Channel')]
  if (record === null) return null
  const same = ours.byRecord.get(record)
  if (same) return { is: 'agrees', why: 'Postern has a finding about the same record.', because: same }
  const there = [...kinds].some((kind) => vantageOf(kind) === 'windows-events' || kind === 'msexchange-management')
  return {
    is: 'only-theirs',
    why: there
      ? `The event logs were read${channel ? ` (${channel})` : ''}, and no rule of Postern fires on this record. Rules of that tool ask for more than attacks on mail servers.`
      : 'The event log that it read is not in this evidence.',
    because: [],
  }
}

function onClient(event: Event, { ours }: Known): Relation | null {
  if (event.client === null) return null
  const all = ours.byClient.get(event.client)
  if (!all) return { is: 'only-theirs', why: `No finding of Postern names ${event.client}.`, because: [] }
  const time = event.time
  const near = time === null ? all : all.filter(({ first, last }) => time >= first - MINUTE && time <= last + MINUTE)
  return near.length > 0
    ? {
        is: 'agrees',
        why: 'Postern has findings about the same address at that time.',
        because: near.map(({ id }) => id),
      }
    : {
        is: 'agrees',
        why: 'Postern has findings about the same address at other times.',
        because: all.map(({ id }) => id),
      }
}

function theRest(scan: Scan, more: number): Opinion {
  const tool = scan.said[0] ? (fieldText(scan.said[0], 'Tool') ?? 'another tool') : 'another tool'
  return {
    tool,
    reported: counted(more, 'more result'),
    level: null,
    about: null,
    time: null,
    path: scan.artifact.path,
    line: null,
    ...cannotCompare,
    why: 'Only the first are compared with the findings.',
  }
}

/** The subject of a result, for people. */
function aboutOf(event: Event, known: Known): string | null {
  const record = fieldText(event, 'RecordId')
  return (
    cveOf(event, known) ??
    fieldText(event, 'TargetFilename') ??
    (record === null
      ? null
      : `record ${record}${fieldText(event, 'Channel') ? ` of ${fieldText(event, 'Channel')}` : ''}`) ??
    event.client
  )
}

function indexOf(found: readonly FindingWithHits[]): Ours {
  const byFile = new Map<string, string[]>()
  const byRecord = new Map<string, string[]>()
  const byCve = new Map<string, string[]>()
  const byClient = new Map<string, { id: string; first: number; last: number }[]>()
  for (const { finding, hits, counts } of found) {
    if (!counts || finding.stage === 'context') continue
    if (finding.level !== 'informational') for (const cve of finding.cves) add(byCve, cve, finding.id)
    for (const { event } of hits.slice(0, 200)) {
      for (const path of [
        fieldText(event, 'TargetFilename'),
        fieldText(event, 'cs-uri-stem'),
        fieldText(event, 'Path'),
      ])
        if (path) add(byFile, nameOf(path), finding.id)
      const record = fieldText(event, 'EventRecordID')
      if (record) add(byRecord, record, finding.id)
    }
    if (finding.client !== null && finding.first !== null)
      addTo(byClient, finding.client, {
        id: finding.id,
        first: Date.parse(finding.first),
        last: Date.parse(finding.last ?? finding.first),
      })
  }
  return { byFile, byRecord, byCve, byClient }
}

function add(map: Map<string, string[]>, key: string, id: string): void {
  const list = map.get(key)
  if (!list) map.set(key, [id])
  else if (!list.includes(id) && list.length < 20) list.push(id)
}

/** `folder/name.aspx`, by which paths of two tools are the same file. */
function nameOf(path: string): string {
  return path.toLowerCase().replaceAll('\\', '/').split('/').filter(Boolean).slice(-2).join('/')
}

function order(a: Opinion, b: Opinion): number {
  for (const key of ['tool', 'path'] as const) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1
  return (a.line ?? 0) - (b.line ?? 0) || (a.reported < b.reported ? -1 : a.reported > b.reported ? 1 : 0)
}
