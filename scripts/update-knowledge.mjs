// Brings the knowledge tables up to what is published: builds of Exchange Server, and vulnerabilities whose use is known.
//   node scripts/update-knowledge.mjs --builds FILE-OR-URL --kev FILE-OR-URL --cves FILE-OR-URL [--date DAY] [--into FOLDER] [--write]
// --builds  Microsoft's page "Exchange Server build numbers and release dates", as HTML or Markdown
// --kev     the catalogue of CISA of known exploited vulnerabilities, as JSON
// --cves    a list of vulnerabilities of Exchange, as CSV with the columns of knowledge/cves.csv
// --date    the day on which the lists were downloaded; today where it is not said
// Without --write it only prints the differences. Rows are added and never taken away; which update fixes what
// (knowledge/fixes.csv) is written by hand from the advisories that --cves names.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './ready.mjs'

const { values } = parseArgs({
  options: {
    builds: { type: 'string' },
    kev: { type: 'string' },
    cves: { type: 'string' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    into: { type: 'string', default: join(root, 'knowledge') },
    write: { type: 'boolean', default: false },
  },
})
if (!/^\d{4}-\d\d-\d\d$/.test(values.date)) fail(`--date expects a day such as 2026-11-28, not ${values.date}.`)
if (!values.builds && !values.kev && !values.cves) fail('Name a list: --builds, --kev or --cves, each a file or a URL.')

const until = tableOf('known-until.csv')
let differences = 0
if (values.builds) {
  const table = tableOf('builds.csv')
  const known = new Set(table.rows.map((row) => `${row.product} ${row.build}`))
  const found = buildsIn(await textOf(values.builds))
  if (found.length === 0) fail(`${values.builds} has no row of a build: is it the page of build numbers?`)
  const added = found.filter((row) => !known.has(`${row.product} ${row.build}`))
  for (const row of added) say(`builds.csv + ${lineOf(table, row)}`)
  finish('builds.csv', table, added, 'builds', values.builds)
}
if (values.cves) {
  const table = tableOf('cves.csv')
  const known = new Set(table.rows.map(({ cve }) => cve))
  const found = rowsOf(await textOf(values.cves)).rows.filter(({ cve }) => /^CVE-\d{4}-\d{4,7}$/.test(cve ?? ''))
  if (found.length === 0) fail(`${values.cves} has no row of a vulnerability: a column named cve is needed.`)
  const added = found.filter(({ cve }) => !known.has(cve))
  for (const row of added) say(`cves.csv + ${lineOf(table, row)}`)
  finish('cves.csv', table, added, 'vulnerabilities', values.cves)
}
if (values.kev) {
  const table = tableOf('cves.csv')
  const catalogue = JSON.parse(await textOf(values.kev)).vulnerabilities
  if (!Array.isArray(catalogue)) fail(`${values.kev} has no list of vulnerabilities.`)
  const added = new Map(catalogue.map(({ cveID, dateAdded }) => [cveID, dateAdded]))
  const changed = table.rows.filter((row) => added.has(row.cve) && row.kev !== added.get(row.cve))
  for (const row of changed) {
    say(`cves.csv ~ ${row.cve}: known to be used, in the catalogue since ${added.get(row.cve)}`)
    Object.assign(row, { exploited: 'yes', kev: added.get(row.cve) })
  }
  const ours = new Set(table.rows.map(({ cve }) => cve))
  for (const { cveID, product, vendorProject } of catalogue)
    if (vendorProject === 'Microsoft' && /Exchange/.test(product ?? '') && !ours.has(cveID))
      say(`cves.csv ? ${cveID} is in the catalogue and not in the table: give it with --cves`)
  differences += changed.length
  finish('cves.csv', table, [], null, values.kev)
}
say(
  differences === 0
    ? 'No difference.'
    : `${differences} ${differences === 1 ? 'difference' : 'differences'}${values.write ? ' written.' : '. Nothing is written without --write.'}`,
)

/** Rows that the table lacks go behind its last row of the product; what the list settles is known until its day. */
function finish(file, table, added, about, source) {
  for (const row of added) {
    const last = table.rows.findLastIndex(({ product }) => product !== undefined && product === row.product)
    table.rows.splice(last < 0 ? table.rows.length : last + 1, 0, row)
  }
  differences += added.length
  if (!values.write) return
  writeTable(file, table)
  if (about === null) return
  const row = until.rows.find((one) => one.about === about)
  const next = { about, until: values.date, source: source.replaceAll(/[",\r\n]/g, ' ') }
  if (row) Object.assign(row, next)
  else until.rows.push(next)
  writeTable('known-until.csv', until)
}

/** Rows of Microsoft's page: a name such as `Exchange Server 2019 CU15 Nov25SU`, a day, a build. */
function buildsIn(page) {
  const rows = [
    ...[...page.matchAll(/<tr\b[^>]*>([^]*?)<\/tr>/gi)].map(([, row]) =>
      [...row.matchAll(/<t[dh]\b[^>]*>([^]*?)<\/t[dh]>/gi)].map(([, cell]) => cell),
    ),
    ...page.split('\n').flatMap((line) => (/^\s*\|/.test(line) ? [line.split('|').slice(1, -1)] : [])),
  ].map((cells) => cells.map(plain))
  return rows.flatMap((cells) => {
    const name =
      /Exchange Server (?:(20\d\d)|(SE|Subscription Edition)) (RTM|CU\d+)(?: ([A-Z][a-z]{2}\d\dS?H?UV?\d?))?$/.exec(
        cells[0] ?? '',
      )
    const day = cells
      .slice(1)
      .map(dayOf)
      .find((found) => found !== null)
    const build = cells
      .slice(1)
      .map((cell) => /^(\d+)\.0*(\d+)\.0*(\d+)\.0*(\d+)$/.exec(cell))
      .find(Boolean)
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
  })
}

/** `November 11, 2025` as 2025-11-11; null of what is no day. */
function dayOf(text) {
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

async function textOf(source) {
  if (!/^https?:\/\//.test(source)) return readFileSync(source, 'utf8')
  const answer = await fetch(source)
  if (!answer.ok) fail(`${source} answered ${answer.status}.`)
  return await answer.text()
}

function tableOf(file) {
  return rowsOf(readFileSync(join(values.into, file), 'utf8'))
}

/** Comments, the names of columns, and rows. */
function rowsOf(text) {
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

/** Cells of a line of CSV. */
function cellsOf(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare,
  )
}

function lineOf({ names }, row) {
  return names
    .map((name) => (/[",\n]/.test(row[name] ?? '') ? `"${row[name].replaceAll('"', '""')}"` : (row[name] ?? '')))
    .join(',')
}

function writeTable(file, table) {
  const lines = [...table.comments, table.names.join(','), ...table.rows.map((row) => lineOf(table, row))]
  writeFileSync(join(values.into, file), `${lines.join('\n')}\n`)
}

function say(line) {
  process.stdout.write(`${line}\n`)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
