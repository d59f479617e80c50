import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { noPackTexts } from '../../src/model/pack-texts.ts'
import { writeServer } from '../../src/cli/server-files.ts'
import { core, nothingNamed, type Report, reports } from '../../src/reports/index.ts'
import { fixture } from '../reports/fixture.ts'
import { place } from './command.ts'

const folder = place()
const run = { evidence: ['/evidence'], started: 0, jobs: 1, args: [], resumed: 0 }
const wishes = { ...nothingNamed, language: 'en', texts: noPackTexts } as const
const extra = new Set(reports.map(({ name }) => name))
const named = (name: string): Report => reports.find((report) => report.name === name)!
const runOf = (server: string) =>
  JSON.parse(readFileSync(join(server, 'run.json'), 'utf8')) as {
    failedReports?: { report: string; file: string; reason: string }[]
  }

/** A report in the place of another, that fails in one of the ways in which a report can. */
const failures: readonly (readonly [string, Report['write'], RegExp])[] = [
  ['throws at once', () => assert.fail('no text'), /no text/],
  [
    'throws in the middle',
    function* () {
      yield 'x'.repeat(3_000_000)
      throw new RangeError('Invalid string length')
    },
    /RangeError: Invalid string length/,
  ],
  [
    'makes a string that is too long',
    function* () {
      yield 'x'.repeat(2 ** 29)
    },
    /Invalid string length/,
  ],
]

void describe('files of a server', () => {
  for (const [what, write, reason] of failures)
    void it(`a report that ${what} costs itself only`, async () => {
      const server = join(folder, what.replaceAll(' ', '-'))
      const forms = reports.map((report) => (report.name === 'stix' ? { ...report, write } : report))
      const failed = await writeServer(server, fixture, { extra, wishes, forms }, run)
      assert.deepEqual(
        failed.map(({ report }) => report),
        ['stix'],
      )
      assert.match(failed[0]!.reason, reason)
      assert.deepEqual(runOf(server).failedReports, failed)
      const expected = [...reports.filter(({ name }) => name !== 'stix').map(({ file }) => file), 'run.json'].sort()
      assert.deepEqual(readdirSync(server).sort(), expected)
    })

  void it('the answer stands there before any other report is begun', async () => {
    const server = join(folder, 'order')
    const there: string[][] = []
    const forms = reports.map((report): Report => {
      const write: Report['write'] = (assessment, more) => {
        there.push(existsSync(server) ? readdirSync(server) : [])
        return report.write(assessment, more)
      }
      return core.includes(report) ? report : { ...report, write }
    })
    await writeServer(server, fixture, { extra, wishes, forms }, run)
    assert.equal(there.length, reports.length - core.length)
    for (const names of there)
      for (const name of ['assessment.json', 'findings.jsonl', 'coverage.jsonl', 'run.json'])
        assert.ok(names.includes(name), `${name} before the reports`)
    assert.equal(runOf(server).failedReports, undefined)
  })

  void it('no PDF is printed of a page that is not there', async () => {
    const server = join(folder, 'page')
    let printed = 0
    const forms = [...core, { ...named('html'), write: () => assert.fail('no page') }]
    const failed = await writeServer(server, fixture, { extra, wishes, forms }, run, () => {
      printed++
      return Promise.resolve()
    })
    assert.deepEqual([failed.length, printed], [1, 0])
  })
})
