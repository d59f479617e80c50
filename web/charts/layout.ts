import { type Graph, type GraphNode, type NodeKind, nodeKinds } from './graph.ts'
import { greatestOf } from '../../src/lib/collections.ts'

export type Placed = { readonly node: GraphNode; readonly x: number; readonly y: number }
export type Point = { readonly x: number; readonly y: number }

export type ChartLayout = {
  readonly width: number
  readonly height: number
  readonly columns: readonly { readonly kind: NodeKind; readonly x: number }[]
  readonly nodes: readonly Placed[]
  /** By id of the edge: where it leaves, where it passes columns between, where it arrives. */
  readonly ways: ReadonlyMap<string, readonly Point[]>
}

export type ChartSizes = {
  readonly width: number
  readonly node: { readonly width: number; readonly height: number }
  readonly gap: number
  readonly top: number
}

/** A place in a column: a node, or (`node` null) where an edge passes between nodes. */
type Slot = { readonly id: string; readonly node: GraphNode | null; order: number; readonly near: Slot[] }

/**
 * Columns by kind; within each the order that crosses least, found by going over the columns a few times and putting
 * each slot where its neighbors are on average. Edges over several columns have a slot in each between. Nothing is left
 * to chance, and equal places keep the order of weight.
 */
export function layoutOf(graph: Graph, sizes: ChartSizes): ChartLayout {
  const kinds = nodeKinds.filter((kind) => graph.nodes.some((node) => node.kind === kind))
  const columns: Slot[][] = kinds.map((kind) =>
    graph.nodes.filter((node) => node.kind === kind).map((node, order) => ({ id: node.id, node, order, near: [] })),
  )
  const ways = connect(graph, kinds, columns)
  for (let round = 0; round < 12; round++) {
    const forward = round % 2 === 0
    for (let i = 0; i < columns.length; i++) sortColumn(columns, forward ? i : columns.length - 1 - i)
  }
  return placed(kinds, columns, ways, sizes)
}

type Way = { readonly edge: string; readonly slots: readonly Slot[] }

function connect(graph: Graph, kinds: readonly NodeKind[], columns: Slot[][]): readonly Way[] {
  const column = new Map(graph.nodes.map((node) => [node.id, kinds.indexOf(node.kind)]))
  const slot = new Map(columns.flatMap((list) => list.map((s) => [s.id, s] as const)))
  return graph.edges.map(({ id, from, to }) => {
    const slots: Slot[] = [slot.get(from)!]
    for (let i = column.get(from)! + 1; i < column.get(to)!; i++) {
      const passing: Slot = { id, node: null, order: columns[i]!.length, near: [] }
      columns[i]!.push(passing)
      slots.push(passing)
    }
    slots.push(slot.get(to)!)
    for (let i = 1; i < slots.length; i++) {
      slots[i - 1]!.near.push(slots[i]!)
      slots[i]!.near.push(slots[i - 1]!)
    }
    return { edge: id, slots }
  })
}

function sortColumn(columns: Slot[][], at: number): void {
  const column = columns[at]!
  const size = (list: readonly Slot[]): number => Math.max(1, list.length - 1)
  const lengths = new Map(columns.flatMap((list) => list.map((s) => [s, size(list)] as const)))
  const wanted = new Map(
    column.map((slot) => {
      const own = slot.order / size(column)
      const sum = slot.near.reduce((total, other) => total + other.order / lengths.get(other)!, 0)
      return [slot, slot.near.length === 0 ? own : sum / slot.near.length]
    }),
  )
  column.sort((a, b) => wanted.get(a)! - wanted.get(b)! || a.order - b.order)
  // What stands for the rest stands last.
  column.sort((a, b) => Number((a.node?.others ?? 0) > 0) - Number((b.node?.others ?? 0) > 0))
  column.forEach((slot, order) => {
    slot.order = order
  })
}

/** An edge that passes takes less room than a node. */
const PASS = 0.4

function placed(
  kinds: readonly NodeKind[],
  columns: readonly Slot[][],
  ways: readonly Way[],
  sizes: ChartSizes,
): ChartLayout {
  const { node, gap, top } = sizes
  const tall = (slot: Slot): number => (slot.node ? node.height : node.height * PASS)
  const heights = columns.map((column) => column.reduce((sum, slot) => sum + tall(slot) + gap, -gap))
  const height = greatestOf(heights, 0)
  const step = columns.length > 1 ? (sizes.width - node.width) / (columns.length - 1) : 0
  const at = new Map<Slot, Point>()
  columns.forEach((column, i) => {
    let y = top + (height - heights[i]!) / 2
    for (const slot of column) {
      at.set(slot, { x: Math.round(i * step), y: Math.round(y * 10) / 10 })
      y += tall(slot) + gap
    }
  })
  return {
    width: sizes.width,
    height: top + height,
    columns: kinds.map((kind, i) => ({ kind, x: Math.round(i * step) })),
    nodes: columns.flat().flatMap((slot) => (slot.node ? [{ node: slot.node, ...at.get(slot)! }] : [])),
    ways: new Map(
      ways.map(({ edge, slots }) => [
        edge,
        slots.flatMap((slot, i) => {
          const { x, y } = at.get(slot)!
          const middle = y + tall(slot) / 2
          if (!slot.node)
            return [
              { x, y: middle },
              { x: x + node.width, y: middle },
            ]
          return [{ x: i === 0 ? x + node.width : x, y: middle }]
        }),
      ]),
    ),
  }
}

/** How many pairs of edges between neighboring columns cross: what the order of the columns is to keep low. */
export function crossings({ ways }: ChartLayout): number {
  const parts = [...ways.values()].flatMap((points) =>
    points.flatMap((b, i) => (i > 0 && points[i - 1]!.x < b.x ? [{ a: points[i - 1]!, b }] : [])),
  )
  let sum = 0
  for (let i = 0; i < parts.length; i++) {
    for (let j = i + 1; j < parts.length; j++) {
      const [p, q] = [parts[i]!, parts[j]!]
      if (p.a.x !== q.a.x || p.b.x !== q.b.x) continue
      if ((p.a.y - q.a.y) * (p.b.y - q.b.y) < 0) sum++
    }
  }
  return sum
}

/** A smooth line through the points of a way, for an SVG path. */
export function lineOf(points: readonly Point[]): string {
  const [first, ...rest] = points
  let last = first!
  let d = `M${last.x},${last.y}`
  for (const point of rest) {
    const middle = Math.round((last.x + point.x) / 2)
    d +=
      last.y === point.y ? `L${point.x},${point.y}` : `C${middle},${last.y} ${middle},${point.y} ${point.x},${point.y}`
    last = point
  }
  return d
}
