import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { type Assessment } from '../../src/model/assessment.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import { usePrinting } from '../parts/print.tsx'
import { useTexts } from '../texts.tsx'
import './charts.css'
import type { Format } from './format.ts'
import { furthest, type Graph, type GraphEdge, graphOf, type GraphNode, pathsOf } from './graph.ts'
import { type ChartLayout, layoutOf, lineOf } from './layout.ts'
import { FindingList, PAPER, Panel, shortLabel, shown, useFormat, useWidth } from './parts.tsx'

type Props = {
  readonly report: Assessment
  /** A finding was chosen, by its id. */
  readonly onPick?: (id: string) => void
}

type Texts = ReturnType<typeof useTexts>['charts']
type Chosen = { readonly title: string; readonly findings: readonly Finding[] }

const NODE = { width: 132, height: 40 }
const GAP = 12
const TOP = 26
/** Where columns stand closer than this the drawing scrolls. */
const STEP = 162

/** From which address by which page to which shell, program, account and mailbox. */
export function AttackPath({ report, onPick }: Props) {
  const t = useTexts().charts
  const f = useFormat()
  const [which, setWhich] = useState(() => (report.intrusions.length > 0 ? 'stories' : 'all'))
  const graph = useMemo(() => graphOf(report, intrusionsOf(report, which)), [report, which])
  const [chosen, setChosen] = useState<Chosen | null>(null)
  return (
    <div className="chart-box">
      {report.intrusions.length > 0 ? (
        <div className="chart-tools">
          <label>
            {t.path.show}{' '}
            <select
              value={which}
              onChange={(event) => {
                setWhich(event.target.value)
                setChosen(null)
              }}
            >
              <option value="stories">{t.path.allStories}</option>
              {report.intrusions.map((c, i) => (
                <option key={c.id} value={`story ${i}`}>
                  {t.timeline.story(
                    f.number(i + 1),
                    c.clients
                      .slice(0, 2)
                      .map((client) => shown(client, 40))
                      .join(', '),
                  )}
                </option>
              ))}
              <option value="all">{t.path.all}</option>
            </select>
          </label>
        </div>
      ) : null}
      {graph.edges.length === 0 ? (
        <p>{t.path.none}</p>
      ) : (
        <>
          <Drawing key={which} graph={graph} onChoose={setChosen} />
          {chosen ? (
            <Panel title={chosen.title} onClose={() => setChosen(null)}>
              <FindingList findings={chosen.findings} onPick={onPick} />
            </Panel>
          ) : null}
          <Sentences graph={graph} onChoose={setChosen} />
        </>
      )}
    </div>
  )
}

function intrusionsOf({ intrusions }: Assessment, which: string) {
  if (which === 'all') return null
  return which === 'stories' ? intrusions : intrusions.filter((_, i) => which === `story ${i}`)
}

function nameOf(t: Texts, f: Format, node: GraphNode, most = 120): string {
  return node.others > 0 ? t.path.others[node.kind](f.number(node.others)) : shown(node.name, most)
}

/** The same as a part of a sentence. */
function namedOf(t: Texts, f: Format, node: GraphNode): string {
  const name = nameOf(t, f, node)
  const { kind, others } = node
  return others === 0 && (kind === 'shell' || kind === 'mailbox') ? t.path.named[kind](name) : name
}

function verbOf(t: Texts, graph: Graph, edge: GraphEdge): string {
  const [from, to] = [nodeOf(graph, edge.from), nodeOf(graph, edge.to)]
  const { verbs } = t.path
  switch (to.kind) {
    case 'shell':
      return from.kind === 'client' ? verbs.shell.client : verbs.shell.other
    case 'process':
      return from.kind === 'shell' ? verbs.process.shell : verbs.process.other
    case 'account':
      if (edge.joined) return verbs.account.joined
      return from.kind === 'process' ? verbs.account.process : verbs.account.other
    case 'mailbox':
      return verbs.mailbox
    default:
      return verbs.endpoint
  }
}

const nodeOf = ({ nodes }: Graph, id: string): GraphNode => nodes.find((node) => node.id === id)!

function edgeWords(t: Texts, f: Format, graph: Graph, edge: GraphEdge): string {
  const [from, to] = [nodeOf(graph, edge.from), nodeOf(graph, edge.to)]
  const step = t.path.step(namedOf(t, f, from), verbOf(t, graph, edge), namedOf(t, f, to))
  return [
    step,
    t.findings(edge.findings.length, f.number(edge.findings.length)),
    edge.first === null ? t.unknownTime : `${f.span({ from: edge.first, to: edge.last ?? edge.first })} ${t.utc}`,
    ...(edge.joined ? [t.path.joined] : []),
  ].join(' · ')
}

function nodeWords(t: Texts, f: Format, node: GraphNode): string {
  return t.path.node(
    t.path.kinds[node.kind],
    nameOf(t, f, node),
    t.findings(node.findings.length, f.number(node.findings.length)),
  )
}

function Drawing({ graph, onChoose }: { graph: Graph; onChoose: (chosen: Chosen) => void }) {
  const t = useTexts().charts
  const f = useFormat()
  const id = useId()
  const printing = usePrinting()
  const [ref, width] = useWidth(1000)
  const kinds = new Set(graph.nodes.map(({ kind }) => kind)).size
  const layout = useMemo(
    () =>
      layoutOf(graph, { width: Math.max(width - 2, NODE.width + (kinds - 1) * STEP), node: NODE, gap: GAP, top: TOP }),
    [graph, width, kinds],
  )
  const [at, setAt] = useState<string | null>(null)
  const [edge, setEdge] = useState<GraphEdge | null>(null)
  const [focused, setFocused] = useState(false)
  const node = at === null ? null : nodeOf(graph, at)
  const near = new Set(at === null ? [] : graph.edges.filter((e) => e.from === at || e.to === at).map((e) => e.id))
  const says = edge ? edgeWords(t, f, graph, edge) : node ? nodeWords(t, f, node) : t.path.hint
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key.startsWith('Arrow')) setAt(at === null ? graph.nodes[0]!.id : next(graph, layout, at, event.key))
    else if ((event.key === 'Enter' || event.key === ' ') && node)
      onChoose({ title: nodeWords(t, f, node), findings: node.findings })
    else return
    setEdge(null)
    event.preventDefault()
  }
  return (
    <>
      <div ref={ref} className="scroll">
        <div
          className="chart-graph"
          style={{
            width: layout.width + 2,
            height: layout.height + 2,
            zoom: printing ? Math.min(1, PAPER / (layout.width + 2)) : 1,
          }}
          role="application"
          tabIndex={0}
          aria-label={t.path.label(f.number(graph.nodes.length), f.number(graph.edges.length))}
          aria-describedby={`${id}-hint`}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          <svg width={layout.width + 2} height={layout.height + 2} className="drawn" aria-hidden="true">
            {layout.columns.map(({ kind, x }) => (
              <text key={kind} className="chart-column" x={x + 2} y={14}>
                {t.path.kinds[kind]}
              </text>
            ))}
            {graph.edges.map((e) => (
              <Edge
                key={e.id}
                edge={e}
                d={lineOf(layout.ways.get(e.id)!)}
                state={edge === e || near.has(e.id) ? 'near' : at !== null || edge ? 'far' : ''}
                onHover={(over) => {
                  setEdge(over ? e : null)
                  if (over) setAt(null)
                }}
                onPick={() => onChoose({ title: edgeWords(t, f, graph, e), findings: e.findings })}
              />
            ))}
            {layout.nodes.map(({ node: n, x, y }) => (
              <g
                key={n.id}
                className={`chart-node chart-q-${furthest(n.findings)}${n.id === at && focused ? ' at' : ''}`}
                onMouseEnter={() => {
                  setAt(n.id)
                  setEdge(null)
                }}
                onMouseLeave={() => setAt(null)}
                onClick={() => {
                  setAt(n.id)
                  onChoose({ title: nodeWords(t, f, n), findings: n.findings })
                }}
              >
                <rect
                  className={n.others > 0 ? 'rest' : undefined}
                  x={x + 1}
                  y={y + 1}
                  width={NODE.width - 2}
                  height={NODE.height - 2}
                  rx="5"
                />
                <rect className="bar" x={x + 1} y={y + 1} width="4" height={NODE.height - 2} rx="2" />
                <text x={x + 11} y={y + 17} className="name">
                  {n.others > 0 ? t.path.rest(f.number(n.others)) : shortLabel(n.name, 15)}
                </text>
                <text x={x + 11} y={y + 32} className="count">
                  {t.findings(n.findings.length, f.number(n.findings.length))}
                </text>
              </g>
            ))}
          </svg>
        </div>
      </div>
      <p className="chart-says" aria-live="polite">
        {says}
      </p>
      <p id={`${id}-hint`} hidden>
        {t.path.hint}
      </p>
      <ul className="chart-legend">
        <li>
          <svg width="26" height="10" aria-hidden="true">
            <path className="chart-edge" d="M0,5H26" />
          </svg>{' '}
          {t.path.legend.seen}, {t.path.legend.width}
        </li>
        <li>
          <svg width="26" height="10" aria-hidden="true">
            <path className="chart-edge joined" d="M0,5H26" />
          </svg>{' '}
          {t.path.legend.joined}
        </li>
      </ul>
    </>
  )
}

function Edge({
  edge,
  d,
  state,
  onHover,
  onPick,
}: {
  edge: GraphEdge
  d: string
  state: string
  onHover: (over: boolean) => void
  onPick: () => void
}) {
  const width = Math.min(7, 1.4 + Math.log2(edge.findings.length))
  return (
    <g
      className={`chart-q-${stageQuestion[edge.stage] ?? 'none'}`}
      onMouseEnter={() => onHover(true)}
      onMouseLeave={() => onHover(false)}
      onClick={onPick}
    >
      <path className={`chart-edge ${edge.joined ? 'joined' : ''} ${state}`} d={d} strokeWidth={width} />
      <path className="chart-edge-hit" d={d} />
    </g>
  )
}

/** The next node in the direction of an arrow: within its column, or the nearest one that an edge leads to. */
function next(graph: Graph, layout: ChartLayout, at: string, key: string): string {
  const here = layout.nodes.find(({ node }) => node.id === at)!
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = layout.nodes.filter(({ x }) => x === here.x).sort((a, b) => a.y - b.y)
    const i = column.indexOf(here) + (key === 'ArrowUp' ? -1 : 1)
    return (column[i] ?? here).node.id
  }
  const right = key === 'ArrowRight'
  const joined = new Set(
    graph.edges.flatMap((e) => (right && e.from === at ? [e.to] : !right && e.to === at ? [e.from] : [])),
  )
  const side = layout.nodes.filter(({ x }) => (right ? x > here.x : x < here.x))
  const near = (list: typeof side) =>
    [...list].sort(
      (a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x) || Math.abs(a.y - here.y) - Math.abs(b.y - here.y),
    )[0]
  return (near(side.filter(({ node }) => joined.has(node.id))) ?? near(side) ?? here).node.id
}

const FIRST = 8

function Sentences({ graph, onChoose }: { graph: Graph; onChoose: (chosen: Chosen) => void }) {
  const t = useTexts().charts
  const f = useFormat()
  const printing = usePrinting()
  const paths = useMemo(() => pathsOf(graph), [graph])
  const [all, setAll] = useState(false)
  const list = all || printing ? paths : paths.slice(0, FIRST)
  return (
    <>
      <p className="chart-head">{t.asList}</p>
      <ol className="chart-list chart-paths">
        {list.map((path) => {
          const own = [...new Set(path.flatMap((e) => e.findings))]
          const words = pathWords(t, f, graph, path)
          return (
            <li key={path.map((e) => e.id).join('\n\n\n')}>
              <bdi>{words}</bdi>{' '}
              <button type="button" className="chart-link" onClick={() => onChoose({ title: words, findings: own })}>
                {t.findings(own.length, f.number(own.length))}
              </button>
            </li>
          )
        })}
      </ol>
      {paths.length > FIRST ? (
        <button type="button" className="chart-button" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t.showFewer : t.showAll(f.number(paths.length))}
        </button>
      ) : null}
    </>
  )
}

function pathWords(t: Texts, f: Format, graph: Graph, path: readonly GraphEdge[]): string {
  let text = ''
  path.forEach((edge, i) => {
    const to = namedOf(t, f, nodeOf(graph, edge.to))
    text =
      i === 0
        ? t.path.step(namedOf(t, f, nodeOf(graph, edge.from)), verbOf(t, graph, edge), to)
        : t.path.goesOn(text, verbOf(t, graph, edge), to)
    if (edge.joined) text += ` (${t.path.joinedShort})`
  })
  return `${text}.`
}
