import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { may } from './architecture.ts'

// The imports of src: what test/architecture.test.ts holds to its table, and scripts/structure.mjs prints.

/** The most folders, floors and imports between folders of the whole. */
export const MOST = { rooms: 18, floors: 7, arrows: 90 }

export const src = join(import.meta.dirname, '..', 'src')
export const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort()
export const text = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]))

/** How many folders there are, on how many floors, and how many import from another. */
export function figures(): Readonly<Record<keyof typeof MOST, number>> {
  const floorOf = (folder: string): number => 1 + Math.max(0, ...may[folder]!.map(floorOf))
  return {
    rooms: new Set(files.map(folderOf)).size,
    floors: Math.max(...Object.keys(may).map(floorOf)),
    arrows: new Set(between().map(({ from, to }) => `${folderOf(from)} ${folderOf(to)}`)).size,
  }
}

/** The folder of src that a file lies in. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.indexOf('/')))
}

/** Imports from one folder to another. */
export function between(): { from: string; to: string }[] {
  return files.flatMap((from) =>
    importsOf(from)
      .filter((to) => folderOf(to) !== folderOf(from))
      .map((to) => ({ from, to })),
  )
}

/** Files of src that a file imports, types too, relative to src. */
export function importsOf(file: string): string[] {
  return pathsIn(text.get(file)!).map((to) => posix.join(posix.dirname(file), to))
}

/** The files that a text imports, as it names them. */
export function pathsIn(code: string): string[] {
  const specifiers = code.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|\bnew URL\()'(\.{1,2}\/[^']+\.ts)'/g)
  return [...specifiers].map(([, to]) => to!)
}
