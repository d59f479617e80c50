import { join } from 'node:path'
import type { ExposureFacts } from './exposure.ts'
import { readTable } from './lib/table.ts'
import { buildParts } from './server-facts.ts'

/** Loads builds, vulnerabilities and fixes from the `knowledge` folder that ships with Postern. */
export function loadExposureFacts(folder: string): ExposureFacts {
  const cves = readTable(join(folder, 'cves.csv')).map((row) => ({
    cve: row.cve!,
    products: row.products!.split(' ').filter(Boolean),
    condition: row.condition ?? '',
    published: row.published ?? '',
  }))
  const fixes = readTable(join(folder, 'fixes.csv')).map((row) => ({
    cve: row.cve!,
    product: row.product!,
    cu: row.cu!,
    status: row.status!,
    update: row.update ?? '',
    build: buildParts(row.build ?? ''),
  }))
  const cus = new Set(
    readTable(join(folder, 'builds.csv')).flatMap(
      (row) =>
        buildParts(row.build ?? '')
          ?.slice(0, 3)
          .join('.') ?? [],
    ),
  )
  return { cves, fixes, cus }
}

/** Our own tables: `#` comments, one header line, no quoting but `"…"` around commas. */
