import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExposureFacts } from './exposure.ts'
import { buildParts } from './server-facts.ts'

/** Loads builds, vulnerabilities and fixes from the `knowledge` folder that ships with Postern. */
export function loadExposureFacts(folder: string): ExposureFacts {
  const cves = table(join(folder, 'cves.csv')).map((row) => ({
    cve: row.cve!,
    alias: row.alias ?? '',
    impact: row.impact ?? '',
    products: row.products!.split(' ').filter(Boolean),
    exploited: row.exploited === 'yes',
    condition: row.condition ?? '',
    published: row.published ?? '',
  }))
  const fixes = table(join(folder, 'fixes.csv')).map((row) => ({
    cve: row.cve!,
    product: row.product!,
    cu: row.cu!,
    status: row.status!,
    update: row.update ?? '',
    build: buildParts(row.build ?? ''),
  }))
  const builds = table(join(folder, 'builds.csv')).flatMap((row) => {
    const build = buildParts(row.build ?? '')
    if (build === null) return []
    return [{ product: row.product!, cu: row.cu!, update: row.update ?? '', build, released: row.released ?? '' }]
  })
  const products = table(join(folder, 'products.csv')).map((row) => ({
    product: row.product!,
    name: row.name!,
    supportEnd: row.support_end!,
    paidAfterEnd: row.paid_after_end === 'yes',
  }))
  const cus = new Set(builds.map(({ build }) => build.slice(0, 3).join('.')))
  return { cves, fixes, cus, builds, products }
}

/** Our own tables: `#` comments, one header line, no quoting but `"…"` around commas. */
function table(file: string): Record<string, string>[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const [header, ...rows] = lines as [string, ...string[]]
  const names = cells(header)
  return rows.map((row) => Object.fromEntries(cells(row).map((value, i) => [names[i] ?? `column ${i}`, value])))
}

function cells(line: string): string[] {
  if (!line.includes('"')) return line.trimEnd().split(',')
  return [...line.trimEnd().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
    (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
  )
}
