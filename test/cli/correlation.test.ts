import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import { place, postern, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()

const head = `#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
`
const row = (time: string, client: string, user: string, status: number): string =>
  `2024-05-02 ${time} 192.0.2.10 POST /owa/auth.owa - 443 ${user} ${client} Mozilla/5.0 - ${status} 0 0 15\n`
const clock = (second: number): string => new Date(second * 1000).toISOString().slice(11, 19)

/** Someone tries thirty names, two seconds apart and in two files, and then one is let in. */
const failures = Array.from({ length: 30 }, (_, i) => row(clock(3600 + 2 * i), '203.0.113.7', `user${i}`, 401))
const evidence = write(join(folder, 'evidence'), {
  'inetpub/logs/LogFiles/W3SVC1/u_ex240502.log':
    head + failures.slice(0, 20).join('') + row(clock(3650), '198.51.100.9', 'bob', 200),
  'inetpub/logs/LogFiles/W3SVC1/u_ex240502_x.log':
    head +
    failures.slice(20).join('') +
    row(clock(3700), '203.0.113.7', 'user3', 302) +
    row(clock(3700), '198.51.100.4', 'eve', 401),
})

const rules = write(join(folder, 'rules'), {
  'sprayed.yml': `title: Names tried by one client, then one of them is let in
id: 7d0e2a1c-9a4b-4a53-8d5e-0c0c6f0f1a01
status: test
author: Postern
level: high
tags: [attack.initial-access, attack.t1110.003]
correlation:
  type: temporal_ordered
  rules: [many_names, let_in]
  group-by: [c-ip]
  timespan: 10m
falsepositives: [A test of the house's own]
---
title: Many names
name: many_names
id: 7d0e2a1c-9a4b-4a53-8d5e-0c0c6f0f1a02
correlation:
  type: value_count
  rules: [refused]
  group-by: [c-ip]
  timespan: 5m
  condition: {field: cs-username, gte: 25}
---
title: Refused
name: refused
id: 7d0e2a1c-9a4b-4a53-8d5e-0c0c6f0f1a03
logsource: {category: webserver}
detection:
  sel: {cs-uri-stem|endswith: /auth.owa, sc-status: 401}
  condition: sel
---
title: Let in
name: let_in
id: 7d0e2a1c-9a4b-4a53-8d5e-0c0c6f0f1a04
logsource: {category: webserver}
detection:
  sel: {cs-uri-stem|endswith: /auth.owa, sc-status: [200, 302]}
  trusted: {cs-username|expand: '%Trusted%'}
  condition: sel and not trusted
`,
  'values.yml': 'vars: {Trusted: [svc_*]}\n',
})

const read = (out: string): { findings: Finding[]; assessment: Assessment; text: string } => {
  const at = join(out, 'EVIDENCE')
  const text = readFileSync(join(at, 'findings.jsonl'), 'utf8')
  return {
    text,
    findings: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Finding),
    assessment: JSON.parse(readFileSync(join(at, 'assessment.json'), 'utf8')) as Assessment,
  }
}

void describe('a correlation', () => {
  const out = join(folder, 'out')

  it('over two files becomes one finding with its rows, and no finding of its parts', async () => {
    const done = await runHere(['assess', evidence, '--rules', rules, '--out', out, '--jobs', '1', '--quiet'])
    assert.ok(done.status !== null && done.status !== 1 && done.status !== 2, done.err)
    const { findings, assessment } = read(out)
    assert.deepEqual(assessment.knowledge.brokenRules, [])
    const mine = findings.filter(({ rule }) => rule.startsWith('7d0e2a1c'))
    assert.deepEqual(
      mine.map(({ rule, count, client, first, last, stage, level }) => [
        rule.slice(-2),
        count,
        client,
        first,
        last,
        stage,
        level,
      ]),
      [['01', 26, '203.0.113.7', '2024-05-02T01:00:00.000Z', '2024-05-02T01:01:40.000Z', 'attempt', 'low']],
    )
    const [{ locators, notes }] = mine as [Finding]
    assert.equal(locators.length, 20)
    assert.match(locators[0]!.raw, /user0 203\.0\.113\.7/)
    assert.match(locators.at(-1)!.path, /u_ex240502_x\.log$/)
    assert.match(locators.at(-1)!.raw, /user3 203\.0\.113\.7 .* 302 /)
    assert.deepEqual(
      notes.filter((note) => note.startsWith('temporal_ordered')),
      [
        'temporal_ordered within 10m: 26 rows, 2024-05-02T01:00:00.000Z to 2024-05-02T01:01:40.000Z; c-ip = 203.0.113.7',
      ],
    )
  })

  it('says the same with several threads, and where files have other names', async () => {
    const many = join(folder, 'many')
    const done = await postern(['assess', evidence, '--rules', rules, '--out', many, '--jobs', '3', '--quiet'])
    assert.ok(done.status !== null && done.status !== 1, done.err)
    assert.equal(read(many).text, read(out).text)
    const logs = 'inetpub/logs/LogFiles/W3SVC1'
    const renamed = write(join(folder, 'renamed', 'evidence'), {
      [`${logs}/u_ex240503.log`]: readFileSync(join(evidence, logs, 'u_ex240502.log')),
      [`${logs}/u_ex240501.log`]: readFileSync(join(evidence, logs, 'u_ex240502_x.log')),
    })
    const other = join(folder, 'other')
    await runHere(['assess', renamed, '--rules', rules, '--out', other, '--jobs', '1', '--quiet'])
    const counted = ({ findings }: { findings: Finding[] }): unknown[] =>
      findings.filter(({ rule }) => rule.startsWith('7d0e2a1c')).map(({ count, first, last }) => [count, first, last])
    assert.deepEqual(counted(read(other)), counted(read(out)))
  })

  it('is reproduced by explain, also where the evidence was moved; and not where a file is gone', async () => {
    const { id } = read(out).findings.find(({ rule }) => rule.endsWith('01'))!
    const again = await runHere(['explain', out, id])
    assert.equal(again.status, 0, again.out + again.err)
    assert.match(again.out, /20 of 20 places reproduced/)
    assert.match(again.out, /temporal_ordered within 10m: 26 rows/)
    const moved = join(folder, 'moved')
    cpSync(evidence, moved, { recursive: true })
    assert.equal((await runHere(['explain', out, id, '--evidence', moved])).status, 0)
    // Without the row that was let in, the rows before it are no match any more.
    write(moved, { 'inetpub/logs/LogFiles/W3SVC1/u_ex240502_x.log': head })
    const gone = await runHere(['explain', out, id, '--evidence', moved])
    assert.equal(gone.status, 1)
    assert.match(gone.out, /0 of 20 places reproduced/)
  })

  it('that nothing meets says nothing', async () => {
    const quiet = write(join(folder, 'quiet'), {
      'inetpub/logs/LogFiles/W3SVC1/u_ex240502.log':
        head + failures.slice(0, 20).join('') + row(clock(3700), '203.0.113.7', 'user3', 302),
    })
    const to = join(folder, 'silent')
    await runHere(['assess', quiet, '--rules', rules, '--out', to, '--jobs', '1', '--quiet'])
    assert.ok(existsSync(join(to, 'QUIET', 'findings.jsonl')))
    assert.doesNotMatch(readFileSync(join(to, 'QUIET', 'findings.jsonl'), 'utf8'), /7d0e2a1c/)
  })
})
