import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv } from 'ajv'

type Package = {
  readonly version?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly link?: boolean
  readonly optional?: boolean
  readonly os?: unknown
  readonly cpu?: unknown
}
type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>
type Component = {
  readonly name: string
  readonly version: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses?: readonly unknown[]
}

const root = join(import.meta.dirname, '..')
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Package>> }
const installed = Object.entries(packages).filter(([path, { link }]) => path.startsWith('node_modules/') && !link)
const filesIn = (top: string): string[] => {
  const names = top.includes('.') ? [''] : (readdirSync(join(root, top), { recursive: true }) as string[])
  return names.map((name) => join(root, top, name)).filter((file) => statSync(file).isFile())
}
const scratch = mkdtempSync(join(tmpdir(), 'postern-supply-'))
after(() => rmSync(scratch, { recursive: true, force: true }))

describe('packages', () => {
  it('all stand in the lock file with their digest, and none runs a script when it is installed', () => {
    assert.ok(installed.length > 50)
    for (const [path, { integrity, hasInstallScript }] of installed) {
      assert.match(integrity ?? '', /^sha512-[A-Za-z0-9+/]{86}==$/, path)
      assert.equal(hasInstallScript, undefined, path)
    }
  })

  it('are asked for in exact versions', () => {
    for (const folder of [[], ['scripts', 'node'], ['test', 'engines']]) {
      const manifest = json(...folder, 'package.json') as Manifest
      for (const kind of ['dependencies', 'optionalDependencies', 'devDependencies'])
        for (const [name, version] of Object.entries(manifest[kind] ?? {}))
          assert.match(version, /^(?:\d+\.\d+\.\d+|file:scripts\/node)$/, name)
    }
  })

  it('are all used: imported by the code, run by a script, or types and parts of one that is', () => {
    const manifest = json('package.json') as Manifest & { readonly scripts: Readonly<Record<string, string>> }
    const names = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {}),
    )
    const code = ['src', 'web', 'test', 'tools', 'scripts']
      .flatMap((top) => filesIn(top))
      .filter((file) => /\.(?:m?[jt]s|tsx|json)$/.test(file) && !/package-lock\.json$/.test(file))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
      // This list names packages, and uses none.
      .replace(/const neededBy[\s\S]*?\n {4}\}\n/, '')
    // What no line of ours names, and what needs it.
    const neededBy: Readonly<Record<string, string>> = {
      'oxlint-tsgolint': 'oxlint',
      '@types/node': 'node',
      '@types/react': 'react',
      '@types/react-dom': 'react-dom',
      '@types/yauzl': 'yauzl',
    }
    const isNamed = (name: string): boolean =>
      new RegExp(`['"\`/]${name.replaceAll('/', "(?:/|', ')")}(?:['"\`/]|\\b)`).test(code)
    assert.ok(names.length > 20)
    assert.deepEqual(
      names.filter((name) => {
        const by = neededBy[name]
        return by === undefined ? !isNamed(name) : !names.includes(by) || !isNamed(by)
      }),
      [],
    )
    // A name that only this list holds is none that is used.
    assert.deepEqual(
      Object.keys(neededBy).filter((name) => !names.includes(name)),
      [],
    )
  })

  it('hold the development interpreter for every platform, and none of it ships', () => {
    const manifest = json('scripts', 'node', 'package.json') as Manifest
    const names = Object.keys(manifest.optionalDependencies!)
    assert.equal(names.length, 6)
    for (const name of names) {
      const entry = packages[`node_modules/${name}`]
      assert.ok(entry?.os && entry.cpu && entry.dev && entry.optional, name)
    }
  })

  it('installed without scripts and without those of development, are enough for a run', () => {
    const copy = join(scratch, 'installed')
    for (const name of [
      'package.json',
      'package-lock.json',
      'scripts/node/package.json',
      'bin',
      'dist',
      'packs',
      'knowledge',
    ])
      cpSync(join(root, name), join(copy, name), { recursive: true })
    const options = [
      'ci',
      '--omit=dev',
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]
    const npm = process.env['npm_execpath']
    const done = npm
      ? spawnSync(process.execPath, [npm, ...options], { cwd: copy, encoding: 'utf8' })
      : spawnSync('npm', options, { cwd: copy, encoding: 'utf8', shell: process.platform === 'win32' })
    assert.equal(done.status, 0, done.stderr)
    assert.ok(!existsSync(join(copy, 'node_modules', 'typescript')))
    const out = join(scratch, 'out')
    const main = join(copy, 'bin', 'postern.cjs')
    const run = spawnSync(
      process.execPath,
      [main, 'assess', join(root, 'samples', 'server'), '--out', out, '--quiet'],
      {
        encoding: 'utf8',
      },
    )
    assert.equal(run.status, 5, run.stderr)
  })
})

describe('the bill of materials', () => {
  const file = join(scratch, 'sbom.json')
  const bill = (): { readonly components: readonly Component[] } => JSON.parse(readFileSync(file, 'utf8'))
  const write = (): Buffer => {
    const done = spawnSync(process.execPath, [join(root, 'scripts', 'sbom.mjs'), file], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
    return readFileSync(file)
  }

  it('is the same each time it is made, and is what CycloneDX says', () => {
    assert.deepEqual(write(), write())
    const schemas = join(root, 'node_modules', '@cyclonedx', 'cyclonedx-library', 'res', 'schema')
    const read = (name: string): object =>
      JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'))
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
    const holds = ajv.compile(read('bom-1.5'))
    assert.ok(holds(bill()), JSON.stringify(holds.errors))
    assert.ok(!holds({ ...bill(), components: [{ name: 'no type' }] }))
  })

  it('names every package that ships, with version, digest and license, and no other', () => {
    const bundled = json('dist', 'web', 'packages.json') as string[]
    const names = [
      ...installed.filter(([, { dev }]) => !dev).map(([path]) => path.slice('node_modules/'.length)),
      ...bundled,
      'assemblyscript',
    ]
    const { components } = bill()
    assert.deepEqual(components.map(({ name }) => name).sort(byText), [...new Set(names)].sort(byText))
    assert.ok(bundled.includes('react-dom'))
    for (const { name, version, hashes, licenses } of components) {
      const entry = packages[`node_modules/${name}`]!
      assert.equal(version, entry.version)
      assert.ok(licenses?.length, name)
      const [sha512] = hashes ?? []
      assert.equal(`sha512-${Buffer.from(sha512!.content, 'hex').toString('base64')}`, entry.integrity)
    }
  })
})

describe('a build', () => {
  it('gives the same bytes elsewhere', () => {
    const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { encoding: 'utf8' })
    assert.equal(built.status, 0, built.stderr)
    const copy = join(scratch, 'elsewhere', 'postern')
    const inputs = ['src', 'web', 'packs', 'knowledge', 'scripts', 'package.json', 'package-lock.json']
    for (const name of [...inputs, ...readdirSync(root).filter((one) => /^tsconfig.*json$/.test(one))])
      cpSync(join(root, name), join(copy, name), { recursive: true, preserveTimestamps: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    const done = spawnSync(process.execPath, [join(copy, 'scripts', 'build.mjs')], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
    assert.deepEqual(digests(join(copy, 'dist')), digests(join(root, 'dist')))
  })
})

/** Every file that ships of a folder, with its digest. */
function digests(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !['.built', 'sbom.cdx.json'].includes(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort(byText)
    .map((file) => {
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
      return `${sha256}  ${file.slice(folder.length)}`
    })
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1
}
