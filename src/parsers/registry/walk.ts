import type { Context } from './context.ts'
import type { Hive } from './hive.ts'
import type { HiveKind } from './kind.ts'
import { type RegistryPlace, places } from './places.ts'
import type { KeyView, Views } from './view.ts'

/** Asks every place of this hive for its keys, the deleted ones and those that can be reached. */
export function readPlaces(hive: Hive, views: Views, kind: HiveKind, context: Context): void {
  const tree = treeOf(kind)
  if (tree === null || hive.count === 0) return
  for (const key of views.deleted()) readAt(key, tree, context)
  const stack: Step[] = [{ index: 0, at: [tree], below: [] }]
  for (let step = stack.pop(); step; step = stack.pop()) {
    const now = [...new Set([...step.at.flatMap((node) => [...node.here, ...node.below]), ...step.below])]
    if (now.length > 0) {
      const key = views.ofKey(hive.key(step.index))
      for (const place of now) place.read(key, context)
    }
    const below = [...new Set([...step.below, ...step.at.flatMap((node) => node.below)])]
    const next: Step[] = []
    for (const index of hive.subkeysOf(step.index)) {
      const at = nextOf(step.at, nameOf(hive, index, context.controlSet))
      if (at.length > 0 || below.length > 0) next.push({ index, at, below })
    }
    // The last one is taken first: in the order of the list all the same.
    for (const step of next.reverse()) stack.push(step)
  }
}

type Step = { readonly index: number; readonly at: readonly Node[]; readonly below: readonly RegistryPlace[] }

function nameOf(hive: Hive, index: number, controlSet: string | null): string {
  return asPlace(hive.nameAt(hive.recordOf(index)), hive.parentOf(index) === 0, controlSet)
}

/** A name in upper case, the control set in use by the name that places give it. */
function asPlace(name: string, first: boolean, controlSet: string | null): string {
  const upper = name.toUpperCase()
  return first && controlSet !== null && upper === controlSet.toUpperCase() ? 'CURRENTCONTROLSET' : upper
}

/** Reads one key whose path is known, where a place names it. */
export function readAtPlaces(key: KeyView, kind: HiveKind, context: Context): void {
  const tree = treeOf(kind)
  if (tree !== null) readAt(key, tree, context)
}

function readAt(key: KeyView, tree: Node, context: Context): void {
  let at: readonly Node[] = [tree]
  const below = new Set<RegistryPlace>()
  for (const [i, name] of key.path.entries()) {
    for (const node of at) for (const place of node.below) below.add(place)
    at = nextOf(at, asPlace(name, i === 0, context.controlSet))
    if (at.length === 0 && below.size === 0) return
  }
  for (const place of new Set([...at.flatMap((node) => [...node.here, ...node.below]), ...below]))
    place.read(key, context)
}

/** Places by the names of keys on the way to them. */
type Node = {
  readonly named: Map<string, Node>
  any: Node | null
  /** Places that are this key, and those that are this key and all below it. */
  readonly here: RegistryPlace[]
  readonly below: RegistryPlace[]
}

function nextOf(at: readonly Node[], name: string): Node[] {
  // The view of 32-bit programs holds the same keys once more.
  const next = name === 'WOW6432NODE' ? [...at] : []
  for (const node of at) {
    const named = node.named.get(name)
    if (named) next.push(named)
    if (node.any) next.push(node.any)
  }
  return next
}

const trees = new Map<HiveKind, Node | null>()

function treeOf(kind: HiveKind): Node | null {
  const known = trees.get(kind)
  if (known !== undefined) return known
  const own = places.filter((place) => place.in === kind)
  const tree = own.length === 0 ? null : emptyNode()
  if (tree) for (const place of own) add(tree, place)
  trees.set(kind, tree)
  return tree
}

function add(tree: Node, place: RegistryPlace): void {
  let node = tree
  const names = place.path.toUpperCase().split('\\')
  const all = names.at(-1) === '**'
  for (const name of all ? names.slice(0, -1) : names) {
    if (name === '*') node = node.any ??= emptyNode()
    else {
      let next = node.named.get(name)
      if (!next) node.named.set(name, (next = emptyNode()))
      node = next
    }
  }
  ;(all ? node.below : node.here).push(place)
}

function emptyNode(): Node {
  return { named: new Map(), any: null, here: [], below: [] }
}
