import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { assess } from '../../src/assessment/assess.ts'
import { PosternError } from '../../src/lib/errors.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { casesOf } from '../tenth.ts'

// Passwords that open nothing end a run with a sentence, and with no report about a server that the archive is called after.
const root = join(import.meta.dirname, '..', '..')
const all = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const knowledge = { ...all, rules: { ...all.rules, scanners: [] } }
const facts = loadExposureFacts(join(root, 'knowledge'))
const folder = mkdtempSync(join(tmpdir(), 'postern-passwords-'))
after(() => rmSync(folder, { recursive: true }))

const header =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n'
const log = (i: number): string =>
  `${header}2021-03-03 04:${String(i % 60).padStart(2, '0')}:00 192.0.2.10 GET /owa/ - 443 - 192.0.2.20 x 200\r\n`
const logs = join(folder, 'logs')
mkdirSync(logs)
for (let i = 0; i < 309; i++) writeFileSync(join(logs, `u_ex${i}.log`), log(i))
/** A password of AES is tried by tens of thousands of digests; one of ZipCrypto fits every 256th file by chance. */
const some = join(folder, 'some')
mkdirSync(some)
for (let i = 0; i < 19; i++) writeFileSync(join(some, `u_ex${i}.log`), log(i))

async function assessed(paths: readonly string[], passwords: readonly string[]): Promise<Assessment> {
  const options = { fallbackName: 'ENC', tool: 'test', passwords }
  return assess(paths, knowledge, facts, inlinePool(knowledge, null, passwords), options)
}

const programs: readonly (readonly [name: string, file: string, program: string, args: readonly string[]])[] = [
  ['ZipCrypto', 'enc.zip', 'zip', ['-q', '-r', '-P', 'secret']],
  ['AES zip', 'aes.zip', '7z', ['a', '-bd', '-tzip', '-mem=AES256', '-psecret']],
  ['7z', 'a.7z', '7z', ['a', '-bd', '-psecret']],
  ['7z with encrypted names', 'names.7z', '7z', ['a', '-bd', '-psecret', '-mhe=on']],
]

for (const [name, file, program, args] of casesOf(programs)) {
  const skip = !has(program)
  const path = join(folder, file)
  test(`${name}: wrong passwords, and the right one among several`, { skip }, async () => {
    execFileSync(program, [...args, path, program === 'zip' ? 'logs' : 'some'], { cwd: folder, stdio: 'ignore' })
    for (const passwords of [['wrong'], ['wrong', 'x', 'secret1']])
      await assert.rejects(
        assessed([path], passwords),
        (error) =>
          error instanceof PosternError &&
          error.code === 'nothing-opened' &&
          /^(?:The password given opens no\w+ of|None of the 3 passwords given opens) (?:one of )?the (?:(?:309|19) encrypted files \([^ ]+ and (?:308|18) more files\)|encrypted \S+), and nothing else [^.]*\.$/.test(
            error.message,
          ),
      )
    const right = await assessed([path], ['wrong', 'secret', 'x'])
    assert.equal(right.coverage.gaps.length, 0)
    assert.ok(right.coverage.kinds.some(({ kind }) => kind === 'iis-frontend'))
  })
}

test('an archive in an archive, with a description beside it', { skip: !has('zip') }, async () => {
  execFileSync('zip', ['-q', '-r', '-P', 'secret', join(folder, 'data.zip'), 'logs'], { cwd: folder })
  const path = join(folder, 'outer.zip')
  execFileSync('zip', ['-q', '-j', path, join(folder, 'data.zip')], { cwd: folder })
  await assert.rejects(assessed([path], ['wrong']), PosternError)
  writeFileSync(join(folder, 'notes.txt'), 'of the server')
  execFileSync('zip', ['-q', '-j', path, join(folder, 'notes.txt')], { cwd: folder })
  await assert.rejects(assessed([path], ['wrong']), PosternError)
  assert.ok((await assessed([path], ['secret'])).coverage.kinds.length > 0)
})

test('an archive that no password opens stays a gap beside evidence that is read', { skip: !has('zip') }, async () => {
  const place = join(folder, 'both')
  mkdirSync(place)
  writeFileSync(join(place, 'u_ex210303.log'), log(1))
  execFileSync('zip', ['-q', '-r', '-P', 'secret', join(place, 'backup.zip'), 'logs'], { cwd: folder })
  for (const passwords of [[], ['wrong']]) {
    const { coverage, verdict } = await assessed([place], passwords)
    assert.deepEqual([...new Set(coverage.gaps.map(({ reason }) => reason))], ['encrypted'])
    assert.notEqual(verdict.is, 'no-evidence')
  }
})

test('without a password an archive whose names alone are readable is no error of a password', async () => {
  const place = join(folder, 'plain')
  mkdirSync(place)
  writeFileSync(join(place, 'x.zip'), zipOf([{ name: 'notes.txt', content: 'x' }]))
  assert.equal((await assessed([place], ['unused'])).verdict.is, 'cannot-tell')
})

function has(program: string): boolean {
  try {
    execFileSync(program, [program === 'zip' ? '-v' : 'i'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
