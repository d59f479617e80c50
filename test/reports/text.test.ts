import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { columns } from '../../src/lib/terminal.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { summaryHead, summaryLine, textReport } from '../../src/reports/index.ts'
import { busy, empty, fixture, quiet } from './fixture.ts'

const servers: Readonly<Record<string, Assessment>> = { fixture, quiet, empty }
const plain = { color: false, width: 80, folder: 'postern-out/MAIL01' }

// To accept what is written now: UPDATE=1 node --test test/reports/text.test.ts
for (const [name, assessment] of Object.entries(servers)) {
  test(`the summary of ${name} is as in golden/${name}.txt`, () => {
    const file = new URL(`./golden/${name}.txt`, import.meta.url)
    const text = textReport(assessment, plain)
    if (process.env.UPDATE) writeFileSync(file, text)
    assert.equal(text, readFileSync(file, 'utf8'))
  })
}

for (const width of [80, 40, 20, 100, 500]) {
  test(`at a width of ${width} no line is longer`, () => {
    const room = Math.max(40, Math.min(100, width))
    for (const assessment of [...Object.values(servers), busy(300)]) {
      const text = textReport(assessment, { color: false, width })
      const long = text.split('\n').filter((line) => columns(line) > room)
      assert.deepEqual(long, [])
    }
  })
}

const twice = (assessment: Assessment, name: string): Assessment => {
  const asked = assessment.campaigns.find((c) => c.assessed)!
  return { ...assessment, campaigns: [asked, { ...asked, name }, ...assessment.campaigns.filter((c) => !c.assessed)] }
}

for (const width of [80, 60, 55, 40, 100]) {
  test(`tables and names in wide characters fit ${width} columns`, () => {
    const name = '邮件服务器'.repeat(9)
    const wide = { ...twice(fixture, `${name}\u001b[2J`), server: { ...fixture.server, name } }
    const terminal = { color: false, width }
    const texts = [textReport(wide, terminal), summaryLine(wide, terminal), summaryHead(terminal)]
    const long = texts.flatMap((text) => text.split('\n')).filter((line) => columns(line) > width)
    assert.deepEqual(long, [])
    assert.ok(
      /^ {2}campaign +(?:exposed target\. |expos +targ\. )|^ {2}campaign\n +expos +targ\. /m.test(texts[0]!) &&
        !texts[0]!.includes('\u001b'),
    )
    const colored = [textReport, summaryLine].map((of) => of(wide, { ...terminal, color: true }))
    // eslint-disable-next-line no-control-regex
    assert.deepEqual(
      colored.map((text) => text.replace(/\u001b\[\d+m/g, '')),
      texts.slice(0, 2),
    )
  })
}

test('in little room a server of many takes two lines, with its name and all six answers', () => {
  const lines = [summaryHead({ color: false, width: 60 }), summaryLine(fixture, { color: false, width: 60 })]
  assert.deepEqual(lines.join('\n').split('\n'), [
    'server                                        verdict',
    '  exposed target. exploit comprom mail    persist',
    'MAIL01                                        compromised',
    '  yes     yes     yes     yes     prob.   ?',
  ])
})

test('the stages of a story and the answers have their colors, and a time stands back', () => {
  const attackChain = ['2021-03-03 04:22:10 UTC, 203.0.113.177: a probe.']
  const told = { ...fixture, intrusions: fixture.intrusions.map((intrusion) => ({ ...intrusion, attackChain })) }
  const text = textReport(told, { ...plain, color: true })
  assert.ok(text.includes('\u001b[1m\u001b[31mWeb shell\u001b[39m\u001b[22m'))
  assert.ok(text.includes('\u001b[1m\u001b[35mMail read\u001b[39m\u001b[22m'))
  assert.ok(text.includes('\u001b[2m2021-03-03 04:22:10 UTC\u001b[22m, 203.0.113.177: a probe.'))
  assert.match(text, /\u001b\[2m\[a1f3\]\u001b\[22m/)
})

test('nothing that steers a terminal comes out of the evidence', () => {
  const text = textReport(fixture, plain) + summaryLine(hostileName(), plain)
  assert.doesNotMatch(text, /[^\P{C}\n]|[\u2028\u2029]/u)
  const colored = textReport(fixture, { ...plain, color: true })
  // eslint-disable-next-line no-control-regex
  assert.equal(colored.replace(/\u001b\[\d+m/g, ''), textReport(fixture, plain))
  assert.match(colored, /\u001b\[31m/)
})

test('the verdict comes first, then answers, story, what was not read, what to do, where the files are', () => {
  const text = textReport(fixture, plain)
  const order = [
    'COMPROMISED',
    'THE SIX QUESTIONS',
    'WHAT HAPPENED',
    'UNREAD OR MISSING EVIDENCE',
    'WHAT TO DO FIRST',
    'report.html',
  ]
  const places = order.map((word) => text.indexOf(word))
  assert.ok(places.every((place) => place >= 0))
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  )
})

test('campaigns that were not asked for one reason stand in one sentence', () => {
  const asked = fixture.campaigns[0]!
  const not = (name: string, reason: string): typeof asked => ({ ...asked, name, assessed: false, reason })
  const campaigns = [asked, not('A', 'few used it'), not('B', 'the evidence ends before'), not('C', 'few used it')]
  const text = textReport({ ...fixture, campaigns }, plain)
  assert.deepEqual(text.match(/Not assessed: .*/g), [
    'Not assessed: A, C: few used it.',
    'Not assessed: B: the evidence ends before.',
  ])
})

test('where no name was weighed, the reasons are left to the report', () => {
  const actors = fixture.actors.filter(({ references }) => references.length === 0)
  assert.ok(actors.some((actor) => actor.supporting.length > 0))
  assert.match(textReport(fixture, plain), /^ +Supporting: /m)
  const text = textReport({ ...fixture, actors }, plain)
  assert.match(text, /Mass exploitation, actor unknown: likely/)
  assert.doesNotMatch(text, /^ +Supporting: /m)
})

test('a verdict that rests on a sign says so', () => {
  const unsure = { ...fixture, verdict: { ...fixture.verdict, sure: false } }
  assert.match(textReport(unsure, plain), /^PROBABLY COMPROMISED$/m)
  assert.match(summaryLine(unsure, plain), /compromised\?/)
})

test('many servers: one line each, under a head of the same columns', () => {
  const lines = [fixture, quiet, empty, hostileName()].map((a) => summaryLine(a, plain))
  for (const line of [summaryHead(plain), ...lines]) assert.ok(columns(line) <= 80, line)
  assert.match(lines[0]!, /^MAIL01 +compromised +yes +yes +yes +yes +prob\. +\?$/)
})

function hostileName(): Assessment {
  return { ...fixture, server: { ...fixture.server, name: `\u001b]0;x\u0007${'漢'.repeat(90)}\n` } }
}

test('of a long path the end is shown, where the names of two files differ', () => {
  const folder = `C/${'Program Files/Microsoft/Exchange Server/'.repeat(3)}V15/FrontEnd/HttpProxy/owa/auth/`
  const blind = ['one.aspx', '二.aspx'].map((name) => ({
    path: folder + name,
    kind: 'web-roots',
    reason: 'denied' as const,
    detail: 'x',
  }))
  const text = textReport({ ...fixture, coverage: { ...fixture.coverage, blindSpots: blind } }, plain)
  for (const name of ['one.aspx', '二.aspx']) assert.match(text.replace(/\s+/g, ' '), new RegExp(`…[^,]*auth/${name}`))
})

test('rules that were not used are told beside the verdict', () => {
  const head = (text: string): string => text.slice(0, text.indexOf('THE SIX QUESTIONS'))
  const broken = Array.from({ length: 5 }, (_, i) => ({ ...fixture.knowledge.brokenRules[0]!, file: `${i}.yar` }))
  const of = (brokenRules: Assessment['knowledge']['brokenRules']): string =>
    head(textReport({ ...fixture, knowledge: { ...fixture.knowledge, brokenRules } }, plain))
  assert.match(of(broken), /Rules not used +5, in 0\.yar, 1\.yar, 2\.yar and 2 more files \(reasons below\)/)
  assert.doesNotMatch(of([]), /Rules not used/)
})

test('the verdict is told to its end: the files that limit it stand there', () => {
  const files = Array.from({ length: 6 }, (_, i) => `${`${i}/`.repeat(90)}page${i}.aspx (took too long)`)
  const sentence = `Cannot tell whether anyone came in. Files not read that could hold persistence: ${files.join(', ')}.`
  const text = textReport({ ...fixture, verdict: { ...fixture.verdict, sentence } }, plain).replace(/\s+/g, '')
  assert.ok(text.includes('page5.aspx(tooktoolong).'))
})

test('why an archive stays closed is told: a wrong password looks like none', () => {
  assert.match(textReport(fixture, plain), /encrypted \(1 place; the archive asks for a password\): backup\.zip/)
})
