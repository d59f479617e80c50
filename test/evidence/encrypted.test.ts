import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { came, contents, fileOf, folderOf, listing } from './evidence.ts'
import { zipOf, type Spec } from '../../tools/writers/zip.ts'

const content = `${'A line of a log that packs well. '.repeat(3000)}end`

test('every way of encryption, stored and packed, with its password among others', async () => {
  for (const method of [0, 8]) {
    const rows: readonly (readonly [string, Spec])[] = [
      ['ZipCrypto', traditional('a', content, 'secret', method)],
      ['ZipCrypto, time for a check', traditional('a', content, 'secret', method, true)],
      ['AE-1, 128', winzip('a', content, 'secret', method, 1, 1)],
      ['AE-1, 192', winzip('a', content, 'secret', method, 2, 1)],
      ['AE-2, 256', winzip('a', content, 'secret', method, 3, 2)],
    ]
    for (const [name, spec] of rows) {
      const path = fileOf(zipOf([spec, { name: 'plain', content: 'p' }]))
      for (const passwords of [['secret'], ['wrong', 'also wrong', 'secret'], ['', 'secret']])
        assert.deepEqual(await contents(path, { passwords }), [`a = ${content}`, 'plain = p'], `${name} ${method}`)
      const closed = await listing(path, { passwords: ['wrong', 'also wrong'] })
      assert.match(closed.members[0]?.refused?.detail ?? '', /none of the 2 passwords given opens it/)
      assert.equal((await listing(path)).members[0]?.refused?.reason, 'encrypted')
    }
  }
})

test('an archive in an encrypted archive', async () => {
  const inner = zipOf([{ name: 'x.log', content, method: 8 }])
  for (const spec of [
    winzip('data.zip', inner, 'pw', 0, 3, 2),
    winzip('data.zip', inner, 'pw', 8, 3, 2),
    traditional('data.zip', inner, 'pw', 0),
  ])
    assert.deepEqual(await contents(fileOf(zipOf([spec])), { passwords: ['pw'] }), [`data.zip!/x.log = ${content}`])
})

test('passwords that fit by chance are told from the right one', async () => {
  // One in 256 passes the check byte of the traditional way: of 3000 about a dozen.
  const passwords = [...Array.from({ length: 3000 }, (_, i) => `guess ${i}`), 'secret']
  for (const method of [0, 8]) {
    const path = fileOf(zipOf([traditional('a', content, 'secret', method)]))
    assert.deepEqual(await contents(path, { passwords }), [`a = ${content}`])
  }
})

test('a wrong password opens no member, though its check byte fits one in 256', async () => {
  const many = (write: (name: string, data: string) => Spec): string =>
    fileOf(zipOf(Array.from({ length: 600 }, (_, i) => write(`log${i}`, `${i}: ${content.slice(0, 40 + i)}`))))
  for (const method of [0, 8]) {
    const path = many((name, data) => traditional(name, data, 'secret', method))
    for (const passwords of [['wrong'], ['wrong', 'also wrong']]) {
      const { members } = await listing(path, { passwords })
      assert.deepEqual([...new Set(members.map(({ refused }) => refused?.reason))], ['encrypted'], `${method}`)
    }
    const { members } = await listing(path, { passwords: ['wrong', 'secret', 'also wrong'] })
    assert.ok(members.every(({ refused }) => refused === undefined))
    assert.deepEqual(
      [...new Set(members.map(({ ref }) => (ref.steps[0] as { password?: number }).password))],
      [1],
      'the password is known to each member',
    )
    assert.equal((await contents(path, { passwords: ['wrong', 'secret', 'also wrong'] })).length, 600)
  }
})

test('members with passwords of their own', async () => {
  const path = fileOf(
    zipOf([
      traditional('a', content, 'one', 8),
      traditional('b', content, 'two', 8),
      winzip('c', content, 'three', 8, 3, 2),
    ]),
  )
  const passwords = ['two', 'three', 'one']
  assert.deepEqual(
    await contents(path, { passwords }),
    ['a', 'b', 'c'].map((name) => `${name} = ${content}`),
  )
  const { members } = await listing(path, { passwords: ['two'] })
  assert.deepEqual(
    members.map(({ refused }) => refused?.reason ?? null),
    ['encrypted', null, 'encrypted'],
  )
})

test('contents too short to prove a password, beside one that does', async () => {
  const path = fileOf(
    zipOf([traditional('a', '', 'pw', 0), traditional('b', 'x', 'pw', 0), traditional('c', content, 'pw', 8)]),
  )
  assert.deepEqual(await contents(path, { passwords: ['pw'] }), ['a = ', 'b = x', `c = ${content}`])
})

test('damage', async () => {
  const spec = winzip('a', content, 'pw', 8, 3, 2)
  const packed = Buffer.from(spec.packed!)
  packed[packed.length - 1]! ^= 1
  const tampered = await listing(fileOf(zipOf([{ ...spec, packed }])), { passwords: ['pw'] })
  const read = await came(tampered.members[0], { passwords: ['pw'] })
  assert.deepEqual([read.reason, read.content.toString()], ['corrupt', content])
  assert.match(read.detail, /authentication code/)
  for (const length of [0, 5, 11, 17, 20, 27, 60]) {
    for (const cut of [spec, traditional('a', content, 'pw', 8)]) {
      const path = fileOf(zipOf([{ ...cut, packed: cut.packed!.subarray(0, length), compressed: length }]))
      for (const m of (await listing(path, { passwords: ['pw'] })).members)
        if (!m.refused) assert.notEqual((await came(m, { passwords: ['pw'] })).reason, null, `${length}`)
    }
  }
})

test('a collection encrypted for a key says so', async () => {
  const inner = zipOf([{ name: 'x', content: 'x' }])
  const metadata = JSON.stringify([{ EncryptedPass: 'AAAA', Scheme: 'X509', PublicKey: '' }])
  const root = folderOf({
    'c.zip': zipOf([{ name: 'metadata.json', content: metadata }, winzip('data.zip', inner, 'random', 0, 3, 2)]),
  })
  const { listEvidence } = await import('../../src/evidence/index.ts')
  const { members } = await listEvidence(root, { passwords: ['x'] })
  const locked = members.find((m) => m.path.endsWith('data.zip'))
  assert.equal(locked?.refused?.reason, 'encrypted')
  assert.match(locked?.refused?.detail ?? '', /scheme X509.*\(the password given does not open it\)/)
})

test('what zip itself encrypts', { skip: !has('zip') }, async () => {
  const root = folderOf({ 'a.txt': content })
  execFileSync('zip', ['-q', '-P', 'secret', 'out.zip', 'a.txt'], { cwd: root })
  assert.deepEqual(await contents(join(root, 'out.zip'), { passwords: ['no', 'secret'] }), [`a.txt = ${content}`])
})

test('what 7z itself encrypts', { skip: !has('7z') }, async () => {
  const root = folderOf({ 'a.txt': content })
  for (const method of ['AES256', 'AES128', 'ZipCrypto']) {
    execFileSync('7z', ['a', '-bd', '-tzip', `-mem=${method}`, '-psecret', `${method}.zip`, 'a.txt'], { cwd: root })
    assert.deepEqual(
      await contents(join(root, `${method}.zip`), { passwords: ['secret'] }),
      [`a.txt = ${readFileSync(join(root, 'a.txt'), 'latin1')}`],
      method,
    )
  }
})

// ---------------------------------------------------------------- a writer of its own

function pack(data: Buffer, method: number): Buffer {
  return method === 8 ? deflateRawSync(data) : data
}

/** WinZip's AES: strength 1 to 3, version 1 (with checksum) or 2. */
function winzip(
  name: string,
  data: string | Buffer,
  password: string,
  method: number,
  strength: number,
  version: number,
): Spec {
  const plain = pack(Buffer.from(data as string), method)
  const key = 8 + strength * 8
  const salt = Buffer.alloc(key / 2, 7)
  const keys = pbkdf2Sync(password, salt, 1000, key * 2 + 2, 'sha1')
  const cipher = createCipheriv(`aes-${key * 8}-ecb`, keys.subarray(0, key), null).setAutoPadding(false)
  const secret = Buffer.from(plain)
  for (let at = 0; at < plain.length; at += 16) {
    const counter = Buffer.alloc(16)
    counter.writeUInt32LE(at / 16 + 1)
    const mask = cipher.update(counter)
    for (let i = at; i < Math.min(at + 16, plain.length); i++) secret[i] = secret[i]! ^ mask[i - at]!
  }
  const code = createHmac('sha1', keys.subarray(key, key * 2))
    .update(secret)
    .digest()
    .subarray(0, 10)
  const extra = Buffer.alloc(11)
  extra.writeUInt16LE(0x9901, 0)
  extra.writeUInt16LE(7, 2)
  extra.writeUInt16LE(version, 4)
  extra.write('AE', 6)
  extra.writeUInt8(strength, 8)
  extra.writeUInt16LE(method, 9)
  const packed = Buffer.concat([salt, keys.subarray(key * 2), secret, code])
  const crc = version === 2 ? 0 : crc32(Buffer.from(data as string))
  return { name, content: data, method: 99, flags: 0x801, extra, packed, crc }
}

/** The traditional way; `byTime`: sizes follow the data, so that the time is the check. */
function traditional(name: string, data: string | Buffer, password: string, method: number, byTime = false): Spec {
  const bytes = Buffer.from(data as string)
  const plain = Buffer.concat([Buffer.alloc(12, 9), pack(bytes, method)])
  plain[11] = byTime ? 0x40 : crc32(bytes) >>> 24
  const keys = [0x12345678n, 0x23456789n, 0x34567890n] as [bigint, bigint, bigint]
  const one = (crc: bigint, byte: bigint): bigint => {
    let value = (crc ^ byte) & 0xffn
    for (let i = 0; i < 8; i++) value = value & 1n ? 0xedb88320n ^ (value >> 1n) : value >> 1n
    return value ^ (crc >> 8n)
  }
  const move = (byte: number): void => {
    keys[0] = one(keys[0], BigInt(byte))
    keys[1] = ((keys[1] + (keys[0] & 0xffn)) * 134775813n + 1n) & 0xffffffffn
    keys[2] = one(keys[2], keys[1] >> 24n)
  }
  for (const byte of Buffer.from(password)) move(byte)
  const packed = Buffer.from(plain)
  for (const [i, byte] of plain.entries()) {
    const mask = (keys[2] | 2n) & 0xffffn
    packed[i] = byte ^ Number(((mask * (mask ^ 1n)) >> 8n) & 0xffn)
    move(byte)
  }
  return { name, content: bytes, method, flags: 0x801, packed, ...(byTime && { descriptor: 'marked' as const }) }
}

function has(program: string): boolean {
  try {
    execFileSync(program, [program === 'zip' ? '-v' : 'i'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
