import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { zipOf } from '../../tools/writers/zip.ts'
import { httpProxyLog, place, write } from './command.ts'
import { runHere } from './in-process.ts'

// `postern seal` and `postern verify` as a person uses them, and as somebody who has changed something hopes that they are not.

const folder = place()
const at = (...names: string[]): string => join(folder, ...names)
const notes = { name: 'notes.txt', content: 'written by us\n' }

/** Evidence with a folder, an archive, and an archive in it. */
function evidence(name: string, server: string): string {
  const inner = zipOf([notes, { name: 'more.txt', content: 'more of it\n', method: 8 }])
  return write(at(name), {
    'logs/HttpProxy_2021030100-1.LOG': httpProxyLog(server),
    'pages.zip': zipOf([notes, { name: 'inner.zip', content: inner }]),
  })
}

const made = (async () => {
  evidence('MAIL01', 'MAIL01')
  assert.equal((await runHere(['assess', '--quiet', at('MAIL01'), '--out', at('out')])).status, 3)
  for (const key of ['key', 'other']) assert.equal((await runHere(['seal', '--new-key', at(key)])).status, 0)
  const { status, out, err } = await runHere(['seal', at('out'), '--key', at('key')])
  assert.deepEqual([status, err], [0, ''])
  return out
})()

/** A copy of the sealed results and their evidence, to be changed. */
async function copy(name: string): Promise<{ out: string; evidence: string; server: string }> {
  await made
  cpSync(at('out'), at(name, 'out'), { recursive: true })
  cpSync(at('MAIL01'), at(name, 'MAIL01'), { recursive: true })
  return { out: at(name, 'out'), evidence: at(name, 'MAIL01'), server: at(name, 'out', 'MAIL01') }
}
const verify = (out: string, ...more: string[]) => runHere(['verify', out, '--key', at('key.pub'), ...more])

test('a key, a seal, and that all is as it was, wherever it lies now', async () => {
  const says = await made
  assert.match(says, /^.*seal\.json: 7 files of results and 4 of evidence, sealed \d{4}-\d\d-\d\dT/)
  if (process.platform !== 'win32') assert.equal(statSync(at('key')).mode & 0o777, 0o600)
  const { out, evidence: there } = await copy('moved')
  const { status, out: text, err } = await verify(out, '--evidence', there)
  assert.deepEqual([status, err], [0, ''])
  assert.match(text, /^results: 7 files are as sealed, and nothing else is there$/m)
  assert.match(text, /^evidence of MAIL01: 4 files are as sealed, and nothing else is there$/m)
  const alone = await verify(out)
  assert.deepEqual([alone.status, alone.err], [0, ''])
  assert.match(alone.out, /^evidence of MAIL01: not looked at; say where it lies with --evidence$/m)
})

test('without a key it is said that nobody knows whose the seal is, and the status is no success', async () => {
  await made
  const { status, out, err } = await runHere(['verify', at('out')])
  assert.equal(status, 3)
  assert.match(out, /^results: 7 files are as sealed/m)
  assert.match(
    err,
    /^postern: It is what was sealed; the signer is not verified\. Give the public key of the signer with --key\.\n$/,
  )
})

test('what was changed, removed or added among the results is named', async () => {
  type Row = readonly [name: string, change: (folders: Awaited<ReturnType<typeof copy>>) => void, says: RegExp]
  const rows: readonly Row[] = [
    ['a byte', ({ server }) => flip(join(server, 'report.html'), 5_000), /^ {2}changed {2}MAIL01\/report\.html$/m],
    [
      'a byte more',
      ({ server }) => appendFileSync(join(server, 'run.json'), '\n'),
      /^ {2}changed {2}MAIL01\/run\.json$/m,
    ],
    ['removed', ({ out }) => rmSync(join(out, 'summary.json')), /^ {2}missing {2}summary\.json$/m],
    ['added', ({ server }) => writeFileSync(join(server, 'more.html'), 'x'), /^ {2}added {4}MAIL01\/more\.html$/m],
    [
      'renamed',
      ({ server }) => renameSync(join(server, 'coverage.jsonl'), join(server, 'c.jsonl')),
      /^ {2}moved {4}MAIL01\/coverage\.jsonl is now MAIL01\/c\.jsonl$/m,
    ],
    [
      'a link in the place of a file, to the same bytes',
      ({ server, out }) => {
        renameSync(join(server, 'report.html'), join(out, '..', 'report.html'))
        symlinkSync(join(out, '..', 'report.html'), join(server, 'report.html'))
      },
      /^ {2}changed {2}MAIL01\/report\.html \(not followed or opened: a link\)$/m,
    ],
    [
      'a link to a folder',
      ({ out }) => symlinkSync('/etc', join(out, 'etc')),
      /^ {2}added {4}etc \(not followed or opened: a link\)$/m,
    ],
    [
      'a name that steers a terminal',
      ({ out }) => writeFileSync(join(out, '\u001b[2Jx'), ''),
      /^ {2}added {4}␛\[2Jx$/m,
    ],
  ]
  for (const [name, change, says] of rows) {
    const one = await copy(`r ${name}`)
    change(one)
    const { status, out, err } = await verify(one.out)
    assert.equal(status, 1, name)
    assert.match(out, says)
    assert.match(
      err,
      /^postern: This is not what was sealed: of its files 1 (?:changed|missing|added|at another place)\.\n$/,
    )
    const unnamed = await runHere(['verify', one.out])
    assert.equal(unnamed.status, 1, name)
  }
})

test('what was changed, removed or added in the evidence is named, in archives within archives too', async () => {
  const inner = (text: string) => zipOf([notes, { name: 'more.txt', content: text, method: 8 }])
  type Row = readonly [name: string, change: (evidence: string) => void, says: RegExp]
  const rows: readonly Row[] = [
    [
      'a byte of a log',
      (there) => flip(join(there, 'logs/HttpProxy_2021030100-1.LOG'), 300),
      /^ {2}changed {2}logs\/HttpProxy_2021030100-1\.LOG$/m,
    ],
    [
      'a byte in an archive in an archive',
      (there) =>
        writeFileSync(join(there, 'pages.zip'), zipOf([notes, { name: 'inner.zip', content: inner('less of it\n') }])),
      /^ {2}changed {2}pages\.zip!\/inner\.zip!\/more\.txt$/m,
    ],
    [
      'a member that is gone',
      (there) =>
        writeFileSync(join(there, 'pages.zip'), zipOf([{ name: 'inner.zip', content: inner('more of it\n') }])),
      /^ {2}missing {2}pages\.zip!\/notes\.txt$/m,
    ],
    ['a file more', (there) => writeFileSync(join(there, 'x.txt'), 'x'), /^ {2}added {4}x\.txt$/m],
    ['a link more', (there) => symlinkSync('/etc/hostname', join(there, 'name')), /^ {2}added {4}name$/m],
  ]
  for (const [name, change, says] of rows) {
    const one = await copy(`e ${name}`)
    change(one.evidence)
    const { status, out, err } = await verify(one.out, '--evidence', one.evidence)
    assert.equal(status, 1, name)
    assert.match(out, says)
    assert.match(out, /^results: 7 files are as sealed, and nothing else is there$/m)
    assert.match(err, /of its files 1 (?:changed|missing|added)\.\n$/)
  }
})

test('the seal itself: another one, one that was changed, one that is gone, one that lies elsewhere', async () => {
  const one = await copy('seals')
  const file = join(one.out, 'seal.json')
  const seal = readFileSync(file, 'utf8')
  // Changed results, sealed anew by somebody else: whole by itself, and not by the key that is asked for.
  rmSync(file)
  flip(join(one.server, 'report.html'), 5_000)
  assert.equal((await runHere(['seal', one.out, '--key', at('other')])).status, 0)
  assert.equal((await runHere(['verify', one.out])).status, 3)
  const foreign = await verify(one.out)
  assert.deepEqual([foreign.status, foreign.out], [1, ''])
  assert.match(foreign.err, /^postern: The seal is refused\. Forged: .*\n$/)
  // With the first one beside it, the second one is a file that was added.
  writeFileSync(at('first.json'), seal)
  const beside = await verify(one.out, '--seal', at('first.json'))
  assert.equal(beside.status, 1)
  assert.match(beside.out, /^ {2}changed {2}MAIL01\/report\.html\n {2}added {4}seal\.json$/m)
  // A link in its place.
  rmSync(file)
  symlinkSync(at('first.json'), file)
  assert.match((await verify(one.out)).out, /^ {2}added {4}seal\.json \(not followed or opened: a link\)$/m)
  rmSync(file)
  const gone = await verify(one.out)
  assert.deepEqual([gone.status, gone.out], [2, ''])
  assert.match(gone.err, /^postern: .*seal\.json: no such seal\. Create it with postern seal/)
  writeFileSync(file, seal.slice(0, 500))
  assert.equal((await verify(one.out)).status, 1)
})

test('many servers: the evidence of each by its name, in any order, alone or with the folder around it', async () => {
  await made
  for (const name of ['MAIL02', 'MAIL03']) evidence(join('all', name), name)
  assert.equal((await runHere(['assess', '--quiet', '--each', at('all'), '--out', at('two')])).status, 3)
  const sealed = await runHere(['seal', at('two'), '--key', at('key'), '--seal', at('two.json')])
  assert.match(sealed.out, /13 files of results and 8 of evidence/)
  const check = (...paths: string[]) =>
    verify(at('two'), '--seal', at('two.json'), ...paths.flatMap((path) => ['--evidence', path]))
  for (const paths of [[at('all')], [at('all/MAIL03'), at('all/MAIL02')]]) {
    const { status, out } = await check(...paths)
    assert.equal(status, 0)
    assert.equal(out.match(/^evidence of MAIL0[23]: 4 files are as sealed, and nothing else is there$/gm)?.length, 2)
  }
  const half = await check(at('all/MAIL03'))
  assert.equal(half.status, 0)
  assert.match(half.out, /^evidence of MAIL02: not looked at$/m)
  appendFileSync(at('all/MAIL03/logs/HttpProxy_2021030100-1.LOG'), '\n')
  assert.equal((await check(at('all'))).status, 1)
  const { status, err } = await check(at('MAIL01'))
  assert.equal(status, 2)
  assert.match(err, /MAIL01 is not the evidence of these servers\. Their evidence was MAIL02, MAIL03\./)
})

test('masked results and what could not be read', async () => {
  await made
  const there = evidence('masked', 'MAIL01')
  write(there, { 'C/Users/jane.doe/Desktop/list.txt': 'a list\n' })
  symlinkSync('/etc/hostname', join(there, 'name'))
  await runHere(['assess', '--quiet', '--mask', there, '--out', at('mask')])
  assert.equal((await runHere(['seal', at('mask'), '--key', at('key')])).status, 0)
  assert.equal((await verify(at('mask'), '--evidence', there)).status, 0)
  await runHere(['assess', '--quiet', there, '--out', at('bare')])
  await runHere(['seal', at('bare'), '--key', at('key')])
  const { status, out } = await verify(at('bare'), '--evidence', there)
  assert.equal(status, 0, out)
  assert.match(out, /^ {2}1 file of it had not been read, and cannot be compared$/m)
})

test('mistakes: one clear sentence each', async () => {
  await made
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(at('rsa'), rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  mkdirSync(at('empty'))
  const one = await copy('linked')
  rmSync(join(one.out, 'seal.json'))
  symlinkSync('/etc', join(one.out, 'etc'))
  for (const [args, status, says] of [
    [['seal'], 2, /Usage: postern seal OUT --key FILE/],
    [['seal', at('out')], 2, /Usage: postern seal OUT --key FILE/],
    [['seal', at('out'), '--key', at('key'), '--new-key', at('k')], 2, /Usage: postern seal OUT/],
    [['seal', at('out'), '--key', at('key')], 2, /seal\.json exists already/],
    [['seal', at('out'), '--key', at('key.pub')], 2, /Expected an unencrypted Ed25519 private key/],
    [['seal', at('out'), '--key', at('rsa')], 2, /is rsa\. Expected an unencrypted Ed25519 private key/],
    [['seal', at('out'), '--key', at('nokey')], 2, /the key cannot be read: no such file or folder/],
    [['seal', at('empty'), '--key', at('key')], 2, /no results \(coverage\.jsonl is missing\)/],
    [['seal', at('nowhere'), '--key', at('key')], 2, /nowhere: no such file or directory/],
    [['seal', one.out, '--key', at('key')], 2, /etc cannot be sealed \(not followed or opened: a link\)/],
    [['seal', '--new-key', at('key')], 2, /key\.pub exists already/],
    [['verify'], 2, /Usage: postern verify OUT/],
    [['verify', at('nowhere')], 2, /nowhere: no such file or directory/],
    [['verify', at('key')], 2, /is not a folder/],
    [['verify', at('out'), '--key', at('key')], 2, /is a private one\. Expected an Ed25519 public key/],
    [
      ['verify', at('out'), '--key', at('key.pub'), '--evidence', at('nowhere')],
      2,
      /nowhere: no such file or directory/,
    ],
  ] as const) {
    const done = await runHere(args)
    assert.deepEqual([done.status, done.out], [status, ''], args.join(' '))
    assert.match(done.err, says)
    assert.equal(done.err.trimEnd().split('\n').length, 1)
  }
  assert.ok(!existsSync(at('k')) && !existsSync(join(one.out, 'seal.json')))
  assert.deepEqual(readdirSync(at('empty')), [])
})

/** Another byte at a place of a file. */
function flip(file: string, offset: number): void {
  const bytes = readFileSync(file)
  assert.ok(offset < bytes.length)
  bytes[offset] = bytes[offset]! ^ 1
  writeFileSync(file, bytes)
}
