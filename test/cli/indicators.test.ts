import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import { httpProxyLog, place, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()
const client = '203.0.113.9'
const log = httpProxyLog('MAIL01').replaceAll(',::1,', `,${client},`)
const page = '<%@ Page Language="C#" %><p>odd</p>'
const evidence = write(join(folder, 'evidence'), {
  'HttpProxy/Ecp/HttpProxy_1.LOG': log,
  'C/inetpub/wwwroot/aspnet_client/odd.aspx': page,
})
const put = (name: string, json: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(json))
  return join(folder, name)
}

const rows = log.split('\n').filter((line) => line.includes(`,${client},`)).length

void describe('indicators of others', () => {
  it('an address of STIX and a digest of MISP become findings; what is not used is told', async () => {
    assert.ok(rows > 1)
    const type = { type: 'indicator', spec_version: '2.1', pattern_type: 'stix', valid_from: '2021-03-01T00:00:00Z' }
    const stix = put('from-the-cert', {
      type: 'bundle',
      id: 'bundle--1',
      objects: [
        { ...type, id: 'indicator--a', pattern: `[ipv4-addr:value = '${client}']`, name: 'scanner' },
        { ...type, id: 'indicator--b', pattern: `[ipv4-addr:value = '${client}']`, revoked: true },
        { ...type, id: 'indicator--c', pattern: "[windows-registry-key:key = 'HKLM\\\\a']" },
      ],
    })
    const ended = put('ended.json', {
      type: 'bundle',
      id: 'bundle--2',
      objects: [
        {
          ...type,
          id: 'indicator--d',
          pattern: `[ipv4-addr:value = '${client}']`,
          valid_from: '2019-01-01T00:00:00Z',
          valid_until: '2020-01-01T00:00:00Z',
        },
      ],
    })
    const value = createHash('sha256').update(page).digest('hex')
    const misp = put('event.json', {
      Event: { info: 'Web shells', Attribute: [{ uuid: 'u1', type: 'sha256', to_ids: true, value }], Object: [] },
    })
    const out = join(folder, 'out')
    const options = [stix, ended, misp].flatMap((list) => ['--iocs', list])
    const done = await runHere(['assess', evidence, '--out', out, '--jobs', '1', '--quiet', ...options])
    assert.ok(done.status !== null && done.status >= 3, done.err)

    const results = join(out, 'MAIL01')
    const findings = readFileSync(join(results, 'findings.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Finding)
    const of = (rule: string): Finding[] => findings.filter((finding) => finding.rule === rule)
    const hits = of('ioc-indicators-from-the-cert-client')
    assert.equal(
      hits.reduce((sum, { count }) => sum + count, 0),
      rows,
    )
    assert.deepEqual(of('ioc-indicators-ended-client'), [])
    const files = of('ioc-indicators-event-hash')
    assert.equal(files.length, 1)
    assert.match(JSON.stringify(files[0]), /odd\.aspx/)

    const shown = await runHere(['explain', results, hits[0]!.id, files[0]!.id])
    assert.match(shown.out, /by .*=203\.0\.113\.9 \(indicator--a: scanner\)/)
    assert.match(shown.out, /\(u1: Web shells\)/)

    const { knowledge } = JSON.parse(readFileSync(join(results, 'assessment.json'), 'utf8')) as Assessment
    assert.deepEqual(
      knowledge.brokenRules.map(({ file, detail }) => [file, detail]),
      [
        ['from-the-cert', 'indicator--c: windows-registry-key:key is not looked up.'],
        ['from-the-cert', 'Indicators left out: 1 revoked.'],
      ],
    )
  })

  it('of a client with more rows than are kept, those up to valid_until are counted', async () => {
    const lines = log.split('\n')
    const many = lines.flatMap((line) => (line.includes(`,${client},`) ? Array<string>(300).fill(line) : [line]))
    const ends = '2021-03-01T12:00:00.000Z'
    const before = many.filter((line) => line.includes(`,${client},`) && line < ends).length
    assert.ok(before > 300 && before < many.length - 300)
    const where = write(join(folder, 'many'), { 'HttpProxy/Ecp/HttpProxy_1.LOG': many.join('\n') })
    const pattern = `[ipv4-addr:value = '${client}']`
    const list = put('ends.json', {
      type: 'bundle',
      objects: [{ type: 'indicator', id: 'indicator--e', pattern_type: 'stix', pattern, valid_until: ends }],
    })
    const out = join(folder, 'out-many')
    const done = await runHere(['assess', where, '--out', out, '--jobs', '1', '--quiet', '--iocs', list])
    assert.ok(done.status !== null && done.status >= 3, done.err)
    const counted = readFileSync(join(out, 'MAIL01/findings.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"ioc-indicators-ends-client"'))
      .reduce((sum, line) => sum + (JSON.parse(line) as Finding).count, 0)
    assert.equal(counted, before)
  })
})
