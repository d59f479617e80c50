import type { FieldValue } from '../../model/event.ts'
import { fileFields } from '../../model/file-fields.ts'

/** A folder as its record names it. `parent`: the key of the folder above; null when that is not the one meant any more. */
export type NtfsFolder = { readonly name: string; readonly parent: number | null }

/** The path of a folder: `\inetpub\wwwroot`, empty for the root. */
export type FolderPath = {
  readonly text: string
  /** Does it lead to the root over folders that are the ones meant? */
  readonly sure: boolean
  readonly depth: number
  /** The fields that all files in it have; filled when the first is asked for. */
  shared: SharedFields | null
}

type SharedFields = { readonly directory: string; readonly webRoot: FieldValue; readonly relative: string | null }

// Windows opens no path of more characters, and 512 folders in each other are none that a person made.
const LONGEST = 32_767
const DEEPEST = 512
/** Maximum number of characters of paths remembered, and the allowance for what else belongs to a path. */
const REMEMBERED = 2 * 1024 * 1024
const APIECE = 200

/** Paths of folders from links to the folder above, found once each. Keys are numbers that the caller chooses. */
export class Paths {
  readonly #folderOf: (key: number) => NtfsFolder | null
  readonly #root: FolderPath
  readonly #rootKey: number
  readonly #lost: FolderPath
  readonly #onCycle: (key: number) => void
  readonly #known = new Map<number, FolderPath>()
  #characters = 0

  /** `drive`: `C:` or empty. `lost`: what stands where the folder above is not known. `onCycle`: a folder lies in itself. */
  constructor(
    folderOf: (key: number) => NtfsFolder | null,
    of: {
      readonly root: number
      readonly drive: string
      readonly lost: string
      readonly onCycle?: (key: number) => void
    },
  ) {
    this.#folderOf = folderOf
    this.#rootKey = of.root
    this.#root = { text: of.drive, sure: true, depth: 0, shared: null }
    this.#lost = { text: of.lost, sure: false, depth: 0, shared: null }
    this.#onCycle = of.onCycle ?? (() => {})
  }

  /** The folder of that key; the place for lost files when it is null or not known. */
  of(key: number | null): FolderPath {
    if (key === null) return this.#lost
    if (key === this.#rootKey) return this.#root
    const known = this.#known.get(key)
    if (known) return known

    // Up to the root or a folder whose path is known, then down again.
    const way: (readonly [key: number, name: string])[] = []
    const seen = new Set<number>()
    let above: FolderPath | null = null
    for (let at: number | null = key; above === null; ) {
      if (at === this.#rootKey) above = this.#root
      else if (at === null) above = this.#lost
      else if (seen.has(at)) {
        this.#onCycle(at)
        above = this.#broken('⟨cycle⟩')
      } else if (way.length > DEEPEST) above = this.#broken('⟨deep⟩')
      else {
        const found = this.#known.get(at)
        const folder: NtfsFolder | null = found ? null : this.#folderOf(at)
        if (found) above = found
        else if (!folder) above = this.#lost
        else {
          seen.add(at)
          way.push([at, folder.name])
          at = folder.parent
        }
      }
    }
    for (let i = way.length - 1; i >= 0; i--) above = this.#below(above, way[i]![0], way[i]![1])
    return above
  }

  /** Forgets what was found: a folder has another name or place now. */
  forget(): void {
    this.#known.clear()
    this.#characters = 0
  }

  #below(above: FolderPath, key: number, name: string): FolderPath {
    const deep = above.depth >= DEEPEST || above.text.length + name.length >= LONGEST
    const from = deep ? this.#broken('⟨deep⟩') : above
    const path: FolderPath = { text: `${from.text}\\${name}`, sure: from.sure, depth: from.depth + 1, shared: null }
    this.#characters += path.text.length + APIECE
    if (this.#characters > REMEMBERED) this.forget()
    this.#known.set(key, path)
    return path
  }

  #broken(text: string): FolderPath {
    return { text: `${this.#root.text}\\${text}`, sure: false, depth: 0, shared: null }
  }
}

/** The fields of `fileFields` for a file in a folder, most of them found once a folder. */
export function fieldsIn(folder: FolderPath, name: string): Record<string, FieldValue> {
  const shared = (folder.shared ??= sharedOf(folder.text))
  const dot = name.lastIndexOf('.')
  return {
    TargetFilename: `${folder.text}\\${name}`,
    FileName: name,
    Extension: dot < 0 ? '' : name.slice(dot).toLowerCase(),
    Directory: shared.directory,
    WebRoot: shared.webRoot,
    RelativePath: shared.relative === null ? null : shared.relative + name.toLowerCase(),
  }
}

function sharedOf(folder: string): SharedFields {
  const fields = fileFields(`${folder}\\x`)
  const relative = fields.RelativePath
  return {
    // The same text once, not twice.
    directory: fields.Directory === folder ? folder : String(fields.Directory),
    webRoot: fields.WebRoot ?? null,
    relative: typeof relative === 'string' ? relative.slice(0, -1) : null,
  }
}

/** The drive that a metadata file was taken from: `C:`, the device of a shadow copy; empty where nothing says it. */
export function driveOf(source: { readonly path: string; readonly windowsPath: string | null }): string {
  const restored = /^([A-Za-z]:|\\\\\?\\GLOBALROOT\\Device\\[^\\]+)\\\$/.exec(source.windowsPath ?? '')?.[1]
  if (restored !== undefined) return restored
  const names = source.path.split(/[\\/]/)
  // `C_$MFT`, `$MFT_C`, `$J-D`, `C/$MFT`
  const own = names.at(-1) ?? ''
  const letter =
    /^([A-Za-z])[_.-]+\$?(?:mft|j|usnjrnl)/i.exec(own)?.[1] ??
    /^\$?(?:mft|j|usnjrnl(?:[_.-]?\$?j)?)[_.-]+([A-Za-z])(?:[_.-]|$)/i.exec(own)?.[1] ??
    names
      .slice(0, -1)
      .filter((name) => !/^\$extend$/i.test(name))
      .at(-1)
      ?.match(/^([A-Za-z])(?:[:$]|_|[-_ ]drive)?$/i)?.[1]
  return letter === undefined ? '' : `${letter.toUpperCase()}:`
}
