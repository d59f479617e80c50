// What published lists say of Exchange Server: vulnerabilities of MSRC, NVD and the CVE list (JSON) or of a CSV, and builds of
// Microsoft's page (HTML, Markdown) or of JSON. A list is a text; nothing is fetched here.

/** The vulnerabilities of Exchange in a list, as rows of knowledge/cves.csv; null where the text is no such list. */
export function vulnerabilitiesIn(text) {
  const json = jsonOf(text)
  if (json === undefined) {
    const { rows } = rowsOf(text)
    const known = rows.filter(({ cve }) => isCve(cve))
    return known.length > 0 ? known : null
  }
  const found = [ofCvrf, ofUpdateGuide, ofNvd, ofCveRecords].map((read) => read(json)).find((rows) => rows !== null)
  return found === undefined ? null : merged(found.filter(({ cve, products }) => isCve(cve) && products.length > 0))
}

/** The builds in a list, as rows of knowledge/builds.csv. */
export function buildsIn(text) {
  const json = jsonOf(text)
  const rows =
    json === undefined
      ? [
          ...[...text.matchAll(/<tr\b[^>]*>([^]*?)<\/tr>/gi)].map(([, row]) =>
            [...row.matchAll(/<t[dh]\b[^>]*>([^]*?)<\/t[dh]>/gi)].map(([, cell]) => cell),
          ),
          ...text.split('\n').flatMap((line) => (/^\s*\|/.test(line) ? [line.split('|').slice(1, -1)] : [])),
        ].map((cells) => cells.map(plain))
      : objectsIn(json).map((object) =>
          Object.values(object)
            .filter((value) => typeof value === 'string')
            .map(plain),
        )
  return rows.flatMap(buildOf)
}

/** Comments, the names of columns, and rows of a CSV. */
export function rowsOf(text) {
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  const comments = lines.filter((line) => line.startsWith('#'))
  const [head = '', ...rest] = lines.filter((line) => !line.startsWith('#'))
  const names = head.split(',')
  return {
    comments,
    names,
    rows: rest.map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [names[i], cell]))),
  }
}

// ---------------------------------------------------------------- vulnerabilities

/**
 * A monthly document of MSRC (https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/2026-Aug): products by number, and of each
 * vulnerability its threats: type 0 the impact, type 1 whether it is exploited. Status 3 is "known affected".
 */
function ofCvrf(json) {
  if (!Array.isArray(json?.Vulnerability)) return null
  const names = new Map((json.ProductTree?.FullProductName ?? []).map(({ ProductID, Value }) => [ProductID, Value]))
  return json.Vulnerability.map((one) => {
    const affected = (one.ProductStatuses ?? []).filter(({ Type }) => Type === 3).flatMap(({ ProductID }) => ProductID)
    const threats = (type) =>
      (one.Threats ?? []).filter(({ Type }) => Type === type).map((threat) => threat.Description?.Value ?? '')
    return rowOf({
      cve: one.CVE,
      impact: threats(0).join(' ') || one.Title?.Value,
      scores: (one.CVSSScoreSets ?? []).map(({ BaseScore }) => BaseScore),
      published:
        (one.RevisionHistory ?? []).map(({ Date: at }) => at).sort()[0] ?? json.DocumentTracking?.InitialReleaseDate,
      products: affected.map((id) => productIn(names.get(id))),
      exploited: threats(1).some((text) => /\bExploited:\s*Yes\b/i.test(text)),
    })
  })
}

/** Affected products of the Security Update Guide (https://api.msrc.microsoft.com/sug/v2.0/en-US/affectedProduct). */
function ofUpdateGuide(json) {
  const list = Array.isArray(json) ? json : json?.value
  if (!Array.isArray(list) || !list.some((one) => one?.cveNumber !== undefined)) return null
  return list.map((one) =>
    rowOf({
      cve: one.cveNumber,
      impact: one.impact ?? one.cveTitle,
      scores: [one.baseScore],
      published: one.releaseDate ?? one.initialReleaseDate,
      products: [productIn(one.product)],
      exploited: /^yes$/i.test(one.exploited ?? ''),
    }),
  )
}

/** NVD, API and feeds 2.0 (https://nvd.nist.gov/developers/vulnerabilities). */
function ofNvd(json) {
  const list = json?.vulnerabilities
  if (!Array.isArray(list) || !list.some((one) => one?.cve?.id !== undefined)) return null
  return list.map(({ cve }) => {
    const matches = (cve.configurations ?? [])
      .flatMap(({ nodes }) => nodes ?? [])
      .flatMap(({ cpeMatch }) => cpeMatch ?? [])
    const metrics = ['cvssMetricV31', 'cvssMetricV30'].flatMap((name) => cve.metrics?.[name] ?? [])
    // The score of the vendor first, as the table has it.
    const own = metrics.filter(({ source }) => /microsoft/i.test(source ?? ''))
    return rowOf({
      cve: cve.id,
      impact: cve.descriptions?.find(({ lang }) => lang === 'en')?.value,
      scores: (own.length > 0 ? own : metrics).map(({ cvssData }) => cvssData?.baseScore),
      published: cve.published,
      products: matches.filter(({ vulnerable }) => vulnerable !== false).map(({ criteria }) => productOfCpe(criteria)),
      exploited: cve.cisaExploitAdd !== undefined,
      kev: cve.cisaExploitAdd,
    })
  })
}

/** Records of the CVE list, one or many (https://github.com/CVEProject/cvelistV5). */
function ofCveRecords(json) {
  const list = Array.isArray(json) ? json : [json]
  if (!list.some((one) => one?.cveMetadata?.cveId !== undefined)) return null
  return list
    .filter((one) => one?.cveMetadata?.state !== 'REJECTED')
    .map(({ cveMetadata, containers }) =>
      rowOf({
        cve: cveMetadata?.cveId,
        impact: containers?.cna?.title,
        scores: (containers?.cna?.metrics ?? []).map(({ cvssV3_1, cvssV3_0 }) => (cvssV3_1 ?? cvssV3_0)?.baseScore),
        published: containers?.cna?.datePublic ?? cveMetadata?.datePublished,
        products: (containers?.cna?.affected ?? []).map(({ product }) => productIn(product)),
        exploited: false,
      }),
    )
}

const IMPACTS =
  /Remote Code Execution|Elevation of Privilege|Security Feature Bypass|Information Disclosure|Denial of Service|Spoofing|Tampering/i

function rowOf({ cve, impact, scores, published, products, exploited, kev }) {
  const numbers = scores.map(Number).filter((score) => score > 0 && score <= 10)
  const words = IMPACTS.exec(impact ?? '')?.[0] ?? ''
  return {
    cve,
    alias: '',
    impact: words.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace(' Of ', ' of '),
    cvss: numbers.length > 0 ? Math.max(...numbers).toFixed(1) : '',
    published: /^\d{4}-\d\d-\d\d/.exec(published ?? '')?.[0] ?? '',
    products: productList(products.filter((product) => product !== null)),
    exploited: exploited ? 'yes' : '',
    kev: kev ?? '',
    condition: '',
  }
}

/** Products in the form of the table: each once, by name. */
function productList(products) {
  return [...new Set(products)].sort((a, b) => (a < b ? -1 : 1)).join(' ')
}

/** One row a vulnerability: the Security Update Guide has one for each product. */
function merged(rows) {
  const byCve = new Map()
  for (const row of rows) {
    const before = byCve.get(row.cve)
    if (!before) {
      byCve.set(row.cve, row)
      continue
    }
    before.products = productList([...before.products.split(' '), ...row.products.split(' ')])
    for (const name of ['impact', 'exploited', 'kev']) before[name] ||= row[name]
    if (Number(row.cvss) > Number(before.cvss)) before.cvss = row.cvss
    if (row.published !== '' && (before.published === '' || row.published < before.published))
      before.published = row.published
  }
  return [...byCve.values()].sort((a, b) => (a.cve < b.cve ? -1 : 1))
}

/** `Microsoft Exchange Server 2019 Cumulative Update 15`. */
function productIn(name) {
  const m = /\bExchange Server (?:(20(?:10|13|16|19))\b|(SE|Subscription Edition)\b)/i.exec(name ?? '')
  return m ? `Exchange${m[1] ?? 'SE'}` : null
}

/** `cpe:2.3:a:microsoft:exchange_server:2019:cumulative_update_15:*:*:*:*:*:*`; the edition may stand in the name. */
function productOfCpe(criteria) {
  const [, , , vendor, product = '', version = ''] = (criteria ?? '').split(':')
  if (vendor !== 'microsoft' || !product.startsWith('exchange_server')) return null
  const year = /^20(?:10|13|16|19)$/.exec(version)?.[0] ?? /20(?:10|13|16|19)/.exec(product)?.[0]
  if (year) return `Exchange${year}`
  return /subscription|\bse\b/.test(`${product} ${version} ${criteria}`.replaceAll('_', ' ')) ? 'ExchangeSE' : null
}

const isCve = (text) => /^CVE-\d{4}-\d{4,7}$/.test(text ?? '')

// ---------------------------------------------------------------- builds

/** A row of Microsoft's page: a name such as `Exchange Server 2019 CU15 Nov25SU`, a day, a build. */
function buildOf(cells) {
  const name = cells
    .map((cell) =>
      /^Exchange Server (?:(20\d\d)|(SE|Subscription Edition)) (RTM|CU\d+)(?: ([A-Z][a-z]{2}\d\dS?H?UV?\d?))?$/.exec(
        cell,
      ),
    )
    .find(Boolean)
  const day = cells.map(dayOf).find((found) => found !== null)
  const build = cells.map((cell) => /^(\d+)\.0*(\d+)\.0*(\d+)\.0*(\d+)$/.exec(cell)).find(Boolean)
  if (!name || !day || !build) return []
  const [, year, , cu, update = ''] = name
  return [
    {
      product: `Exchange${year ?? 'SE'}`,
      cu,
      update,
      kind: /SU/.test(update) ? 'SU' : /HU/.test(update) ? 'HU' : cu === 'RTM' ? 'RTM' : 'CU',
      build: build.slice(1).map(Number).join('.'),
      released: day,
      kb: '',
    },
  ]
}

/** `November 11, 2025` as 2025-11-11; null of what is no day. */
function dayOf(text) {
  const iso = /^\d{4}-\d\d-\d\d(?=$|T)/.exec(text)
  if (iso) return iso[0]
  if (!/\b\d{4}$/.test(text) || !/[A-Za-z]/.test(text)) return null
  const time = Date.parse(`${text} UTC`)
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10)
}

/** A cell without tags, links and doubled blanks. */
function plain(cell) {
  return cell
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
}

// ---------------------------------------------------------------- texts

/** The value of a JSON text (a mark of byte order before it or not); undefined of any other text. */
function jsonOf(text) {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** Every object in a value. */
function objectsIn(value) {
  if (typeof value !== 'object' || value === null) return []
  return [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(objectsIn)]
}

/** Cells of a line of CSV. */
function cellsOf(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare,
  )
}
