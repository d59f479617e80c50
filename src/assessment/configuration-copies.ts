import { configurationKinds } from '../model/log-kinds.ts'
import type { Scan } from '../model/scan.ts'

/** When the oldest copy of each configuration was written (ms), by the name of the file in lower case. */
export type ConfigurationCopies = ReadonlyMap<string, number>

export function configurationCopies(scans: readonly Scan[]): ConfigurationCopies {
  const copies = new Map<string, number>()
  for (const { artifact } of scans) {
    if (artifact.modified === null || !artifact.kinds.some((kind) => configurationKinds.has(kind))) continue
    const name = configurationFileOf(artifact.path)
    copies.set(name, Math.min(artifact.modified, copies.get(name) ?? Infinity))
  }
  return copies
}

/** The name of a configuration file, without the extra extension of the miniature servers. */
export function configurationFileOf(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.enc$/, '')
}
