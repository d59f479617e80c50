import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { deflateRawSync, gzipSync } from 'node:zlib'
import type { Assessment } from '../../src/model/assessment.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { filesBelow, place, postern, sample, write } from './command.ts'

const folder = place()
const at = (name: string): string => join(folder, name)

/** So many members without content, in about a hundred KB: parts of gzip one after another, packed once more. */
function emptyMembers(thousands: number): Buffer {
  const part = tarOf(
    Array.from({ length: 1_000 }, (_, i) => ({ name: `${i}` })),
    0,
  )
  const packed = gzipSync(part, { level: 9 })
  return gzipSync(Buffer.concat(Array.from({ length: thousands }, () => packed)), { level: 9 })
}

/** Members that state gigabytes each, of a few KB. */
const largeMembers = zipOf(
  Array.from({ length: 400 }, (_, i) => ({
    name: `${i}.log`,
    method: 8,
    packed: deflateRawSync(Buffer.alloc(64 * 1024)),
    size: 2 ** 31,
    crc: 0,
  })),
)

const names = zipOf(
  Array.from({ length: 40 }, (_, i) => ({ name: `inetpub/wwwroot/${'n'.repeat(65_000)}${i}.aspx`, content: '1' })),
)

const wwwroot = 'C/inetpub/wwwroot/aspnet_client'
const planted = {
  // In the order of names before all other evidence.
  [`${wwwroot}/a.tar.gz`]: emptyMembers(2_100),
  'C/$a/b.zip': largeMembers,
  'C/0.zip': zipOf([{ name: 'all.tar.gz', content: emptyMembers(100), method: 8 }]),
  [`${wwwroot}/names.zip`]: zipOf([{ name: 'names.zip', content: names, method: 8 }]),
}

async function assessed(evidence: string, jobs: number): Promise<Assessment> {
  const out = at(`out-${createHash('md5').update(evidence).digest('hex')}-${jobs}`)
  const done = await postern(['assess', evidence, '--jobs', String(jobs), '--quiet', '--out', out])
  assert.equal(done.status, 5, done.err)
  const [name] = readdirSync(out).filter((n) => n !== 'summary.json')
  return JSON.parse(readFileSync(join(out, name!, 'assessment.json'), 'utf8')) as Assessment
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const said = ({ findings }: Assessment): string[] =>
  findings.map(({ title, client, time, count }) => JSON.stringify([title, client, time, count])).sort()

/** What the logs cover. */
const hours = ({ coverage }: Assessment): unknown[] =>
  coverage.kinds
    .filter(({ kind }) => kind !== 'files' && kind !== 'web-roots')
    .map(({ kind, entries, first, last }) => [kind, entries, first, last])

void describe('archives that an intruder left', () => {
  void it('take room from nothing else, and every number of threads gives the same', { timeout: 300_000 }, async () => {
    const logs = join(sample, 'C')
    cpSync(sample, at('clean'), { recursive: true })
    // As somebody gathers it: logs in an archive of their own, the rest in folders.
    const files = filesBelow(logs).map((path) => ({
      name: `C/${path.replaceAll('\\', '/')}`,
      content: readFileSync(join(logs, path)),
      method: 8,
    }))
    write(at('clean-zip'), { 'server.zip': zipOf(files) })
    cpSync(at('clean'), at('planted'), { recursive: true })
    write(at('planted'), planted)
    const more = Object.entries(planted).map(([name, content]) => ({ name, content, method: 8 }))
    write(at('planted-zip'), {})
    writeFileSync(join(at('planted-zip'), 'server.zip'), zipOf([...more, ...files]))
    for (const form of ['', '-zip']) {
      const before = await assessed(at(`clean${form}`), 1)
      const after: Assessment[] = []
      for (const jobs of form === '' ? [2] : [1, 2, 3]) after.push(await assessed(at(`planted${form}`), jobs))
      for (const a of after) {
        for (const line of said(before)) assert.ok(said(a).includes(line), line)
        assert.equal(a.incomplete, true)
        assert.equal(a.degraded, false)
        assert.deepEqual(hours(a), hours(before))
        for (const { path } of a.evidence.manifest) assert.ok(Buffer.byteLength(path) <= 1024, path)
      }
      for (const part of ['verdict', 'answers', 'findings', 'coverage', 'evidence'] as const)
        assert.equal(new Set(after.map((a) => digest(a[part]))).size, 1, part)
      assert.equal(before.incomplete, false)
    }
  })
})
