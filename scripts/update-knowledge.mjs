// Brings the knowledge tables up to what is published: builds of Exchange Server, and vulnerabilities whose use is known.
//   node scripts/update-knowledge.mjs --builds FILE-OR-URL --kev FILE-OR-URL --cves FILE-OR-URL [--date DAY] [--into FOLDER] [--write]
// --builds  Microsoft's page "Exchange Server build numbers and release dates", as HTML, Markdown or JSON
// --kev     the catalog of CISA of known exploited vulnerabilities, as JSON
// --cves    vulnerabilities, any number of lists: JSON of MSRC (monthly document, Security Update Guide), of NVD (2.0) or of
//           the CVE list, or a CSV with the columns of knowledge/cves.csv
// --date    the day on which the lists were downloaded (default: today)
// Without --write it only prints the differences. Rows are added and never removed, and empty cells filled; which update
// fixes what (knowledge/fixes.csv) is written by hand from the advisories that --cves names.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildsIn, rowsOf, vulnerabilitiesIn } from './published-lists.mjs'
import { root } from './ready.mjs'

const { values } = parseArgs({
  options: {
    builds: { type: 'string' },
    kev: { type: 'string' },
    cves: { type: 'string', multiple: true, default: [] },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    into: { type: 'string', default: join(root, 'knowledge') },
    write: { type: 'boolean', default: false },
  },
})
if (!/^\d{4}-\d\d-\d\d$/.test(values.date)) fail(`--date expects a day such as 2026-11-28, not ${values.date}.`)
if (!values.builds && !values.kev && values.cves.length === 0)
  fail('Name a list: --builds, --kev or --cves, each a file or a URL.')

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
if (values.cves.length > 0) {
  const table = tableOf('cves.csv')
  const added = []
  for (const list of values.cves) {
    const found = vulnerabilitiesIn(await textOf(list))
    if (found === null)
      fail(
        `${list} is no list of vulnerabilities: JSON of MSRC, NVD or the CVE list, or a CSV with a column named cve.`,
      )
    for (const row of found) addVulnerability(table, added, row)
  }
  for (const row of added) say(`cves.csv + ${lineOf(table, row)}`)
  finish('cves.csv', table, added, 'vulnerabilities', values.cves.join(' '))
}
if (values.kev) {
  const table = tableOf('cves.csv')
  const catalog = JSON.parse(await textOf(values.kev)).vulnerabilities
  if (!Array.isArray(catalog)) fail(`${values.kev} has no list of vulnerabilities.`)
  const added = new Map(catalog.map(({ cveID, dateAdded }) => [cveID, dateAdded]))
  const changed = table.rows.filter((row) => added.has(row.cve) && row.kev !== added.get(row.cve))
  for (const row of changed) {
    say(`cves.csv ~ ${row.cve}: known to be used, in the catalog since ${added.get(row.cve)}`)
    Object.assign(row, { exploited: 'yes', kev: added.get(row.cve) })
  }
  const ours = new Set(table.rows.map(({ cve }) => cve))
  for (const { cveID, product, vendorProject } of catalog)
    if (vendorProject === 'Microsoft' && /Exchange/.test(product ?? '') && !ours.has(cveID))
      say(`cves.csv ? ${cveID} is in the catalog and not in the table: give it with --cves`)
  differences += changed.length
  finish('cves.csv', table, [], null, values.kev)
}
say(
  differences === 0
    ? 'No difference.'
    : `${differences} ${differences === 1 ? 'difference' : 'differences'}${values.write ? ' written.' : '. Nothing is written without --write.'}`,
)

/** A row that the table lacks is added; where it has the row, cells that are empty are filled. */
function addVulnerability(table, added, row) {
  const known = [...table.rows, ...added].find(({ cve }) => cve === row.cve)
  if (!known) {
    added.push(row)
    return
  }
  const filled = ['impact', 'cvss', 'published'].filter((name) => known[name] === '' && (row[name] ?? '') !== '')
  for (const name of filled) known[name] = row[name]
  if (filled.length === 0 || added.includes(known)) return
  say(`cves.csv ~ ${row.cve}: ${filled.map((name) => `${name} ${row[name]}`).join(', ')}`)
  differences++
}

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

async function textOf(source) {
  if (!/^https?:\/\//.test(source)) return readFileSync(source, 'utf8')
  const answer = await fetch(source)
  if (!answer.ok) fail(`${source} answered ${answer.status}.`)
  return await answer.text()
}

function tableOf(file) {
  return rowsOf(readFileSync(join(values.into, file), 'utf8'))
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
