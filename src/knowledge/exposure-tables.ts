import { join } from 'node:path'

import { existsSync } from 'node:fs'
import { readTable } from '../lib/table.ts'
import type { Deciding, KnownUntil } from '../model/exposure.ts'
import { applicationClassOf, type TenantFacts } from '../model/sign-ins.ts'
import { buildParts } from '../model/builds.ts'

/** Loads builds, vulnerabilities and fixes from the `knowledge` folder that ships with Postern. */
export function loadExposureFacts(folder: string): ExposureFacts {
  const cves = readTable(join(folder, 'cves.csv')).map((row) => ({
    cve: row.cve!,
    alias: row.alias ?? '',
    impact: row.impact ?? '',
    products: wordsIn(row.products),
    exploited: row.exploited === 'yes',
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
  const builds = readTable(join(folder, 'builds.csv')).flatMap((row) => {
    const build = buildParts(row.build ?? '')
    if (build === null) return []
    return [
      {
        product: row.product!,
        cu: row.cu!,
        update: row.update ?? '',
        kind: row.kind ?? '',
        build,
        released: row.released ?? '',
      },
    ]
  })
  const products = readTable(join(folder, 'products.csv')).map((row) => ({
    product: row.product!,
    name: row.name!,
    supportEnd: row.support_end!,
    paidAfterEnd: row.paid_after_end === 'yes',
  }))
  const protections = readTable(join(folder, 'protections.csv')).map((row) => ({
    id: row.id!,
    title: row.title!,
    cves: wordsIn(row.cves),
    remedy: row.remedy!,
    decides: decidingOf(row.decides),
    byDefault: row.by_default === 'yes',
    overrides: wordsIn(row.overrides),
  }))
  const vendorNames = new Map(readTable(join(folder, 'vendor-names.csv')).map(({ name, cve }) => [name!, cve!]))
  const cus = new Set(builds.map(({ build }) => build.slice(0, 3).join('.')))
  return {
    cves,
    fixes: Map.groupBy(fixes, ({ cve }) => cve),
    cus,
    builds,
    products,
    protections,
    vendorNames,
    known: knownUntil(folder, builds, cves),
    tenant: tenantFacts(folder),
  }
}

/** Applications and networks of tenants; none where the tables are older than these. */
function tenantFacts(folder: string): TenantFacts {
  const [applications, networks] = ['tenant-applications.csv', 'tenant-networks.csv'].map((name) => {
    const file = join(folder, name)
    return existsSync(file) ? readTable(file) : []
  }) as [Record<string, string>[], Record<string, string>[]]
  return {
    applications: new Map(
      applications.map((row) => [row.id!.toLowerCase(), applicationClassOf(row.class) ?? 'abused']),
    ),
    networks: networks.map(({ network }) => network!),
  }
}

/** The days of `known-until.csv`; of tables without it those of their newest entries. */
function knownUntil(folder: string, builds: ExposureFacts['builds'], cves: ExposureFacts['cves']): KnownUntil {
  const file = join(folder, 'known-until.csv')
  const said = new Map((existsSync(file) ? readTable(file) : []).map(({ about, until }) => [about, until]))
  const last = (days: readonly string[]): string => days.reduce((a, b) => (b > a ? b : a), '1970-01-01')
  return {
    builds: said.get('builds') ?? last(builds.map(({ released }) => released)),
    vulnerabilities: said.get('vulnerabilities') ?? last(cves.map(({ published }) => published)),
  }
}

const wordsIn = (cell: string | undefined): readonly string[] => (cell ?? '').split(' ').filter(Boolean)

function decidingOf(cell: string | undefined): Deciding {
  return cell === 'alone' || cell === 'directory' ? cell : 'with-build'
}

/** The vulnerability that a mitigation or result with this name is about: of the service `EEMS M1.1` is a version of `EEMS M1`. */
export function cveOfVendorName(name: string, names: ExposureFacts['vendorNames']): string | null {
  for (let known = name; ; known = known.slice(0, known.lastIndexOf('.'))) {
    const cve = names.get(known)
    if (cve !== undefined) return cve
    if (!known.includes('.')) return null
  }
}

/** What else than a build decides whether a vulnerability is open. */
export type ProtectionFacts = {
  readonly id: string
  readonly title: string
  readonly cves: readonly string[]
  /** What makes it so. */
  readonly remedy: string
  readonly decides: Deciding
  /** In force unless disabled. */
  readonly byDefault: boolean
  /** Setting overrides that switch it off. */
  readonly overrides: readonly string[]
}

/** The facts that exposure rests on, loaded from `knowledge/` by the command line. */
export type ExposureFacts = {
  /** What is known of tenants; nothing where the tables have none. */
  readonly tenant?: TenantFacts
  readonly known: KnownUntil
  readonly cves: readonly {
    readonly cve: string
    readonly alias: string
    readonly impact: string
    readonly products: readonly string[]
    readonly exploited: boolean
    readonly condition: string
    readonly published: string
  }[]
  /** Every cumulative update that is known: the first three integers of its builds. */
  readonly cus: ReadonlySet<string>
  readonly builds: readonly {
    readonly product: string
    readonly cu: string
    readonly update: string
    /** `SU own month`: it holds the fixes of its month and none before them. */
    readonly kind: string
    readonly build: readonly [number, number, number, number]
    readonly released: string
  }[]
  readonly products: readonly {
    readonly product: string
    readonly name: string
    readonly supportEnd: string
    readonly paidAfterEnd: boolean
  }[]
  readonly protections: readonly ProtectionFacts[]
  /** What Microsoft’s tools name in place of a vulnerability, by the name. */
  readonly vendorNames: ReadonlyMap<string, string>
  /** By CVE: it is asked for each CVE and each build that ran. */
  readonly fixes: ReadonlyMap<string, readonly KnownFix[]>
}

export type KnownFix = {
  readonly cve: string
  readonly product: string
  readonly cu: string
  readonly status: string
  readonly update: string
  readonly build: readonly [number, number, number, number] | null
}
