import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseAst, transformWithOxc } from 'vite'

// What runs before the packages are there, on whatever Node the user has.

const root = join(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'postern-start-'))
after(() => rmSync(scratch, { recursive: true, force: true }))

type Entry = { readonly version: string; readonly link?: boolean; readonly optional?: boolean }
type Packages = Readonly<Record<string, Entry & { readonly engines?: { readonly node?: string } }>>
type Ready = {
  readonly takenPackages: (packages: Packages, on: Readonly<Record<'os' | 'cpu' | 'libc', string | null>>) => string[]
  readonly isBrought: (folder: string) => boolean
  readonly nodePackages: Readonly<Record<string, string>>
}
const ready = (await import(pathToFileURL(join(root, 'scripts', 'ready.mjs')).href)) as Ready
const sampleResults = (await import(pathToFileURL(join(root, 'scripts', 'sample-results.mjs')).href)) as {
  readonly makeRoom: (folder: string, sample: string, names: readonly string[]) => readonly string[] | null
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Packages }

/** What an old Node parses first, with all that it imports. */
const entries = ['scripts/start.mjs', 'scripts/test.mjs', 'scripts/build.mjs', 'postern.mjs']

describe('what starts first', () => {
  for (const file of filesFrom(entries)) {
    it(`${file} is in JavaScript of 2019 and imports what every Node has`, async () => {
      const code = readFileSync(join(root, file), 'utf8')
      const [newest, old] = await Promise.all(
        ['esnext', 'es2019'].map(
          async (target) => (await transformWithOxc(code, file, { target, sourcemap: false })).code,
        ),
      )
      assert.equal(old, newest)
      assert.ok(!awaitsAtTop(code))
      for (const { source, names } of importsOf(code)) {
        assert.ok(!source.startsWith('node:'), source)
        // A name that an older Node does not have ends the start before any line of it runs.
        if (!source.startsWith('.')) assert.deepEqual([source, names], [source, ['default']])
      }
    })
  }

  it('the test itself knows newer JavaScript', async () => {
    for (const code of ['a?.b', 'a ?? b', 'a ||= b', 'class A { b = 1 }']) {
      const lowered = await transformWithOxc(`${code}\n`, 'a.mjs', { target: 'es2019', sourcemap: false })
      const kept = await transformWithOxc(`${code}\n`, 'a.mjs', { target: 'esnext', sourcemap: false })
      assert.notEqual(lowered.code, kept.code, code)
    }
    assert.ok(awaitsAtTop('await a()') && awaitsAtTop('for await (const a of b) a()'))
    assert.ok(!awaitsAtTop('async function a() { await b() }'))
  })

  it('the command of the package is in JavaScript that every Node parses', async () => {
    const code = readFileSync(join(root, 'bin', 'postern.cjs'), 'utf8').replace(/^#!.*/, '')
    const [newest, old] = await Promise.all(
      ['esnext', 'es2015'].map(
        async (target) => (await transformWithOxc(code, 'a.js', { target, sourcemap: false })).code,
      ),
    )
    assert.equal(old, newest)
    assert.ok(!/\b(?:let|const|class|import|async)\b|=>|`/.test(code.replace(/^\s*\/\/.*$/gm, '')))
  })

  const from = (version: string, entry: string) => {
    const stub = join(scratch, 'stub.cjs')
    const value = JSON.stringify({ ...process.versions, node: version })
    writeFileSync(stub, `Object.defineProperty(process, 'versions', { value: ${value} })\n`)
    return spawnSync(process.execPath, ['--require', stub, join(root, entry)], { encoding: 'utf8', cwd: scratch })
  }
  for (const version of ['12.22.9', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])
    it(`Node ${version} is told in one sentence what is needed`, () => {
      for (const entry of entries) {
        const { status, stderr, stdout } = from(version, entry)
        assert.equal(
          stderr,
          `postern: Node 22.12 or newer (or 20.19) is needed to start, and this is Node ${version}. Install a current version from https://nodejs.org and run the same command again.\n`,
        )
        assert.deepEqual([status, stdout], [1, ''])
      }
    })
})

describe('npm start', () => {
  it('says what npm took of its options', () => {
    const env = { ...process.env, npm_config_out: 'true', npm_config_each: 'true' }
    const start = join(root, 'scripts', 'start.mjs')
    const { status, stderr } = spawnSync(process.execPath, [start, 'assess', 'X', 'R'], { encoding: 'utf8', env })
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^postern: npm has taken --out, --each for itself\. Run it without npm: node postern\.mjs assess [^\n]+\n$/,
    )
  })
})

describe('the command of the package', () => {
  const { bin, engines, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly bin: { readonly postern: string }
    readonly engines: { readonly node: string }
    readonly files: readonly string[]
  }
  const under = (version: string) => {
    const stub = join(scratch, 'bin.cjs')
    const value = JSON.stringify({ ...process.versions, node: version })
    writeFileSync(stub, `Object.defineProperty(process, 'versions', { value: ${value} })\n`)
    return spawnSync(process.execPath, ['--require', stub, join(root, bin.postern), '--version'], { encoding: 'utf8' })
  }
  it('ships, and runs the program', () => {
    assert.ok(files.includes(dirname(bin.postern)))
    const { status, stdout, stderr } = under(process.versions.node)
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /^\d+\.\d+\.\d+\n/)
  })
  it('says which Node is needed on one that is older than engines', () => {
    for (const version of ['0.10.48', '12.22.9', '20.20.2', '22.17.1']) {
      const { status, stdout, stderr } = under(version)
      assert.deepEqual(
        [status, stdout, stderr],
        [
          1,
          '',
          `postern: Node ${engines.node.slice(2)} or newer is needed, and this is Node ${version}. Install a current version from https://nodejs.org and run the same command again.\n`,
        ],
      )
    }
  })
})

describe('packages', () => {
  const platforms = [
    { os: 'linux', cpu: 'x64', libc: 'glibc' },
    { os: 'linux', cpu: 'arm64', libc: 'glibc' },
    { os: 'darwin', cpu: 'x64', libc: null },
    { os: 'darwin', cpu: 'arm64', libc: null },
    { os: 'win32', cpu: 'x64', libc: null },
    { os: 'win32', cpu: 'arm64', libc: null },
  ]
  for (const on of platforms)
    it(`bring Node and every native half to ${on.os} ${on.cpu}`, () => {
      const taken = ready.takenPackages(packages, on)
      const node = `node_modules/${ready.nodePackages[`${on.os}-${on.cpu}`]}`
      assert.ok(taken.includes(node), node)
      const [major, minor] = packages[node]!.version.split('.').map(Number)
      assert.ok(major! > 22 || (major === 22 && minor! >= 18), packages[node]!.version)
      for (const half of ['@rolldown/binding-', '@biomejs/cli-', '@oxlint/binding-', '@typescript/typescript-'])
        assert.ok(
          taken.some((name) => name.startsWith(`node_modules/${half}${on.os}`)),
          half,
        )
      // npm leaves out an optional package, without a word, whose engines exclude the Node that starts.
      for (const name of taken.filter((one) => packages[one]?.optional && packages[one].engines?.node))
        assert.ok(
          ['20.19.0', '22.12.0', '24.0.0'].every((version) => holds(packages[name]!.engines!.node!, version)),
          name,
        )
    })

  it('are brought anew when one is missing, of another version, or of another platform', () => {
    const copy = join(scratch, 'brought')
    const lock = {
      packages: {
        '': { dependencies: { a: '1.0.0', here: '1.0.0' }, optionalDependencies: { there: '1.0.0' } },
        'node_modules/a': { version: '1.0.0', optionalDependencies: { b: '1.0.0' } },
        'node_modules/b': { version: '1.0.0', optional: true },
        'node_modules/here': { version: '1.0.0', os: [process.platform], cpu: [process.arch] },
        'node_modules/there': { version: '1.0.0', os: ['aix'], dependencies: { c: '1.0.0' }, optional: true },
        'node_modules/c': { version: '1.0.0', optional: true },
      },
    }
    const write = (path: string, value: unknown): void => {
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      writeFileSync(join(copy, path), JSON.stringify(value))
    }
    write('package-lock.json', lock)
    assert.ok(!ready.isBrought(copy))
    for (const name of ['a', 'b', 'here']) write(`node_modules/${name}/package.json`, { version: 'v1.0.0' })
    // npm writes this at its end.
    assert.ok(!ready.isBrought(copy))
    write('node_modules/.package-lock.json', {})
    assert.ok(ready.isBrought(copy))
    for (const name of ['a', 'b', 'here']) {
      const kept = join(scratch, 'kept')
      cpSync(join(copy, 'node_modules', name), kept, { recursive: true })
      rmSync(join(copy, 'node_modules', name), { recursive: true })
      assert.ok(!ready.isBrought(copy), name)
      write(`node_modules/${name}/package.json`, { version: '0.9.0' })
      assert.ok(!ready.isBrought(copy), name)
      cpSync(kept, join(copy, 'node_modules', name), { recursive: true })
      assert.ok(ready.isBrought(copy))
    }
  })
})

describe('the folder of the sample', () => {
  const { makeRoom } = sampleResults
  const names = ['run.json', 'report.html']
  const folder = (name: string, files: Readonly<Record<string, string>>): string => {
    const out = join(scratch, name)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(out, path)), { recursive: true })
      writeFileSync(join(out, path), text)
    }
    return out
  }
  const run = (evidence: string): string => JSON.stringify({ evidence: [evidence] })
  const own = { 'summary.json': '', 'A/run.json': run(root), 'A/report.html': '' }

  it('gives way when it holds results of the sample, and nothing else', () => {
    const out = folder('own', own)
    assert.equal(makeRoom(out, root, names), null)
    assert.ok(!existsSync(out))
    assert.equal(makeRoom(out, root, names), null)
  })
  it('stays when a run of the sample was interrupted', () => {
    const out = folder('unfinished', { 'unfinished/ledger': '' })
    assert.equal(makeRoom(out, root, names), null)
    assert.ok(existsSync(out))
  })
  for (const [name, more] of [
    ['notes', { 'notes.txt': '' }],
    ['notes beside a report', { 'A/notes.txt': '' }],
    ['a folder in a report', { 'A/mine/x': '' }],
    ['results of other evidence', { 'A/run.json': run('/elsewhere') }],
    ['a report without its run', { 'B/report.html': '' }],
  ] as const)
    it(`stays when it holds ${name}`, () => {
      const out = folder(name, { ...own, ...more })
      assert.equal(makeRoom(out, root, names)?.length, 1)
      for (const file of Object.keys({ ...own, ...more })) assert.ok(existsSync(join(out, file)))
    })
})

/** These files and all that they import from the project. */
function filesFrom(files: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const add = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    for (const { source } of importsOf(readFileSync(join(root, file), 'utf8')))
      if (source.startsWith('.')) add(join(dirname(file), source).replaceAll('\\', '/'))
  }
  for (const file of files) add(file)
  return [...found]
}

function importsOf(code: string): readonly { readonly source: string; readonly names: readonly string[] }[] {
  return parseAst(code).body.flatMap((node) =>
    node.type === 'ImportDeclaration'
      ? [
          {
            source: node.source.value,
            names: node.specifiers.map((one) =>
              one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : 'default',
            ),
          },
        ]
      : [],
  )
}

/** Does a module wait outside of every function? */
function awaitsAtTop(code: string): boolean {
  const walk = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false
    const { type, await: isAwaited } = node as { readonly type?: string; readonly await?: boolean }
    if (type !== undefined && /Function/.test(type)) return false
    if (type === 'AwaitExpression' || isAwaited === true) return true
    return Object.values(node).some(walk)
  }
  return walk(parseAst(`${code}\nexport {}`).body)
}

/** Is a version in a range such as `^20.19.0 || >=22.12.0`? */
function holds(range: string, version: string): boolean {
  const number = (text: string): number => {
    const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number)
    return major * 1e6 + minor * 1e3 + patch
  }
  return range.split('||').some((part) => {
    const [, sign, wanted] = /^\s*(\^|>=)\s*([\d.]+)\s*$/.exec(part)!
    const isNewer = number(version) >= number(wanted!)
    return sign === '^' ? isNewer && version.split('.')[0] === wanted!.split('.')[0] : isNewer
  })
}
