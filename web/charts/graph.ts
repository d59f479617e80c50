import { type Assessment } from '../../src/model/assessment.ts'
import { type Question, stageQuestion } from '../../src/model/answer.ts'
import { type Intrusion, type Finding } from '../../src/model/finding.ts'
import { type Stage } from '../../src/model/stages.ts'
import { type FieldValue } from '../../src/model/event.ts'
import { timeOf } from './scale.ts'

/** What attackers pass through, in the order of the columns. */
export const nodeKinds = ['client', 'endpoint', 'shell', 'process', 'account', 'mailbox'] as const
export type NodeKind = (typeof nodeKinds)[number]

export type GraphNode = {
  readonly id: string
  readonly kind: NodeKind
  /** As the evidence has it; empty of a node that stands for others. */
  readonly name: string
  /** How many others it stands for; 0 of an ordinary one. */
  readonly others: number
  readonly findings: readonly Finding[]
  readonly weight: number
}

export type GraphEdge = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly findings: readonly Finding[]
  /** No row says it: both ends belong to one intrusion, and nothing else leads there. */
  readonly joined: boolean
  readonly stage: Stage
  readonly first: number | null
  readonly last: number | null
}

export type Graph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }

/**
 * Who reached what by which way: a finding tells of up to six things, and those next to each other in the order of the
 * columns are joined. What an intrusion holds together, and no row does, is joined by the intrusion. Of each column the `most`
 * that weigh most stand by themselves, and one node stands for all others.
 */
export function graphOf(report: Assessment, intrusions: readonly Intrusion[] | null, most = 8): Graph {
  const told = tellers(report)
  const ids = intrusions === null ? null : new Set(intrusions.map((c) => c.id))
  const raw = new RawGraph()
  const byIntrusion = new Map<string, Told[]>()
  for (const finding of report.findings) {
    if (ids ? !ids.has(finding.intrusion ?? '') : finding.stage === 'context') continue
    const nodes = raw.add(finding, stepsOf(finding, told))
    if (finding.intrusion === null) continue
    const list = byIntrusion.get(finding.intrusion)
    if (list) list.push({ finding, nodes })
    else byIntrusion.set(finding.intrusion, [{ finding, nodes }])
  }
  for (const list of byIntrusion.values()) joinIntrusion(raw, list)
  return aggregated(raw, most)
}

type Step = { readonly kind: NodeKind; readonly name: string }

/** A finding and the nodes that it tells of, in the order of the columns. */
type Told = { readonly finding: Finding; readonly nodes: readonly RawNode[] }

/** What the report knows besides the finding itself: pages that are shells, and whose mail a finding tells of. */
type Tellers = {
  readonly shells: ReadonlyMap<string, string>
  readonly mailboxes: ReadonlyMap<string, readonly string[]>
}

function tellers(report: Assessment): Tellers {
  const shells = new Map<string, string>()
  const paths = report.findings.flatMap((f) => (isShell(f) && f.target !== null ? [f.target] : []))
  for (const path of paths) {
    const page = webPath(path)
    if (page !== null) shells.set(page.toLowerCase(), page)
  }
  // A compiled page tells the name of its source and not where that lies.
  const byName = new Map([...shells].map(([key, page]) => [baseOf(key), page] as const))
  for (const path of paths) {
    const name = compiledOf(path)
    if (name !== null && !byName.has(name.toLowerCase())) shells.set(name.toLowerCase(), name)
  }
  for (const [name, page] of byName) if (!shells.has(name)) shells.set(name, page)
  const mailboxes = new Map<string, string[]>()
  for (const { mailbox, scope, because } of report.mailboxes) {
    if (scope !== 'mailbox') continue
    for (const id of because) {
      const list = mailboxes.get(id)
      if (list) list.push(mailbox)
      else mailboxes.set(id, [mailbox])
    }
  }
  return { shells, mailboxes }
}

/** What a virtual directory was made to write is a shell; the request that made it is none. */
const isShell = ({ stage, sign, persistence }: Finding): boolean =>
  (stage === 'shell' && sign.subject !== 'virtual-directory') || persistence === 'web-shell'

/** What one finding tells of, in the order of the columns. */
function stepsOf(f: Finding, { shells, mailboxes }: Tellers): readonly Step[] {
  const steps: Step[] = []
  const add = (kind: NodeKind, name: string): void => {
    steps.push({ kind, name })
  }
  if (f.client) add('client', f.client)
  const page = pageOf(f, shells)
  const process = processOf(f)
  if (page?.is === 'shell') add('shell', page.name)
  else if (page && process === null) add('endpoint', page.name)
  if (process !== null) add('process', process)
  const owners = mailboxesOf(f, mailboxes)
  const [owner] = owners
  if (f.user && !owners.some((m) => m.toLowerCase() === f.user!.toLowerCase())) add('account', f.user)
  if (owner !== undefined) add('mailbox', owner)
  return steps
}

function pageOf(f: Finding, shells: ReadonlyMap<string, string>): { is: 'shell' | 'endpoint'; name: string } | null {
  // The log of EWS does not write the page: there is only one.
  if (f.log === 'ews' && (f.target === null || webPath(f.target) === null))
    return { is: 'endpoint', name: '/EWS/Exchange.asmx' }
  if (f.target === null) return null
  const page = webPath(f.target)
  const compiled = compiledOf(f.target)
  const shell =
    page === null
      ? compiled === null
        ? undefined
        : shells.get(compiled.toLowerCase())
      : shells.get(page.toLowerCase())
  if (shell !== undefined) return { is: 'shell', name: shell }
  const asked = f.client !== null || /^(?:iis|httpproxy)-/.test(f.log)
  return page === null || isFilePath(f.target) || !asked ? null : { is: 'endpoint', name: page }
}

const isFilePath = (text: string): boolean => /^[a-z]:\\/i.test(text)

/** The path of a page as the web server serves it: of a URL, of `host:port/path`, of a file in a known web root. */
export function webPath(target: string): string | null {
  const file = /^[a-z]:\\/i.test(target)
  if (file) {
    const root = /\\(?:inetpub\\wwwroot|FrontEnd\\HttpProxy|ClientAccess)\\(.+)/is.exec(target.slice(0, 2000))
    return root ? `/${root[1]!.replaceAll('\\', '/')}` : null
  }
  const path = /^(?:https?:\/\/)?[\w.[\]:~*-]*(\/[^?#\s]*)/i.exec(target.slice(0, 2000))?.[1]
  return path === undefined ? null : path
}

/** `page.aspx` of `…\page.aspx.cdcab7d2.compiled`. */
function compiledOf(path: string): string | null {
  return /([^\\/]+\.as[a-z]+)\.[0-9a-f]{1,16}\.compiled$/i.exec(path.slice(-400))?.[1] ?? null
}

function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

const isCmdlet = (name: string): boolean => /^[a-z]+-[a-z]\w+$/i.test(name)

const runs: ReadonlySet<Stage> = new Set(['execution', 'credentials', 'persistence', 'cleanup'])

/** The program that ran, or the cmdlet. */
function processOf(f: Finding): string | null {
  const image = textOf(f.facts['Image']) ?? textOf(f.facts['NewProcessName'])
  if (image !== null) return baseOf(image)
  const target = f.target ?? ''
  if (isCmdlet(target) && f.log === 'msexchange-management') return target
  if (!runs.has(f.stage) || f.client !== null) return null
  const program = /^"?([^"]*?\.(?:exe|com|bat|cmd|ps1|vbs|dll))\b/i.exec(target.slice(0, 500))?.[1]
  return program === undefined ? null : baseOf(program)
}

const takesMail: ReadonlySet<Stage> = new Set(['collection', 'exfiltration'])

function mailboxesOf(f: Finding, known: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const told = known.get(f.id)
  if (told) return told
  if (!takesMail.has(f.stage)) return []
  const named = textOf(f.facts['ActAsUser']) ?? (isAddress(f.target) ? f.target : isAddress(f.user) ? f.user : null)
  return named === null ? [] : [named]
}

const isAddress = (text: string | null): text is string =>
  text !== null && /^[^\s@/\\]{1,128}@[^\s@/\\]{1,255}$/.test(text)

function textOf(value: FieldValue | undefined): string | null {
  const one = Array.isArray(value) ? (value as readonly (string | number)[])[0] : value
  return typeof one === 'string' && one !== '' ? one : null
}

// ---------------------------------------------------------------- collecting

type RawNode = {
  readonly number: number
  readonly kind: NodeKind
  readonly name: string
  /** The name without regard to case, by which it is known. */
  readonly key: string
  readonly findings: Finding[]
  weight: number
}
type RawEdge = { readonly from: RawNode; readonly to: RawNode; readonly findings: Finding[]; readonly joined: boolean }

/** More nodes than findings could ever tell of. */
const MOST_NODES = 2 ** 26

class RawGraph {
  readonly nodes = new Map<NodeKind, Map<string, RawNode>>(nodeKinds.map((kind) => [kind, new Map()]))
  readonly edges = new Map<number, RawEdge>()
  private count = 0

  /** The nodes of the steps of a finding, those next to each other joined. */
  add(finding: Finding, steps: readonly Step[]): readonly RawNode[] {
    // A lone client without anything that it reached would only be a dot.
    if (steps.length === 0 || (steps.length === 1 && finding.intrusion === null)) return []
    const weight = weightOf(finding)
    const nodes = steps.map(({ kind, name }) => {
      const node = this.node(kind, name)
      node.findings.push(finding)
      node.weight = Math.max(node.weight, weight)
      return node
    })
    for (let i = 1; i < nodes.length; i++) this.edge(nodes[i - 1]!, nodes[i]!, finding, false)
    return nodes
  }

  node(kind: NodeKind, name: string): RawNode {
    const own = this.nodes.get(kind)!
    const key = name.toLowerCase()
    let node = own.get(key)
    if (node === undefined) {
      node = { number: this.count++, kind, name, key, findings: [], weight: 0 }
      own.set(key, node)
    }
    return node
  }

  edge(from: RawNode, to: RawNode, finding: Finding, joined: boolean): void {
    const key = from.number * MOST_NODES + to.number
    const edge = this.edges.get(key)
    if (!edge) this.edges.set(key, { from, to, findings: [finding], joined })
    else if (edge.findings.at(-1) !== finding) edge.findings.push(finding)
  }
}

const levelWeights = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 } as const

/** A finding of a story before one of none, then by level; what is certain before what is not. */
function weightOf(f: Finding): number {
  return (
    (f.intrusion === null ? 0 : 100) +
    (stageQuestion[f.stage] === 'targeted' ? 0 : 20) +
    levelWeights[f.level] * 2 +
    (f.is === 'yes' ? 1 : 0)
  )
}

const leadsTo: Readonly<Record<Exclude<NodeKind, 'client'>, readonly NodeKind[]>> = {
  endpoint: ['client'],
  shell: ['endpoint', 'client'],
  process: ['shell', 'endpoint', 'client'],
  account: ['process', 'shell', 'endpoint', 'client'],
  mailbox: ['account', 'process', 'endpoint', 'client'],
}

type Met = {
  readonly node: RawNode
  readonly finding: Finding
  time: number
  reached: boolean
  wrote: boolean
  /** From when on it leads somewhere; Infinity when it does not. */
  way: number
}

/** What nothing of its intrusion leads to is joined to what the intrusion holds a step before it, the last one before its time. */
function joinIntrusion(raw: RawGraph, list: readonly Told[]): void {
  const met = metIn(list)
  const ways = new Map(
    nodeKinds.map((kind) => [
      kind,
      met
        .filter((m) => m.node.kind === kind && m.way < Infinity)
        .sort((a, b) => a.way - b.way || (a.node.key < b.node.key ? -1 : 1)),
    ]),
  )
  const writers = ways.get('endpoint')!.filter(({ wrote }) => wrote)
  for (const { node, finding, time, reached } of met) {
    const { kind } = node
    if (kind === 'client' || (reached && kind !== 'shell')) continue
    for (const before of waysTo(node, reached)) {
      const candidates = kind === 'shell' && before === 'endpoint' && writers.length > 0 ? writers : ways.get(before)!
      const last = lastUpTo(candidates, time)
      if (!last) continue
      raw.edge(last.node, node, finding, true)
      break
    }
  }
}

function waysTo({ kind, name }: RawNode, reached: boolean): readonly NodeKind[] {
  // Who asked for a shell did not yet put it there.
  if (kind === 'shell' && reached) return ['endpoint']
  if (kind === 'process' && isCmdlet(name)) return ['endpoint', 'client']
  return kind === 'client' ? [] : leadsTo[kind]
}

function metIn(list: readonly Told[]): readonly Met[] {
  const met = new Map<RawNode, Met>()
  for (const { finding, nodes } of list) {
    const time = timeOf(finding.first ?? finding.time) ?? Infinity
    nodes.forEach((node, i) => {
      const m = met.get(node) ?? { node, finding, time: Infinity, reached: false, wrote: false, way: Infinity }
      m.time = Math.min(m.time, time)
      m.reached ||= i > 0
      m.wrote ||= finding.stage === 'write'
      // A page that was only looked at or tried leads nowhere.
      if (node.kind === 'client' || stageQuestion[finding.stage] !== 'targeted') m.way = Math.min(m.way, time)
      met.set(node, m)
    })
  }
  return [...met.values()]
}

function lastUpTo(sorted: readonly Met[], time: number): Met | undefined {
  let [a, b] = [0, sorted.length]
  while (a < b) {
    const middle = (a + b) >>> 1
    if (sorted[middle]!.way <= time) a = middle + 1
    else b = middle
  }
  return sorted[a - 1]
}

// ---------------------------------------------------------------- aggregation

function aggregated(raw: RawGraph, most: number): Graph {
  const place = new Map<RawNode, string>()
  const nodes: GraphNode[] = []
  for (const kind of nodeKinds) {
    const all = [...raw.nodes.get(kind)!.values()].sort(byWeight)
    // One that would stand for one other takes no less room than that one.
    const shown = all.length <= most + 1 ? all : all.slice(0, most)
    for (const node of shown) {
      const id = `${kind} ${node.key}`
      place.set(node, id)
      nodes.push({ id, kind, name: node.name, others: 0, findings: node.findings, weight: node.weight })
    }
    const rest = all.slice(shown.length)
    if (rest.length === 0) continue
    const id = `${kind}\nrest`
    for (const node of rest) place.set(node, id)
    const findings = distinct(rest.flatMap((node) => node.findings))
    nodes.push({ id, kind, name: '', others: rest.length, findings, weight: -1 })
  }
  const merged = new Map<string, MergedEdge>()
  for (const { from: a, to: b, findings, joined } of raw.edges.values()) {
    const [from, to] = [place.get(a)!, place.get(b)!]
    const key = `${from}\n\n${to}`
    const known = merged.get(key)
    if (!known) merged.set(key, { from, to, findings: [...findings], joined })
    else {
      for (const finding of findings) known.findings.push(finding)
      known.joined &&= joined
    }
  }
  const edges = [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return { nodes, edges: edges.map(([id, edge]) => edgeOf(id, edge)) }
}

type MergedEdge = { from: string; to: string; findings: Finding[]; joined: boolean }

function byWeight(a: RawNode, b: RawNode): number {
  return b.weight - a.weight || b.findings.length - a.findings.length || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

function edgeOf(id: string, { from, to, findings, joined }: MergedEdge): GraphEdge {
  const own = distinct(findings)
  let [first, last] = [Infinity, -Infinity]
  let heaviest = own[0]!
  for (const f of own) {
    first = Math.min(first, timeOf(f.first ?? f.time) ?? Infinity)
    last = Math.max(last, timeOf(f.last ?? f.first ?? f.time) ?? -Infinity)
    if (weightOf(f) > weightOf(heaviest)) heaviest = f
  }
  return {
    id,
    from,
    to,
    findings: own,
    joined,
    stage: heaviest.stage,
    first: Number.isFinite(first) ? first : null,
    last: Number.isFinite(last) ? last : null,
  }
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Set(findings)]
}

/** How far findings go: the furthest question that a stage of theirs answers. */
export function furthest(findings: readonly Finding[]): Question | 'none' {
  const met = new Set(findings.map(({ stage }) => stageQuestion[stage]))
  return (
    (['mail-taken', 'compromised', 'exploited', 'targeted'] as const).find((question) => met.has(question)) ?? 'none'
  )
}

// ---------------------------------------------------------------- paths

/**
 * Edges one behind the other, so that each edge stands in at least one path: the graph as it can be read out. One edge
 * goes on in another only where a finding tells of both, or where the intrusion of both joins them: that two went through the
 * same account does not mean that one did what the other did.
 */
export function pathsOf({ nodes, edges }: Graph): readonly (readonly GraphEdge[])[] {
  const order = new Map(nodes.map((node, i) => [node.id, i]))
  const rank = (a: GraphEdge, b: GraphEdge): number =>
    order.get(a.from)! - order.get(b.from)! || order.get(a.to)! - order.get(b.to)!
  const sorted = [...edges].sort(rank)
  const out = Map.groupBy(sorted, (e) => e.from)
  const into = Map.groupBy(sorted, (e) => e.to)
  const goesOn = continuation()
  const told = new Set<GraphEdge>()
  const paths: GraphEdge[][] = []
  for (const edge of sorted) {
    if (told.has(edge)) continue
    const path = [edge]
    // Columns only ever go forward, so that neither walk can go in a circle.
    for (let next = after(edge); next; next = after(next)) path.push(next)
    for (let back = before(edge); back; back = before(back)) path.unshift(back)
    for (const step of path) told.add(step)
    paths.push(path)
  }
  return paths

  function after(edge: GraphEdge): GraphEdge | undefined {
    const list = (out.get(edge.to) ?? []).filter((next) => goesOn(edge, next))
    return list.find((e) => !told.has(e)) ?? list[0]
  }

  function before(edge: GraphEdge): GraphEdge | undefined {
    return into.get(edge.from)?.find((back) => goesOn(back, edge))
  }
}

function continuation(): (a: GraphEdge, b: GraphEdge) => boolean {
  const sets = new Map<GraphEdge, { findings: ReadonlySet<Finding>; intrusions: ReadonlySet<string> }>()
  const setsOf = (edge: GraphEdge) => {
    const known = sets.get(edge)
    if (known) return known
    const made = {
      findings: new Set(edge.findings),
      intrusions: new Set(edge.findings.flatMap(({ intrusion }) => (intrusion === null ? [] : [intrusion]))),
    }
    sets.set(edge, made)
    return made
  }
  return (a, b) => {
    const [x, y] = [setsOf(a), setsOf(b)]
    return a.joined || b.joined ? meet(x.intrusions, y.intrusions) : meet(x.findings, y.findings)
  }
}

function meet<Value>(a: ReadonlySet<Value>, b: ReadonlySet<Value>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  for (const value of few) if (many.has(value)) return true
  return false
}
