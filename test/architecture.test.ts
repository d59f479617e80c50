import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, it } from 'node:test'
import { entries, may } from './architecture.ts'
import { between, figures, files, folderOf, importsOf, MOST, pathsIn, src, text } from './imports.ts'

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
  /^(?:model\/[\w-]+|lib\/[\w-]+|locales\/[\w/-]+|reports\/(?:shared\/(?:selections|weighed)|html\/data|briefing\/[\w-]+))\.ts$/

describe('architecture', () => {
  it('no file lies loose in src, and every folder is in the table', () => {
    assert.deepEqual(
      files.filter((file) => !file.includes('/') || !(folderOf(file) in may)),
      [],
    )
    assert.ok(figures().rooms <= MOST.rooms)
  })

  it('nobody imports what the table does not allow', () => {
    const wrong = between()
      .filter(({ from, to }) => !may[folderOf(from)]!.includes(folderOf(to)))
      .map(({ from, to }) => `${from} imports ${to}`)
    assert.deepEqual(wrong, [])
  })

  it('every import from one folder to another is in use, and there are not too many', () => {
    const used = new Set(between().map(({ from, to }) => `${folderOf(from)} ${folderOf(to)}`))
    const allowed = Object.entries(may).flatMap(([from, all]) => all.map((to) => `${from} ${to}`))
    assert.deepEqual(
      allowed.filter((arrow) => !used.has(arrow)),
      [],
    )
    assert.ok(figures().arrows <= MOST.arrows)
  })

  it('folders stand on few floors', () => {
    assert.ok(figures().floors <= MOST.floors)
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
