import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, it } from 'node:test'
import { entries, may } from './architecture.ts'

/**
 * What the same evidence must not depend on; threads need `process`, and only the command line knows clock and
 * user. A thread gives rules the clock by which a slow one is left out: the answer is degraded then, and says so. Rules of time
 * zones come from Intl, asked for one fixed locale.
 */
const banned: readonly (readonly [name: string, pattern: RegExp, allowed: readonly string[]])[] = [
  ['process', /(?<![.\w'`-])process\.\w|from 'node:process'/, ['cli', 'run']],
  ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b/, ['cli', 'run/worker.ts']],
  ['chance', /\bMath\.random\b|\brandom(?:UUID|Bytes|Int)\b/, ['cli']],
  ['the locale', /\bIntl\b|\btoLocale\w*\(|\blocaleCompare\b/, ['cli', 'lib/zones.ts', 'lib/calendars.ts']],
  ['the network', /\bfetch\(|from 'node:(?:https?|net\/connect|tls|dgram|dns)'|\bnew WebSocket\b/, []],
]

/** What the page (web/) may import of src: what a browser can run. Whatever that imports must be so too. */
const forThePage =
  /^(?:model\/[\w-]+|lib\/[\w-]+|reports\/(?:shared\/(?:wording|(?:exposure|mailbox)-words|weighed)|html\/data|briefing\/[\w-]+))\.ts$/

/** Limits of the whole. */
const MOST = { rooms: 18, floors: 7, arrows: 90 }

const src = join(import.meta.dirname, '..', 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort()
const text = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]))

describe('architecture', () => {
  it('no file lies loose in src, and every folder is in the table', () => {
    assert.deepEqual(
      files.filter((file) => !file.includes('/') || !(folderOf(file) in may)),
      [],
    )
    assert.ok(new Set(files.map(folderOf)).size <= MOST.rooms)
  })

  it('nobody imports what the table does not allow', () => {
    const wrong = between()
      .filter(({ from, to }) => !may[folderOf(from)]!.includes(folderOf(to)))
      .map(({ from, to }) => `${from} imports ${to}`)
    assert.deepEqual(wrong, [])
  })

  it('every import from one folder to another is in use by somebody, and there are not too many', () => {
    const used = new Set(between().map(({ from, to }) => `${folderOf(from)} ${folderOf(to)}`))
    const allowed = Object.entries(may).flatMap(([from, all]) => all.map((to) => `${from} ${to}`))
    assert.deepEqual(
      allowed.filter((arrow) => !used.has(arrow)),
      [],
    )
    assert.ok(used.size <= MOST.arrows, String(used.size))
  })

  it('folders stand on few floors', () => {
    const floorOf = (folder: string): number => 1 + Math.max(0, ...may[folder]!.map(floorOf))
    const floors = Object.keys(may).map(floorOf)
    assert.ok(Math.max(...floors) <= MOST.floors, String(Math.max(...floors)))
  })

  it('a folder is entered through the files that it names, and names no other', () => {
    const entered = Map.groupBy(
      between().map(({ to }) => to),
      folderOf,
    )
    for (const folder of Object.keys(may)) {
      const used = [...new Set(entered.get(folder) ?? [])].map((file) => file.slice(folder.length + 1, -3)).sort()
      assert.deepEqual(used, [...(entries[folder] ?? [])].sort(), folder)
    }
  })

  it('every import is of a file that exists, and none goes in a circle', () => {
    assert.deepEqual(
      files.flatMap((file) => importsOf(file).filter((to) => !text.has(to))),
      [],
    )
    const done = new Set<string>()
    for (const file of files) assert.equal(circle(file, [], done), null)
  })

  it('the page imports of src what a browser can run, and nothing of that asks for node', () => {
    const web = join(src, '..', 'web')
    const own = readdirSync(web, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /\.tsx?$/.test(file))
    const reached = new Set<string>()
    for (const file of own)
      for (const [, to] of readFileSync(join(web, file), 'utf8').matchAll(/\bfrom '(\.{1,2}\/[^']+)'/g)) {
        const path = posix.join('web', posix.dirname(file), to!)
        if (path.startsWith('src/')) reached.add(path.slice(4))
      }
    assert.ok(reached.has('model/assessment.ts'))
    for (const file of reached) for (const to of importsOf(file)) reached.add(to)
    assert.deepEqual(
      [...reached].filter((file) => !forThePage.test(file) || /\bfrom 'node:/.test(text.get(file)!)),
      [],
    )
  })

  it('a worker that only lists loads no rules and no parsers', () => {
    const loaded = new Set(['run/worker.ts'])
    for (const file of loaded)
      for (const [, to] of text.get(file)!.matchAll(/^(?:import|export) (?!type\b)[^'"]*?from '(\.{1,2}\/[^']+)'/gm))
        loaded.add(posix.join(posix.dirname(file), to!))
    assert.ok(loaded.has('evidence/zip.ts'))
    assert.deepEqual(
      [...loaded].filter((file) => ['knowledge', 'parsers', 'rules', 'scan'].includes(folderOf(file))),
      [],
    )
  })

  it('tools import from src and tools alone, and nothing of src imports them', () => {
    const folder = join(src, '..', 'tools')
    const own = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts'))
    const imported = own.flatMap((file) =>
      pathsIn(readFileSync(join(folder, file), 'utf8')).map((to) => posix.join('tools', posix.dirname(file), to)),
    )
    assert.ok(imported.some((to) => to.startsWith('tools/')) && imported.some((to) => to.startsWith('src/')))
    assert.deepEqual(
      imported.filter((to) => !/^(?:src|tools)\//.test(to)),
      [],
    )
    const outside = files.flatMap((file) => importsOf(file).filter((to) => to.startsWith('../')))
    assert.deepEqual(outside, [])
  })

  for (const [name, pattern, allowed] of banned) {
    it(`${name}: only in ${allowed.length > 0 ? allowed.join(', ') : 'no file'}`, () => {
      const wrong = files.filter(
        (file) => !allowed.includes(folderOf(file)) && !allowed.includes(file) && pattern.test(codeOf(file)),
      )
      assert.deepEqual(wrong, [])
    })
  }

  it('the checks see what they are to see', () => {
    assert.ok(importsOf('assessment/assess.ts').includes('model/assessment.ts'))
    for (const [sample, name] of [
      ['x = process.env.HOME', 'process'],
      ['new Date()', 'the clock'],
      ['Math.random()', 'chance'],
      ['a.localeCompare(b)', 'the locale'],
      ['await fetch(url)', 'the network'],
    ] as const) {
      assert.match(sample, banned.find(([banName]) => banName === name)![1])
    }
    assert.doesNotMatch('new Date(ms)', banned[1]![1])
  })
})

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.indexOf('/')))
}

/** Imports from one folder to another. */
function between(): { from: string; to: string }[] {
  return files.flatMap((from) =>
    importsOf(from)
      .filter((to) => folderOf(to) !== folderOf(from))
      .map((to) => ({ from, to })),
  )
}

/** Files of src that a file imports, types too, relative to src. */
function importsOf(file: string): string[] {
  return pathsIn(text.get(file)!).map((to) => posix.join(posix.dirname(file), to))
}

/** The files that a text imports, as it names them. */
function pathsIn(code: string): string[] {
  const specifiers = code.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|\bnew URL\()'(\.{1,2}\/[^']+\.ts)'/g)
  return [...specifiers].map(([, to]) => to!)
}

/** The way back to a file that is being followed, if there is one. */
function circle(file: string, way: readonly string[], done: Set<string>): string | null {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file].join(' → ')
  if (done.has(file)) return null
  done.add(file)
  for (const to of importsOf(file)) {
    const found = text.has(to) ? circle(to, [...way, file], done) : null
    if (found) return found
  }
  return null
}

/** The text without comments: they may name what the code must not use. */
function codeOf(file: string): string {
  return text.get(file)!.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '')
}
