import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import {
  bundleMark,
  type Metadata,
  type Role,
  type Root,
  type Signed,
  type Trusted,
  verifyBundle,
} from '../../src/knowledge/bundle/verify.ts'
import {
  metadataBytes,
  makeBundle,
  nextRoot,
  type Signer,
  signedBy,
  signerOf,
} from '../../src/knowledge/bundle/sign.ts'
import { PosternError } from '../../src/lib/errors.ts'
import { sha256 } from '../../src/lib/hash.ts'

// Signed bundles: what is good is taken, and every attack that The Update Framework names is refused with its name. All keys
// are made here and forgotten.

const NOW = Date.UTC(2026, 5, 1)
const LATER = '2027-01-01T00:00:00Z'
const EARLIER = '2026-01-01T00:00:00Z'

const signer = (): Signer =>
  signerOf(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
type Keys = Record<Role, Signer[]>
const newKeys = (): Keys => ({
  root: [signer(), signer(), signer()],
  timestamp: [signer()],
  snapshot: [signer()],
  targets: [signer()],
})
const all = (keys: Keys): Signer[] => Object.values(keys).flat()

const keys = newKeys()
const root = nextRoot(null, keys, 2, LATER, [])
const files = new Map([
  ['packs/test-2021/pack.yml', Buffer.from('id: test-2021\n')],
  ['knowledge/fixes.csv', Buffer.from('cve,build\n')],
])
const trusted: Trusted = { root, versions: { timestamp: 0, snapshot: 0, targets: 0 }, timestamp: null }

type Made = {
  version?: number
  expires?: string
  files?: ReadonlyMap<string, Uint8Array>
  roots?: Metadata<Root>[]
  by?: Keys
}
const made = ({ version = 1, expires = LATER, files: own = files, roots = [root], by = keys }: Made = {}): Buffer =>
  Buffer.from(makeBundle({ roots, version, expires, files: own, signers: all(by) }))

/** The bundle with its entries changed. */
function changed(bundle: Buffer, change: (entries: Map<string, Buffer>) => void): Buffer {
  const lines = bundle.toString().split('\n').slice(1, -1)
  const entries = new Map(
    lines.map((line) => {
      const { name, data } = JSON.parse(line) as { name: string; data: string }
      return [name, inflateRawSync(Buffer.from(data, 'base64'))]
    }),
  )
  change(entries)
  const packed = [...entries].map(([name, bytes]) =>
    JSON.stringify({ data: deflateRawSync(bytes).toString('base64'), name }),
  )
  return Buffer.from([bundleMark, ...packed, ''].join('\n'))
}

/** A bundle whose metadata are signed anew after a change, by whoever holds these keys. */
function forged(
  change: (signed: Record<Role, Record<string, unknown>>, entries: Map<string, Buffer>) => void,
  by = keys,
): Buffer {
  return changed(made(), (entries) => {
    const read = (role: Role): Record<string, unknown> =>
      (JSON.parse(entries.get(`metadata/${role}.json`)!.toString()) as { signed: Record<string, unknown> }).signed
    const signed: Record<Role, Record<string, unknown>> = {
      root: {},
      timestamp: read('timestamp'),
      snapshot: read('snapshot'),
      targets: read('targets'),
    }
    change(signed, entries)
    const put = (role: Exclude<Role, 'root'>): Buffer => {
      const bytes = metadataBytes(signedBy(signed[role] as unknown as Signed, by[role]))
      entries.set(`metadata/${role}.json`, bytes)
      return bytes
    }
    const describe = (above: Role, name: string, bytes: Buffer): void => {
      const meta = signed[above].meta as Record<string, Record<string, unknown>>
      meta[name] = { ...meta[name], length: bytes.length, hashes: { sha256: sha256(bytes) } }
    }
    describe('snapshot', 'targets.json', put('targets'))
    describe('timestamp', 'snapshot.json', put('snapshot'))
    put('timestamp')
  })
}

function refusal(bundle: Buffer, before: Trusted = trusted, now = NOW): string {
  try {
    verifyBundle(bundle, before, now)
  } catch (error) {
    assert.ok(error instanceof PosternError && error.code === 'bad-bundle', String(error))
    return error.message.replace(/^The bundle is refused\. /, '')
  }
  return 'taken'
}

test('a good bundle: its files, and what is trusted from now on', () => {
  const verified = verifyBundle(made({ version: 7 }), trusted, NOW)
  assert.deepEqual(verified.files, files)
  assert.deepEqual(verified.trusted.versions, { timestamp: 7, snapshot: 7, targets: 7 })
  assert.deepEqual([verified.expires, verified.isSame], [LATER, false])
  assert.equal(verifyBundle(made({ version: 7 }), verified.trusted, NOW).isSame, true)
  assert.equal(refusal(made({ version: 8 }), verified.trusted), 'taken')
})

const seven = verifyBundle(made({ version: 7 }), trusted, NOW).trusted
const other = newKeys()
const second = nextRoot(root, newKeys(), 2, LATER, all(keys))

test('rollback: an older bundle', () => {
  assert.match(
    refusal(made({ version: 6 }), seven),
    /^Rollback: its timestamp is version 6, and version 7 was seen before/,
  )
})

test('rollback: a new timestamp over an older snapshot, and a new snapshot over older targets', () => {
  const over = (role: 'timestamp' | 'snapshot', name: string): Buffer =>
    forged((signed) => {
      for (const one of ['timestamp', 'snapshot', 'targets'] as const) signed[one].version = 8
      const below = (signed[role].meta as Record<string, object>)[name]!
      signed[role].meta = { [name]: { ...below, version: 3 } }
      if (role === 'snapshot')
        signed.timestamp.meta = {
          'snapshot.json': { ...(signed.timestamp.meta as Record<string, object>)['snapshot.json'], version: 8 },
        }
    })
  assert.match(
    refusal(over('timestamp', 'snapshot.json'), seven),
    /^Rollback: its timestamp names version 3 of snapshot\.json/,
  )
  assert.match(
    refusal(over('snapshot', 'targets.json'), seven),
    /^Rollback: its snapshot names version 3 of targets\.json/,
  )
})

for (const role of ['timestamp', 'snapshot', 'targets'] as const) {
  test(`freeze: a ${role} that has expired`, () => {
    assert.match(
      refusal(forged((signed) => void (signed[role].expires = EARLIER))),
      new RegExp(`^Freeze: its ${role} expired at ${EARLIER}`),
    )
  })
}

test('freeze: a root that has expired, and a bundle in the moment in which it expires', () => {
  const old = nextRoot(null, keys, 2, EARLIER, [])
  assert.match(refusal(made({ roots: [old] }), { ...trusted, root: old }), /^Freeze: its root expired/)
  assert.match(refusal(made(), trusted, Date.parse(LATER)), /^Freeze/)
  assert.equal(refusal(made(), trusted, Date.parse(LATER) - 1), 'taken')
})

for (const role of ['snapshot', 'targets'] as const) {
  test(`mix-and-match: the ${role} of another bundle, signed by the same keys`, () => {
    const old = new Map<string, Buffer>()
    changed(made({ version: 3 }), (entries) => entries.forEach((bytes, name) => old.set(name, bytes)))
    const mixed = changed(made({ version: 4 }), (entries) =>
      entries.set(`metadata/${role}.json`, old.get(`metadata/${role}.json`)!),
    )
    assert.match(
      refusal(mixed),
      new RegExp(`^Mix-and-match: metadata/${role}\\.json is not the one that was signed together`),
    )
  })
}

test('mix-and-match: one role in the place of another, and two timestamps of one version', () => {
  const swapped = changed(made(), (entries) =>
    entries.set('metadata/timestamp.json', entries.get('metadata/snapshot.json')!),
  )
  assert.match(refusal(swapped), /^Mix-and-match: its timestamp says that it is snapshot/)
  const twin = made({ version: 7, files: new Map([['packs/test-2021/pack.yml', Buffer.from('id: other\n')]]) })
  assert.match(refusal(twin, seven), /^Mix-and-match: another timestamp of version 7 is installed/)
})

for (const role of ['timestamp', 'snapshot', 'targets'] as const) {
  test(`forged: a ${role} signed by a key that root does not name for it`, () => {
    const wrong = { ...keys, [role]: other[role] }
    assert.match(
      refusal(forged(() => undefined, wrong)),
      new RegExp(`^Forged: 0 of the 1 signatures that its ${role} needs`),
    )
    // The key of another role of the same root is no better.
    const stolen = { ...keys, [role]: role === 'targets' ? keys.snapshot : keys.targets }
    assert.match(refusal(forged(() => undefined, stolen)), /^Forged/)
  })
}

test('forged: everything fits together, and other keys signed it under the names of those that may', () => {
  for (const role of ['timestamp', 'snapshot', 'targets'] as const) {
    const own = { ...keys, [role]: newKeys()[role].map((each, i) => ({ ...each, id: keys[role][i]!.id })) }
    assert.match(refusal(forged(() => undefined, own)), /^Forged: 0 of the 1 signatures that its/, role)
  }
  // The same signature, and one of nothing, over what was changed.
  for (const sig of [null, '0'.repeat(128)]) {
    const bent = changed(made(), (entries) => {
      const name = 'metadata/timestamp.json'
      const metadata = JSON.parse(entries.get(name)!.toString()) as Metadata
      const signatures = metadata.signatures.map((each) => ({ ...each, sig: sig ?? each.sig }))
      const later = { ...metadata.signed, version: metadata.signed.version + 1 } as Signed
      entries.set(name, metadataBytes({ signed: later, signatures }))
    })
    assert.match(refusal(bent), /^Forged: 0 of the 1 signatures/)
  }
})

test('forged: a file that is not what was signed, by one bit', () => {
  const path = 'files/packs/test-2021/pack.yml'
  const bent = changed(made(), (entries) => {
    const bytes = Buffer.from(entries.get(path)!)
    bytes[0]! ^= 1
    entries.set(path, bytes)
  })
  assert.match(refusal(bent), /^Forged: packs\/test-2021\/pack\.yml is not what was signed/)
})

test('forged: a file beside those that are signed; incomplete: one that is missing', () => {
  const more = changed(made(), (entries) => entries.set('files/packs/test-2021/rules/evil.yml', Buffer.from('x')))
  assert.match(refusal(more), /^Forged: it holds files\/packs\/test-2021\/rules\/evil\.yml, which is not signed/)
  for (const name of ['packs/test-2021/pack.yml', '../evil', 'metadata/other.json'])
    assert.match(refusal(changed(made(), (entries) => entries.set(name, Buffer.from('x')))), /^Forged: it holds/)
  assert.match(
    refusal(changed(made(), (entries) => entries.delete('files/knowledge/fixes.csv'))),
    /^Incomplete: knowledge\/fixes\.csv is missing/,
  )
  assert.match(
    refusal(changed(made(), (entries) => entries.delete('metadata/snapshot.json'))),
    /^Incomplete: metadata\/snapshot\.json is missing/,
  )
})

test('endless data: what is larger than was signed is not unpacked', () => {
  const bomb = changed(made(), (entries) => entries.set('files/knowledge/fixes.csv', Buffer.alloc(50_000_000)))
  assert.match(refusal(bomb), /^Endless data: knowledge\/fixes\.csv is larger than the 10 bytes/)
  const timestamp = changed(made(), (entries) => entries.set('metadata/timestamp.json', Buffer.alloc(20_000_000, 32)))
  assert.match(refusal(timestamp), /^Endless data: metadata\/timestamp\.json/)
})

test('too large: a file that nobody needs, though it is signed', () => {
  const large = forged((signed) => {
    ;(signed.targets.targets as Record<string, Record<string, unknown>>)['knowledge/fixes.csv']!.length = 1e12
  })
  assert.match(refusal(large), /^Too large: with knowledge\/fixes\.csv/)
})

for (const path of [
  'packs/../../evil',
  'packs/./a',
  '../packs/a',
  '/packs/a',
  'packs//a',
  'C:/packs/a',
  'packs/a:stream',
  'packs\\..\\a',
  'packs/CON/a',
  'packs/nul.txt',
  'packs/a/b. ',
  'packs/\u202ea',
  'packs/a\u0000b',
  'src/cli/main.js',
  'packs',
  '__proto__/a',
  `packs/${'a/'.repeat(30)}a`,
]) {
  test(`path traversal: ${JSON.stringify(path).slice(0, 40)}, though it is signed`, () => {
    const evil = forged(({ targets }, entries) => {
      const bytes = Buffer.from('x')
      targets.targets = JSON.parse(
        `{${JSON.stringify(path)}:{"length":1,"hashes":{"sha256":"${sha256(bytes)}"}}}`,
      ) as unknown
      for (const name of entries.keys()) if (name.startsWith('files/')) entries.delete(name)
      entries.set(`files/${path}`, bytes)
    })
    assert.match(refusal(evil), /^Path traversal: /)
    assert.throws(() => made({ files: new Map([[path, Buffer.from('x')]]) }), /Path traversal/)
  })
}

test('ambiguous: names that differ in case, a file that is a folder too, an entry that is there twice', () => {
  const both = (a: string, b: string) => () =>
    made({
      files: new Map([
        [a, Buffer.from('x')],
        [b, Buffer.from('y')],
      ]),
    })
  assert.throws(both('packs/a/B', 'packs/a/b'), /Ambiguous: two files are named packs\/a\/b, but for case/)
  assert.throws(both('packs/a', 'packs/A/b'), /Ambiguous: packs\/a is a file and a folder/)
  const lines = made().toString().split('\n')
  const twice = Buffer.from([...lines.slice(0, -1), lines[1], ''].join('\n'))
  assert.match(refusal(twice), /^Ambiguous: it holds two entries named metadata\/1\.root\.json/)
})

test('roots: the next one is signed by the one before and by itself, and its keys hold from then on', () => {
  const fresh = newKeys()
  const next = nextRoot(root, fresh, 2, LATER, all(keys))
  assert.equal(refusal(made({ version: 8, roots: [root, next], by: fresh }), seven), 'taken')
  const stale = changed(made({ version: 8 }), (entries) => entries.set('metadata/2.root.json', metadataBytes(next)))
  assert.match(refusal(stale, seven), /^Forged: 0 of the 1 signatures that its timestamp needs/)
})

test('roots: keys that were replaced may have signed any version, and no longer count', () => {
  const fresh = newKeys()
  const next = nextRoot(root, fresh, 2, LATER, all(keys))
  const high = { ...seven, versions: { timestamp: 2 ** 40, snapshot: 2 ** 40, targets: 2 ** 40 } }
  assert.equal(refusal(made({ version: 9, roots: [root, next], by: fresh }), high), 'taken')
  assert.match(refusal(made({ version: 9 }), high), /^Rollback/)
})

test('roots: one that the old keys did not sign, one that its own did not, one key twice, one that goes back', () => {
  const fresh = newKeys()
  const by = (signers: Signer[], version = 2): Metadata<Root> =>
    signedBy({ ...nextRoot(root, fresh, 2, LATER, []).signed, version }, signers)
  const with2 = (next: Metadata<Root>): string =>
    refusal(changed(made(), (entries) => entries.set('metadata/2.root.json', metadataBytes(next))))
  assert.match(with2(by(fresh.root)), /^Forged: 0 of the 2 signatures that its root needs/)
  assert.match(with2(by(keys.root)), /^Forged: 0 of the 2 signatures that its root needs/)
  assert.match(with2(by([...fresh.root, keys.root[0]!])), /^Forged: 1 of the 2/)
  const twice = by([...fresh.root, keys.root[0]!])
  const doubled = { ...twice, signatures: [...twice.signatures, ...twice.signatures] }
  assert.match(with2(doubled), /^Forged: 1 of the 2/)
  assert.match(
    with2(by([...fresh.root, ...keys.root], 1)),
    /^Rollback: metadata\/2\.root\.json says that it is version 1/,
  )
})

test('roots: one key under two ids does not count twice, and a threshold of none is none', () => {
  const sly = (change: (signed: Record<string, unknown>) => void): string => {
    const signed = JSON.parse(JSON.stringify(second.signed)) as Record<string, unknown>
    change(signed)
    const next = signedBy(signed as unknown as Root, all(keys))
    return refusal(changed(made(), (entries) => entries.set('metadata/2.root.json', metadataBytes(next))))
  }
  const named = (signed: Record<string, unknown>) =>
    signed.roles as Record<string, { keyids: string[]; threshold: number }>
  assert.match(
    sly((s) => {
      ;(s.keys as Record<string, unknown>).alias = Object.values(s.keys as object)[0]
      named(s).root!.keyids.push('alias')
    }),
    /under their own ids/,
  )
  assert.match(
    sly((s) => void (named(s).timestamp!.threshold = 0)),
    /does not say which keys sign what/,
  )
  assert.match(
    sly((s) => void named(s).root!.keyids.push(named(s).root!.keyids[0]!)),
    /does not say which keys sign what/,
  )
  assert.match(
    sly((s) => void delete named(s).targets),
    /does not say which keys sign what/,
  )
})

test('damaged: cut off anywhere, or one bit other, it is refused or says the same', () => {
  const good = made()
  for (let at = 0; at < good.length; at += 97) {
    assert.notEqual(refusal(good.subarray(0, at)), 'taken', `cut at ${at}`)
    const bent = Buffer.from(good)
    bent[at]! ^= 4
    if (refusal(bent) === 'taken')
      assert.deepEqual(verifyBundle(bent, trusted, NOW).files, verifyBundle(good, trusted, NOW).files)
  }
})

test('signing: too few keys are told', () => {
  const few = { ...keys, targets: [] }
  assert.throws(() => made({ by: few }), /role targets needs 1 key, and 0 were given/)
})
