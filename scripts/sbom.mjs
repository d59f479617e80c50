// `npm run sbom [-- FILE]`: writes the bill of materials (CycloneDX, JSON) of what ships: the packages that a run uses, and those
// whose code the build puts into dist. The same lock file and build give the same bytes. Without FILE: dist/sbom.cdx.json.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bringPackages, build, newNode, root, say, stop } from './ready.mjs'

/** Its standard library becomes part of the kernel's WebAssembly. */
const IN_KERNEL = ['assemblyscript']

/** What a package contains and its own description does not say (NOTICE has the words). */
const CONTAINED = {
  '7z-wasm': {
    licenses: [{ license: { name: 'LGPL-2.1-or-later AND BSD-3-Clause, with the unRAR restriction' } }],
    components: [{ type: 'library', name: '7-Zip', version: '24.09', 'bom-ref': '7-Zip@24.09' }],
  },
}

bringPackages()
if (build(newNode()) !== 0) stop('The build failed: see the messages above.')
const file = process.argv[2]
  ? resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2])
  : join(root, 'dist', 'sbom.cdx.json')
writeFileSync(file, `${JSON.stringify(billOfMaterials(), null, 2)}\n`)
say(`Written: ${file}`)

function billOfMaterials() {
  const all = fromNpm()
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  // `npm sbom --omit=dev` leaves out what both a run and a tool of development need.
  const needed = new Set(
    Object.entries(packages).flatMap(([path, { dev, version }]) =>
      path.startsWith('node_modules/') && !dev ? [`${path.split('node_modules/').at(-1)}@${version}`] : [],
    ),
  )
  const inside = new Set([
    ...JSON.parse(readFileSync(join(root, 'dist', 'web', 'packages.json'), 'utf8')),
    ...IN_KERNEL,
  ])
  const components = all.components
    .filter((component) => needed.has(component['bom-ref']) || inside.has(component.name))
    .map((component) => ({ ...component, ...CONTAINED[component.name], properties: propertiesOf(component, inside) }))
    .sort((a, b) => byText(a['bom-ref'], b['bom-ref']))
  const refs = new Set(components.map((component) => component['bom-ref']))
  const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const self = { ...all.metadata.component, type: 'application', name: 'postern', version, description }
  const own = self['bom-ref']
  const body = {
    metadata: { lifecycles: [{ phase: 'build' }], component: self },
    components,
    dependencies: all.dependencies
      .filter(({ ref }) => ref === own || refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)).sort(byText) }))
      .sort((a, b) => byText(a.ref, b.ref)),
  }
  // Time, chance and the version of npm stay out; the number of the document follows from its content.
  return {
    $schema: all.$schema,
    bomFormat: all.bomFormat,
    specVersion: all.specVersion,
    serialNumber: uuidOf(body),
    version: 1,
    ...body,
  }
}

function propertiesOf({ name, properties = [] }, inside) {
  const kept = properties.filter((property) => property.name !== 'cdx:npm:package:development')
  return inside.has(name) ? [...kept, { name: 'cdx:npm:package:bundled', value: 'true' }] : kept
}

function fromNpm() {
  const npm = process.env.npm_execpath
  const options = [
    'sbom',
    '--sbom-format=cyclonedx',
    '--sbom-type=application',
    '--package-lock-only',
    '--loglevel=error',
  ]
  const [program, args] = npm
    ? [process.execPath, [npm, ...options]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', options]
  const done = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: !npm && process.platform === 'win32',
  })
  if (done.status !== 0) stop(`npm sbom failed: ${done.stderr || done.error?.message}`)
  return JSON.parse(done.stdout)
}

/** A UUID (version 8, RFC 9562) of a value. */
function uuidOf(value) {
  const hex = createHash('sha256').update(JSON.stringify(value)).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function byText(a, b) {
  return a < b ? -1 : 1
}
