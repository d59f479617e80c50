import { addTo } from '../../lib/collections.ts'
import { fileTimeText } from '../../lib/time.ts'
import { hiveTime } from './base-block.ts'
import { type Deleted, type DeletedKey, pathOf } from './deleted.ts'
import type { Extent, Hive, RegistryKey, RegistryValue } from './hive.ts'

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
  readonly values: readonly RegistryValue[]
  /** Values that were deleted from it. */
  readonly formerly: readonly RegistryValue[]
  keys(): readonly KeyView[]
  /** A value by its name, in any case. */
  value(name: string): RegistryValue | null
  /** A key below by its path, in any case. */
  key(path: string): KeyView | null
}

/** Keys of a hive, as views. */
export class Views {
  readonly hive: Hive
  readonly #deleted: Deleted
  readonly #byParent = new Map<number, DeletedKey[]>()

  constructor(hive: Hive, deleted: Deleted) {
    this.hive = hive
    this.#deleted = deleted
    for (const key of deleted.keys) addTo(this.#byParent, key.parent, key)
  }

  root(): KeyView | null {
    const root = this.hive.root()
    return root ? this.ofKey(root) : null
  }

  ofKey(key: RegistryKey): KeyView {
    return new LiveKey(this, key)
  }

  /** Deleted keys whose path is known. */
  *deleted(): Generator<KeyView> {
    for (const key of this.#deleted.keys) if (key.path !== null) yield new GoneKey(this, key, key.path)
  }

  formerlyOf(key: RegistryKey): readonly RegistryValue[] {
    return this.#deleted.ofKeys.get(key.index) ?? []
  }

  /** Deleted keys that name this cell as their parent. */
  below(cell: number): readonly DeletedKey[] {
    return this.#byParent.get(cell) ?? []
  }
}

class LiveKey implements KeyView {
  readonly deleted = false
  readonly #views: Views
  readonly #key: RegistryKey
  #values: readonly RegistryValue[] | null = null

  constructor(views: Views, key: RegistryKey) {
    this.#views = views
    this.#key = key
  }

  get name(): string {
    return this.#key.name
  }

  get path(): readonly string[] {
    return pathOf(this.#views.hive, this.#key.index)
  }

  get time(): number | null {
    return hiveTime(this.#key.written)
  }

  get written(): string | null {
    const { low, high } = this.#key.written
    return fileTimeText(low, high)
  }

  get className(): string | null {
    return this.#key.className
  }

  get at(): Extent {
    return this.#key.at
  }

  get values(): readonly RegistryValue[] {
    return (this.#values ??= [...this.#key.values()])
  }

  get formerly(): readonly RegistryValue[] {
    return this.#views.formerlyOf(this.#key)
  }

  keys(): readonly KeyView[] {
    return [...this.#key.keys()].map((key) => this.#views.ofKey(key))
  }

  value(name: string): RegistryValue | null {
    return valueOf(this, name)
  }

  key(path: string): KeyView | null {
    let at: RegistryKey | null = this.#key
    for (const name of path.split('\\')) at = at && keyOf(at.keys(), name)
    return at && this.#views.ofKey(at)
  }
}

class GoneKey implements KeyView {
  readonly deleted = true
  readonly className = null
  readonly formerly = []
  readonly path: readonly string[]
  readonly #views: Views
  readonly #key: DeletedKey

  constructor(views: Views, key: DeletedKey, path: readonly string[]) {
    this.#views = views
    this.#key = key
    this.path = path
  }

  get name(): string {
    return this.#key.name
  }

  get time(): number | null {
    return hiveTime(this.#key.written)
  }

  get written(): string | null {
    return fileTimeText(this.#key.written.low, this.#key.written.high)
  }

  get at(): Extent {
    return this.#key.at
  }

  get values(): readonly RegistryValue[] {
    return this.#key.values
  }

  keys(): readonly KeyView[] {
    const below = this.#key.cell === null ? [] : this.#views.below(this.#key.cell)
    // A record that names itself as its parent is no tree.
    return below.flatMap((key) =>
      key.path !== null && key.path.length > this.path.length ? [new GoneKey(this.#views, key, key.path)] : [],
    )
  }

  value(name: string): RegistryValue | null {
    return valueOf(this, name)
  }

  key(path: string): KeyView | null {
    return path.split('\\').reduce<KeyView | null>((at, name) => at && keyOf(at.keys(), name), this)
  }
}

function valueOf(view: KeyView, name: string): RegistryValue | null {
  const wanted = name.toUpperCase()
  return view.values.find((value) => value.name.toUpperCase() === wanted) ?? null
}

function keyOf<K extends { readonly name: string }>(keys: Iterable<K>, name: string): K | null {
  const wanted = name.toUpperCase()
  for (const key of keys) if (key.name.toUpperCase() === wanted) return key
  return null
}
