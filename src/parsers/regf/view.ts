import { fileTimeText } from '../../lib/time.ts'
import { timeOf } from './base-block.ts'
import { type Deleted, type DeletedKey, pathOf } from './deleted.ts'
import type { Extent, Hive, Key, Value } from './hive.ts'

/** A key as the places of the registry look at it, whether something leads to it or it was deleted. */
export type KeyView = {
  readonly name: string
  /** Names from below the root down to this key. */
  readonly path: readonly string[]
  /** Last write: milliseconds since 1970 and with all its decimals. */
  readonly time: number | null
  readonly written: string | null
  readonly className: string | null
  readonly at: Extent
  readonly deleted: boolean
  /** What it holds; of a deleted key what is left of that. */
  readonly values: readonly Value[]
  /** Values that were deleted from it. */
  readonly formerly: readonly Value[]
  keys(): readonly KeyView[]
  /** A value by its name, in any case. */
  value(name: string): Value | null
  /** A key below by its path, in any case. */
  key(path: string): KeyView | null
}

/** Keys of a hive, as views. */
export class Views {
  readonly #hive: Hive
  readonly #deleted: Deleted
  readonly #byParent = new Map<number, DeletedKey[]>()

  constructor(hive: Hive, deleted: Deleted) {
    this.#hive = hive
    this.#deleted = deleted
    for (const key of deleted.keys) {
      const list = this.#byParent.get(key.parent)
      if (list) list.push(key)
      else this.#byParent.set(key.parent, [key])
    }
  }

  root(): KeyView | null {
    const root = this.#hive.root()
    return root ? this.ofKey(root) : null
  }

  /** Deleted keys whose path is known. */
  *deleted(): Generator<KeyView> {
    for (const key of this.#deleted.keys) if (key.path !== null) yield this.#ofDeleted(key, key.path)
  }

  ofKey(key: Key): KeyView {
    const formerly = (): readonly Value[] => this.#deleted.ofKeys.get(key.index) ?? []
    const hive = this.#hive
    const { written } = key
    let values: readonly Value[] | null = null
    const view: KeyView = {
      name: key.name,
      get path() {
        return pathOf(hive, key.index)
      },
      time: timeOf(written),
      written: fileTimeText(written.low, written.high),
      get className() {
        return key.className
      },
      at: key.at,
      deleted: false,
      get values() {
        return (values ??= [...key.values()])
      },
      get formerly() {
        return formerly()
      },
      keys: () => [...key.keys()].map((sub) => this.ofKey(sub)),
      value: (name) => valueOf(view, name),
      key: (path) => keyOf(view, path),
    }
    return view
  }

  #ofDeleted(key: DeletedKey, path: readonly string[]): KeyView {
    const view: KeyView = {
      name: key.name,
      path,
      time: timeOf(key.written),
      written: fileTimeText(key.written.low, key.written.high),
      className: null,
      at: key.at,
      deleted: true,
      values: key.values,
      formerly: [],
      keys: () =>
        (key.cell === null ? [] : (this.#byParent.get(key.cell) ?? []))
          // A record that names itself as its parent is no tree.
          .filter((sub) => sub.path !== null && sub.path.length > path.length)
          .map((sub) => this.#ofDeleted(sub, sub.path!)),
      value: (name) => valueOf(view, name),
      key: (below) => keyOf(view, below),
    }
    return view
  }
}

function valueOf(view: KeyView, name: string): Value | null {
  const wanted = name.toUpperCase()
  return view.values.find((value) => value.name.toUpperCase() === wanted) ?? null
}

function keyOf(view: KeyView, path: string): KeyView | null {
  let at: KeyView | null = view
  for (const name of path.split('\\')) {
    const wanted = name.toUpperCase()
    at = at.keys().find((key) => key.name.toUpperCase() === wanted) ?? null
    if (at === null) return null
  }
  return at
}
