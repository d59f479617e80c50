import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { listEvidence, readMember } from '../../../src/evidence/index.ts'
import { baseBlock, type BaseBlock } from '../../../src/parsers/registry/base-block.ts'
import { pathOf } from '../../../src/parsers/registry/deleted.ts'
import { Hive, type RegistryValue } from '../../../src/parsers/registry/hive.ts'
import { registry } from '../../../src/parsers/registry/index.ts'
import { registryLog } from '../../../src/parsers/registry/log-file.ts'
import { entriesOf } from '../../../src/parsers/registry/logs.ts'
import { shimCache } from '../../../src/parsers/registry/shimcache.ts'
import { reading } from '../hostile.ts'

const data = process.env.POSTERN_DATA
const tool = '/usr/bin/regfexport'
const skip = data ? (existsSync(tool) ? false : `${tool} is not there`) : 'POSTERN_DATA is not set'

/** Hives that the reference tool cannot open or leaves half-way, and what is read of them here: keys and values. */
const alone: Readonly<Record<string, readonly [keys: number, values: number]>> = {
  SAMBadHBinHeader: [68, 73],
  'SAN(OTHER)': [68, 73],
}

for (const { name, bytes } of data ? await hives(data) : []) {
  test(`the same keys and values as regfexport: ${name}`, { skip }, () => {
    const hive = new Hive(bytes, usable(bytes), () => {})
    const own = ownExport(hive)
    if (isCut(bytes)) return
    const known = alone[name.slice(name.lastIndexOf('/') + 1)]
    if (known) {
      const values = [...own.values()].reduce((sum, key) => sum + key.length - 1, 0)
      assert.deepEqual([hive.count, values], known)
      return
    }
    assert.deepEqual(own, toolExport(bytes))
  })

  test(`every byte is accounted for: ${name}`, async () => {
    const { gaps } = await reading(registry, bytes, name)
    // The one that has a broken header says so, and nothing else is missing anywhere.
    const broken = name.endsWith('SAMBadHBinHeader') ? [32] : []
    if (isCut(bytes)) assert.ok(gaps.some(({ reason, offset }) => reason === 'truncated' && offset === 40))
    else
      assert.deepEqual(
        gaps.map(({ length }) => length),
        broken,
      )
  })
}

test('transaction logs: every byte, and entries in order', {
  skip: data ? false : 'POSTERN_DATA is not set',
}, async () => {
  for (const [file, first, count] of [
    ['system.log1', 0x0fe0, 0],
    ['system.log2', 0x0fe3, 0],
  ] as const) {
    const bytes = readFileSync(join(data!, 'registry/notatin/test_data', file))
    assert.deepEqual((await reading(registryLog, bytes, file)).gaps, [])
    assert.equal(baseBlock(bytes)?.primary, first)
    assert.ok([...entriesOf(bytes, first)].length > count)
  }
})

// Numbers of entries and paths as in the tests of EricZimmerman/AppCompatCacheParser.
for (const [file, count, first, executed] of [
  ['Win10.bin', 350, /vds\.exe$/, null],
  ['Win10Creators.bin', 506, /nvstreg\.exe$/, null],
  ['Win81.bin', 1024, /java\.exe$/, true],
  ['Win80.bin', 104, /LogonUI\.exe$/, true],
  ['win7x64.bin', 304, /wuauclt\.exe$/, true],
  ['win7x86.bin', 91, /LogonUI\.exe$/, true],
  ['WinXPx86.bin', 17, /msoobe\.exe$/, null],
  ['Win2k8Standard.bin', 873, /raw_agent_svc\.exe$/, null],
] as const) {
  test(`ShimCache: ${file}`, { skip: data ? false : 'POSTERN_DATA is not set' }, () => {
    const entries = [...shimCache(readFileSync(join(data!, 'registry/regparser/appcompatcache/test_data', file)))]
    assert.equal(entries.length, count)
    assert.match(entries[0]!.path, first)
    assert.equal(entries[0]!.executed, executed)
  })
}

/** Every hive of the evidence, in folders and in zip files. */
async function hives(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const found: { name: string; bytes: Buffer }[] = []
  for (const path of globSync('registry/**/*', { cwd: folder }).sort()) {
    const file = join(folder, path)
    if (!statSync(file).isFile()) continue
    const bytes = readFileSync(file)
    if (isHive(bytes)) found.push({ name: path, bytes })
  }
  for (const path of globSync('collections/velociraptor/*.zip', { cwd: folder }).sort()) {
    const { members } = await listEvidence(join(folder, path))
    for (const member of members) {
      if (member.refused || !/(?:ntuser\.dat|usrclass\.dat|\.hve|config\/[a-z]+)$/i.test(member.path)) continue
      const parts: Uint8Array[] = []
      for await (const part of readMember(member.ref)) parts.push(part)
      const bytes = Buffer.concat(parts)
      if (isHive(bytes)) found.push({ name: member.path, bytes })
    }
  }
  return found
}

function isHive(bytes: Buffer): boolean {
  return bytes.length >= 8192 && baseBlock(bytes)?.type === 0
}

/** Was only a part of it collected? */
function isCut(bytes: Buffer): boolean {
  const block = baseBlock(bytes)!
  return block.valid && 4096 + block.size > bytes.length
}

function usable(bytes: Buffer): BaseBlock {
  return baseBlock(bytes)!
}

/** Of each key its last write and its values, with type, size and content. Keys of one path stand one after the other. */
function ownExport(hive: Hive): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const root = hive.root()?.name ?? ''
  for (let index = 0; index < hive.count; index++) {
    const path = [root, ...pathOf(hive, index)].join('\\')
    const values = [...hive.valuesOf(index)].map((value) => `${shown(value.name) || '(default)'}\t${content(value)}`)
    const { high, low } = hive.key(index).written
    add(found, path, [String((BigInt(high) << 32n) | BigInt(low)), ...values])
  }
  return sorted(found)
}

function add(map: Map<string, string[]>, path: string, lines: readonly string[]): void {
  const own = map.get(path)
  if (own) own.push(...lines)
  else map.set(path, [...lines])
}

function sorted(map: Map<string, string[]>): Map<string, string[]> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, lines]) => [path, lines.sort()]))
}

const texts = new Set([1, 2, 6])

/**
 * Of texts the tool tells the size without the zeros at their end, and of one to three bytes that stand in the value itself
 * it shows those behind them.
 */

function content(value: RegistryValue): string {
  const bytes = value.data()
  if (bytes === null) return 'unreadable'
  if (texts.has(value.type)) return longer(shown(bytes.toString('utf16le').replace(/\0[^]*$/, '')))
  if (bytes.length < 4 && bytes.length > 0) return `${bytes.length} bytes`
  if (value.type === 4 && bytes.length === 4) return String(bytes.readUInt32LE(0))
  if (value.type === 5 && bytes.length === 4) return String(bytes.readUInt32BE(0))
  if (value.type === 11 && bytes.length === 8) return String(bytes.readBigUInt64LE(0))
  return `${value.size} ${bytes.toString('hex')}`
}

/** A text of more than one letter, which does not stand in the value itself. */
function longer(text: string): string {
  return text.length > 1 ? text : 'no text or one letter'
}

/** The tool ends a line at a line end in a text, too. */
function shown(text: string): string {
  return text.split(/[\r\n]/)[0]!.replace(/\0[^]*$/, '')
}

/** What the reference tool makes of a hive, in the same form. */
function toolExport(bytes: Buffer): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-regf-'))
  try {
    const file = join(folder, 'hive')
    writeFileSync(file, bytes)
    const done = spawnSync(tool, [file], { encoding: 'utf8', maxBuffer: 1 << 30 })
    assert.equal(done.status, 0, done.stderr)
    return parsed(done.stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function parsed(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const key of text.split(/^Key path: /m).slice(1)) {
    const [head, ...values] = key.split(/^Value: \d+ ?/m)
    const [path = ''] = head!.split('\n')
    const written = /^Last written time: (.+) UTC$/m.exec(head!)?.[1] ?? ''
    add(found, path, [timeOf(written), ...values.map(valueLine)])
  }
  return sorted(found)
}

/** The FILETIME that the tool writes as `Sep 17, 2013 20:05:49.711058400`. */
function timeOf(text: string): string {
  const m = /^(\w{3}) (\d{2}), (\d{4}) (\d{2}):(\d{2}):(\d{2})\.(\d{9})$/.exec(text)
  if (!m) return '0'
  const time = BigInt(Date.parse(`${m[2]} ${m[1]} ${m[3]} ${m[4]}:${m[5]}:${m[6]} UTC`))
  return String((time + 11_644_473_600_000n) * 10_000n + BigInt(m[7]!) / 100n)
}

function valueLine(text: string): string {
  const name = text.split('\n')[0]!
  const type = /^Type: (.*)$/m.exec(text)?.[1] ?? ''
  const size = /^Data size: (\d+)$/m.exec(text)?.[1] ?? '0'
  const start = text.indexOf('\nData:')
  const rest = start < 0 ? '' : text.slice(start + 6)
  const isText = /string \(REG_SZ\)|expandable|symbolic/.test(type)
  const isNumber = /bit integer/.test(type)
  const plain = rest.replace(/^ /, '').split(/[\r\n]/)[0]!
  if (!isText && Number(size) > 0 && Number(size) < 4) return `${name}\t${size} bytes`
  return `${name}\t${isText ? longer(plain) : isNumber && plain !== '' ? plain : `${size} ${hexOf(rest)}`}`
}

function hexOf(dump: string): string {
  return dump
    .split('\n')
    .map((line) => /^[0-9a-f]{8}: (.{49})/.exec(`${line}${' '.repeat(60)}`)?.[1]?.replaceAll(' ', '') ?? '')
    .join('')
}
