import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { exitStatus, PosternError } from '../../src/lib/errors.ts'
import { isSignedBy, publicKeyOf, publicPem, type SecretKey, secretKeyOf, signWith } from '../../src/lib/ed25519.ts'
import {
  changesBetween,
  isSame,
  keyIdOf,
  openSeal,
  payloadType,
  preAuthEncoding,
  type Seal,
  sealText,
} from '../../src/custody/seal.ts'

// Seals: what is good is opened, and whatever was changed about one is refused with its name. Keys are made here and forgotten.

const newKey = (): SecretKey => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return secretKeyOf(pem) as SecretKey
}
const key = newKey()
const other = newKey()
const digest = (digit: string): string => digit.repeat(64)
const seal: Omit<Seal, 'key'> = {
  sealed: '2026-05-01T12:00:00.000Z',
  tool: 'postern 0.1.0',
  results: [
    { path: 'MAIL01/report.html', size: 10, sha256: digest('a') },
    { path: 'summary.json', size: 5, sha256: digest('b') },
  ],
  servers: [
    {
      folder: 'MAIL01',
      evidence: ['MAIL01.zip'],
      masked: false,
      files: [
        { path: 'logs/a.log', size: 7, sha256: digest('c') },
        { path: 'inner.zip!/../\udc80\u202e.log', size: 7, sha256: digest('d') },
        { path: 'locked.evtx', size: 9, sha256: '' },
      ],
    },
  ],
}
const good = sealText(seal, key)

type Envelope = { payload: string; payloadType: string; signatures: { keyid: string; sig: string }[] }
const envelope = (): Envelope => JSON.parse(good) as Envelope
const bodyOf = ({ payload }: Envelope): string => Buffer.from(payload, 'base64').toString()
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** An envelope around any body, signed by whoever wants to. */
function signed(body: string, by: SecretKey = key, type = payloadType): string {
  const sig = signWith(by, preAuthEncoding(type, Buffer.from(body))).toString('base64')
  return JSON.stringify({ payload: base64(body), payloadType: type, signatures: [{ keyid: keyIdOf(by.public), sig }] })
}
type File = { name: unknown; digest: Record<string, string> }
type Statement = {
  _type: string
  subject: File[]
  predicateType: string
  predicate: { sealed: string; key: { public: string }; servers: { masked: unknown; unread: File[] }[] }
}
/** The statement with one thing changed, signed anew by the right key. */
function statement(change: (value: Statement) => void): string {
  const value = JSON.parse(bodyOf(envelope())) as Statement
  change(value)
  return signed(JSON.stringify(value))
}

function refusedAs(says: RegExp, text: string, asked: string | null = key.public): void {
  assert.throws(
    () => openSeal(text, asked),
    (error) => error instanceof PosternError && exitStatus(error.code) === 1 && says.test(error.message),
    text.slice(0, 200),
  )
}

test('what a signature is of is as the specification of DSSE says by its example', () => {
  assert.equal(
    preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString(),
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  )
  assert.equal(preAuthEncoding('ü', Buffer.from([0, 255])).toString('latin1'), 'DSSEv1 2 Ã¼ 2 \u0000ÿ')
})

test('a seal is an in-toto statement in an envelope of DSSE, and opens as it was made', () => {
  const { payload, signatures, ...rest } = envelope()
  assert.deepEqual(rest, { payloadType: 'application/vnd.in-toto+json' })
  assert.equal(signatures.length, 1)
  const { _type, subject, predicateType } = JSON.parse(Buffer.from(payload, 'base64').toString()) as Record<
    string,
    unknown
  >
  assert.deepEqual([_type, predicateType], ['https://in-toto.io/Statement/v1', 'urn:postern:seal:1'])
  assert.deepEqual((subject as unknown[])[0], {
    annotations: { size: 10 },
    digest: { sha256: digest('a') },
    name: 'MAIL01/report.html',
  })
  for (const asked of [key.public, null])
    assert.deepEqual(openSeal(good, asked), { seal: { ...seal, key: key.public }, by: keyIdOf(key.public), more: 0 })
  assert.equal(sealText(seal, key), good)
})

test('JSON in another order or with other blanks is the same envelope: what is signed are the bytes within', () => {
  const { payload, payloadType: type, signatures } = envelope()
  const [{ keyid, sig }] = signatures as [Envelope['signatures'][number]]
  const url = payload.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  for (const same of [
    JSON.stringify({ signatures: [{ sig, keyid }], payloadType: type, payload }, null, 4),
    JSON.stringify({ payload: url, payloadType: type, signatures: [{ sig }] }),
    JSON.stringify({ ...envelope(), unknown: true }),
  ])
    assert.deepEqual(openSeal(same, key.public).seal.results, seal.results)
})

test('whatever is changed of what is signed is refused', () => {
  const changed = (change: (envelope: Envelope) => void): string => {
    const value = envelope()
    change(value)
    return JSON.stringify(value)
  }
  const body = bodyOf(envelope())
  const swapped = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse()))
  assert.notEqual(swapped, body)
  for (const text of [
    changed((e) => (e.payload = base64(body.replace(digest('a'), digest('e'))))),
    changed((e) => (e.payload = base64(swapped))),
    changed((e) => (e.payload = base64(`${body} `))),
    changed((e) => (e.payloadType = 'application/json')),
    changed((e) => (e.payloadType = `${payloadType} 1`)),
    changed((e) => (e.signatures[0]!.sig = base64('x'.repeat(64)))),
    changed((e) => (e.signatures[0]!.sig = '')),
    changed((e) => (e.signatures[0]!.sig += e.signatures[0]!.sig)),
    changed((e) => (e.signatures = [])),
  ]) {
    refusedAs(/^The seal is refused\. Forged: none of its \d signatures is one of the key /, text)
    assert.throws(() => openSeal(text, null), PosternError)
  }
})

test('another key: refused when a key was asked for, whatever the seal says whose it is', () => {
  refusedAs(/Forged: none of its 1 signatures/, sealText(seal, other))
  // By itself it is whole: who made it is for the user to know.
  assert.equal(openSeal(sealText(seal, other), null).by, keyIdOf(other.public))
  const lie = JSON.parse(sealText(seal, other)) as Envelope
  lie.signatures[0]!.keyid = keyIdOf(key.public)
  refusedAs(/Forged/, JSON.stringify(lie))
  // Names the right key within, and is signed by another.
  refusedAs(/Forged: the signature is not one of the key that it names/, signed(bodyOf(envelope()), other), null)
})

test('a second signature neither helps nor harms, and is told of', () => {
  const two = envelope()
  two.signatures.push({ keyid: keyIdOf(other.public), sig: base64('y'.repeat(64)) })
  assert.deepEqual(openSeal(JSON.stringify(two), key.public).more, 1)
  two.signatures.reverse()
  assert.deepEqual(openSeal(JSON.stringify(two), key.public).more, 1)
  refusedAs(/none of its 2 signatures/, JSON.stringify(two), other.public)
  // A true second signature counts for whoever asks for that key.
  const both = envelope()
  both.signatures.push((JSON.parse(signed(bodyOf(both), other)) as Envelope).signatures[0]!)
  assert.equal(openSeal(JSON.stringify(both), other.public).by, keyIdOf(other.public))
  // So many are tried and no more.
  const many = envelope()
  many.signatures = [...Array.from({ length: 100 }, () => ({ keyid: '', sig: base64('z') })), ...many.signatures]
  refusedAs(/none of its 100 signatures/, JSON.stringify(many))
})

test('what is signed and says something else is refused too', () => {
  for (const [says, text] of [
    [/Unknown: its payload is application\/json/, signed(bodyOf(envelope()), key, 'application/json')],
    [/no statement of in-toto/, signed('[]')],
    [/no statement of in-toto/, signed('no json')],
    [/no statement of in-toto/, statement((s) => (s._type = 'https://in-toto.io/Statement/v0.1'))],
    [/something else \(https:\/\/slsa\.dev/, statement((s) => (s.predicateType = 'https://slsa.dev/provenance/v1'))],
    [/nothing of any evidence/, statement((s) => delete (s as Partial<Statement>).predicate)],
    [/when and with what/, statement((s) => (s.predicate.sealed = 'yesterday'))],
    [/names no key/, statement((s) => (s.predicate.key.public = 'x'))],
    [/lists no files/, statement((s) => (s.subject = {} as File[]))],
    [/does not describe its files/, statement((s) => (s.subject[0]!.digest = { sha512: 'a' }))],
    [/does not describe its files/, statement((s) => (s.subject[0]!.digest.sha256 = 'A'.repeat(64)))],
    [
      /does not describe its files/,
      statement((s) => (s.predicate.servers[0]!.unread[0]!.digest = { sha256: digest('a') })),
    ],
    [/what the evidence was/, statement((s) => (s.predicate.servers[0]!.masked = 'no'))],
  ] as const)
    refusedAs(says, text)
  for (const text of ['', '[]', 'null', '{}', '{"payload":"","payloadType":5,"signatures":[]}', good.slice(0, -20)])
    refusedAs(/Damaged: it is no envelope of DSSE/, text)
  refusedAs(/Damaged: its signatures are none/, JSON.stringify({ ...envelope(), signatures: [null] }))
})

test('names that lead elsewhere, or that stand there twice, are refused', () => {
  for (const path of ['../x', 'a/../../x', '/etc/passwd', 'C:/x', 'a\\b', 'a//b', './x', '', 'x\u0000'])
    refusedAs(
      /Path traversal/,
      statement((s) => (s.subject[0]!.name = path)),
    )
  refusedAs(
    /Ambiguous/,
    statement((s) => (s.subject[0]!.name = 'summary.json')),
  )
})

test('files that were sealed held against those that are there', () => {
  const file = (path: string, digit: string) => ({ path, size: 1, sha256: digit === '' ? '' : digest(digit) })
  const nothing = { changed: [], missing: [], added: [], moved: [], unknown: [] }
  const sealed = [file('a', 'a'), file('b', 'b'), file('c', 'c')]
  assert.deepEqual(changesBetween(sealed, [...sealed].reverse()), { ...nothing, same: 3 })
  const mixed = changesBetween(sealed, [file('a', 'a'), file('b', 'e'), file('d', 'c'), file('f', 'f')])
  assert.deepEqual(mixed, { ...nothing, same: 1, changed: ['b'], added: ['f'], moved: [{ before: 'c', after: 'd' }] })
  assert.ok(!isSame(mixed))
  assert.deepEqual(changesBetween(sealed, sealed.slice(1)).missing, ['a'])
  // Cannot be read any more.
  assert.deepEqual(changesBetween(sealed, [...sealed.slice(1), file('a', '')]).changed, ['a'])
  // Was not read then: whatever it is now, nothing can be said; that it is gone can.
  for (const now of ['', 'a']) {
    const changes = changesBetween([file('a', ''), file('b', 'b')], [file('a', now), file('b', 'b')])
    assert.deepEqual(changes, { ...nothing, same: 1, unknown: ['a'] })
    assert.ok(isSame(changes))
  }
  assert.deepEqual(changesBetween([file('a', '')], []).missing, ['a'])
  // Pseudonyms: files are known by their digests.
  const masked = [file('Users/person-1/a', 'a'), file('b', 'b')]
  assert.deepEqual(changesBetween(masked, [file('Users/jane/a', 'a'), file('b', 'b')], true), { ...nothing, same: 2 })
  assert.deepEqual(changesBetween(masked, [file('Users/jane/a', 'e'), file('b', 'b')], true), {
    ...nothing,
    same: 1,
    missing: ['Users/person-1/a'],
    added: ['Users/jane/a'],
  })
})

test('keys: private and public ones in PEM, and what is none says what it is', () => {
  const pem = publicPem(key.public)
  assert.match(pem, /^-----BEGIN PUBLIC KEY-----/)
  assert.equal(publicKeyOf(pem), key.public)
  const secret = key.secret.export({ type: 'pkcs8', format: 'pem' }).toString()
  const locked = key.secret
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'horse' })
    .toString()
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  assert.deepEqual(publicKeyOf(secret), { is: 'a private one' })
  assert.deepEqual(secretKeyOf(pem), { is: 'none' })
  assert.deepEqual(secretKeyOf(locked), { is: 'an encrypted one' })
  assert.deepEqual(secretKeyOf(''), { is: 'none' })
  assert.deepEqual(secretKeyOf(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()), { is: 'rsa' })
  assert.deepEqual(publicKeyOf(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()), { is: 'rsa' })
  assert.ok(isSignedBy(key.public, Buffer.from('a'), signWith(key, Buffer.from('a'))))
  assert.ok(!isSignedBy(key.public, Buffer.from('b'), signWith(key, Buffer.from('a'))))
  assert.ok(!isSignedBy(key.public, Buffer.from('a'), Buffer.alloc(3)))
})
