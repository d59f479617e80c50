// `node test/bench/text.ts [megabytes] [iis|httpproxy|more] [--rounds N]`: how fast text logs pass 0, 100, 1,000 and 3,000
// rules in one thread and in two, with and without the SHA-256 of every file, beside `cat`, `rg` and `yara` with the same
// literals; then what single things cost (`more`), and the whole of `postern assess`. Logs and rules are made the same way
// each time. Each line is a process of its own, and a round has one of each; CPU seconds count, not the clock.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { zipOf } from '../../tools/writers/zip.ts'
import { assess, type Line, other, ours, print, rounds } from './measure.ts'
import { webRules, type Written, writeDistinct, writeHttpProxy, writeIis } from './text-logs.ts'
import type { Reading } from './text-reader.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string' } } })
const megabytes = Number(positionals[0] ?? 2000)
const times = Number(values.rounds ?? 5)
const only = positionals[1]
/** How most lines are read. */
const FEW = { rules: 1000, threads: 1, isHashed: true, way: 'kernel' } as const
const names = ['iis', 'httpproxy', 'more']
if (!(megabytes > 0) || !(Number.isInteger(times) && times > 0) || !(only === undefined || names.includes(only))) {
  console.error(`usage: text.ts [MEGABYTES] [${names.join('|')}] [--rounds N]`)
  process.exit(2)
}
const version = spawnSync('rg', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? 'no rg'
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${version}`)
if (only !== 'httpproxy' && only !== 'more') await within('iis', writeIis, true)
if (only !== 'iis' && only !== 'more') await within('httpproxy', writeHttpProxy, false)
if (only === undefined || only === 'more') {
  await parts()
  await distinct()
}

/** The table of one kind of log. `isScaled`: and how the time grows with the input. */
async function within(
  name: string,
  make: (folder: string, bytes: number) => Written,
  isScaled: boolean,
): Promise<void> {
  await inFolder(async (folder) => {
    const evidence = join(folder, 'evidence')
    const { rows, planted } = make(evidence, megabytes * 1e6)
    const reading = (line: Partial<Reading>): Reading => ({ ...FEW, evidence, ...line })
    console.log(`\n${name}: ${megabytes} MB, ${rows} rows, ${planted} planted; ${times} rounds`)
    const table = await rounds(times, [
      ...others(folder, evidence),
      ...[true, false].flatMap((isHashed) =>
        [1, 2].flatMap((threads) =>
          [0, 100, 1000, 3000].map((rules) =>
            ours(
              `Postern, ${rules} rules, ${threads === 1 ? 'one thread' : 'two threads'}${isHashed ? '' : ', no SHA-256'}`,
              reading({ rules, threads, isHashed }),
              {
                hits: rules === 0 ? 0 : planted,
                rows,
                ...(rules === 0 ? {} : { besides: `rg, literals of ${rules} rules` }),
              },
            ),
          ),
        ),
      ),
      ours('Postern, 1000 rules, no WebAssembly (first file)', reading({ way: 'plain', files: 1 }), { isOnce: true }),
      ours('Postern, 1000 rules, every row an event (first file)', reading({ way: 'events', files: 1 }), {
        isOnce: true,
      }),
    ])
    print(table, 'Postern, 1000 rules, one thread')
    await whole(folder, reading)
    if (isScaled) await scaled(evidence, reading)
  })
}

/** Other programs: with what most rows hold, with the first texts of the rules, and with those of all of them. */
function others(folder: string, evidence: string): Line[] {
  const { literals } = webRules(3000)
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const rg = (what: string, texts: readonly string[], isOnce = false): Line => {
    const file = write(`${what}.txt`, `${texts.join('\n')}\n`)
    return other(what, ['rg', '-j1', '-a', '-i', '-F', '-c', '-f', file], evidence, megabytes, { isOnce })
  }
  const strings = literals.slice(0, 50).map((text, i) => `$a${i} = ${JSON.stringify(text)} nocase`)
  const yara = write('literals.yar', `rule any_of_them { strings: ${strings.join('\n')} condition: any of them }\n`)
  return [
    other('cat', ['cat'], evidence, megabytes),
    other('rg -c POST', ['rg', '-j1', '-a', '-c', 'POST'], evidence, megabytes),
    rg('rg, 50 literals', literals.slice(0, 50)),
    rg('rg, 500 literals', literals.slice(0, 500)),
    rg('rg, literals of 100 rules', webRules(100).literals),
    rg('rg, literals of 1000 rules', webRules(1000).literals),
    rg('rg, literals of 3000 rules', literals, true),
    other('yara, 50 literals', ['yara', '-p', '1', '-r', yara], evidence, megabytes, { isOnce: true, isFolder: true }),
  ]
}

/** The whole program over the same logs with the packs that ship, beside the reading alone. */
async function whole(folder: string, reading: (line: Partial<Reading>) => Reading): Promise<void> {
  const table = await rounds(Math.min(times, 3), [
    ...[1, 2].map((threads) =>
      ours(`reading alone, rules that ship, ${threads} thread(s)`, reading({ rules: 'packs', threads })),
    ),
    ...[1, 2].map((jobs) => assess(`postern assess --jobs ${jobs}`, reading({}).evidence, megabytes, jobs, folder)),
  ])
  print(table, 'reading alone, rules that ship, 1 thread(s)')
}

/** Time for one, two, five and ten times as much. */
async function scaled(evidence: string, reading: (line: Partial<Reading>) => Reading): Promise<void> {
  const all = filesIn(evidence).length
  const counts = [...new Set([0.1, 0.2, 0.5, 1].map((part) => Math.max(1, Math.round(part * all))))]
  const table = await rounds(
    Math.min(times, 3),
    counts.map((files) => ours(`Postern, 1000 rules, ${files} files of 64 MB`, reading({ files }))),
  )
  print(table, table.keys().next().value!)
}

/** What one rule, lists and archives cost, on a tenth of the input. */
async function parts(): Promise<void> {
  await inFolder(async (folder) => {
    const evidence = join(folder, 'plain')
    const few = Math.max(1, megabytes / 10)
    const { rows, planted } = writeIis(evidence, few * 1e6)
    const archives = packed(folder, evidence)
    const plain = 'Postern, 1000 rules'
    const more = (what: string, selection: string, hits?: number): Line =>
      ours(what, { ...FEW, evidence, more: selection }, { rows, ...(hits === undefined ? {} : { hits }) })
    console.log(`\nsingle things, IIS: ${few} MB, ${rows} rows; ${times} rounds`)
    const table = await rounds(times, [
      ours(plain, { ...FEW, evidence }, { rows, hits: planted }),
      more('… and cs-method: [GET, POST]', 'cs-method: [GET, POST]', planted + rows),
      more('… and a text of every row', `cs-uri-stem|contains: '/'`, planted + rows),
      more('… and a text of nine rows in ten, values all distinct', `cs-uri-query|contains: 'CorrelationID'`),
      more('… and a regular expression of every row', `cs-uri-stem|re: '^/[a-zA-Z.]'`, planted + rows),
      more('… and one of nine rows in ten, values all distinct', `cs-uri-query|re: 'cafe[A-Z]\\w+='`),
      ours('… and 50,000 addresses', { ...FEW, evidence, listed: 'addresses' }, { rows, hits: planted }),
      ours('… and 50,000 names of pages', { ...FEW, evidence, listed: 'names' }, { rows, hits: planted }),
      ...archives.map(([form, archive]) =>
        ours(`Postern, 1000 rules, of ${form}`, { ...FEW, evidence: archive }, { rows, hits: planted }),
      ),
    ])
    print(table, plain)
  })
}

/** The same logs, packed: each by itself, or all in one. */
function packed(folder: string, evidence: string): (readonly [form: string, path: string])[] {
  const files = filesIn(evidence).map((path) => [relative(evidence, path), readFileSync(path)] as const)
  for (const [form, pack] of [
    ['gz', (bytes: Buffer) => gzipSync(bytes, { level: 6 })],
    ['zst', (bytes: Buffer) => zstdCompressSync(bytes)],
  ] as const) {
    for (const [name, bytes] of files) {
      mkdirSync(join(folder, form, name, '..'), { recursive: true })
      writeFileSync(join(folder, form, `${name}.${form}`), pack(bytes))
    }
  }
  const members = files.map(([name, content]) => ({ name, content, method: 8 }))
  writeFileSync(join(folder, 'logs.zip'), zipOf(members))
  return [
    ['gzip files', join(folder, 'gz')],
    ['a zip', join(folder, 'logs.zip')],
    ['zstd files', join(folder, 'zst')],
  ]
}

/** Rows of which each has a value that no other has: 10 million of 2,000 MB. */
async function distinct(): Promise<void> {
  await inFolder(async (folder) => {
    const of = (own: 'nothing' | 'names' | 'address') => {
      const evidence = join(folder, own)
      return { evidence, rows: writeDistinct(evidence, megabytes * 5000, own).rows }
    }
    const [shared, names, address] = [of('nothing'), of('names'), of('address')]
    console.log(`\nvalues, IIS with ten columns: ${shared.rows} rows; ${Math.min(times, 3)} rounds`)
    const plain = '5,000 users, client programs and addresses'
    const line = (what: string, { evidence, rows }: typeof shared): Line =>
      ours(what, { ...FEW, evidence }, { rows, hits: 0 })
    const table = await rounds(Math.min(times, 3), [
      line(plain, shared),
      line('a user and a client program of its own for each row', names),
      line('an address of its own for each row', address),
    ])
    print(table, plain)
  })
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
  try {
    await act(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
