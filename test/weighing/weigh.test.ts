import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Tie } from '../../src/findings/intrusions.ts'
import type { Question } from '../../src/model/answer.ts'
import type { ExplanationContext } from '../../src/assessment/weighing/explanations/explanation.ts'
import { asWeighed, weigh } from '../../src/assessment/weighing/weigh.ts'
import { found } from './made.ts'

const nothing = {
  server: { builds: [] },
  doors: new Map(),
  pages: new Map(),
  logs: { first: null, last: null },
} as unknown as ExplanationContext
const page = { fields: { TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx' }, log: 'web-roots' }

/** What each finding comes to. */
function comesTo(all: readonly FindingWithHits[], ties: readonly Tie[] = []): (string | undefined)[] {
  const { of } = weigh(all, ties, nothing)
  return all.map(({ finding }) => of.get(finding.id))
}

function answerOf(all: readonly FindingWithHits[], question: Question): string | undefined {
  return weigh(all, [], nothing).subjects.find((subject) => subject.question === question)?.is
}

describe('weighing', () => {
  it('adds signs of different kinds about one subject', () => {
    const name = found('shell page weak name', page)
    const provenance = found('shell page weak provenance', page)
    const use = found('shell page weak use', {
      fields: { 'cs-uri-stem': '/aspnet_client/A.aspx', 'sc-status': 200 },
    })
    assert.deepEqual(comesTo([name]), ['lead'])
    assert.deepEqual(comesTo([name, provenance]), ['open-lead', 'open-lead'])
    assert.deepEqual(comesTo([name, provenance, use]), ['likely', 'likely', 'likely'])
  })

  it('signs of one kind, and signs about different subjects, do not add up', () => {
    const other = { ...page, fields: { TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\b.aspx' } }
    assert.deepEqual(comesTo([found('shell page weak name', page), found('shell page weak name', page)]), [
      'lead',
      'lead',
    ])
    assert.deepEqual(comesTo([found('shell page strong name', page), found('shell page strong use', other)]), [
      'likely',
      'likely',
    ])
  })

  it('what does not count is not weighed', () => {
    assert.deepEqual(comesTo([found('shell page decisive content', { ...page, counts: false })]), [undefined])
  })

  it('context and clean-ups answer nothing', () => {
    assert.deepEqual(comesTo([found('context request strong use'), found('cleanup host strong effect')]), [
      undefined,
      undefined,
    ])
    assert.deepEqual(comesTo([found('shell page context content', page)]), ['nothing'])
  })

  it('what was sent says that it was tried, and nothing of what it did', () => {
    const client = { client: '203.0.113.9' }
    const attempt = found('attempt request decisive content', client)
    const served = found('access request weak use', { ...client, fields: { Succeeded: true } })
    assert.deepEqual(comesTo([attempt, served]), ['yes', 'lead'])
    // A weak sign of another kind than content counts for what it did, too.
    assert.deepEqual(comesTo([found('recon client weak listed', client), served]), ['lead', 'lead'])
  })

  it('use of a vulnerability was an attempt for certain, whatever it came to', () => {
    const access = found('access request strong use', { client: '203.0.113.9', cves: ['CVE-2021-26855'] })
    assert.equal(answerOf([access], 'targeted'), 'yes')
    assert.equal(answerOf([access], 'exploited'), 'likely')
    const weak = found('access request weak use', { client: '203.0.113.9', cves: ['CVE-2021-26855'] })
    assert.equal(answerOf([weak], 'targeted'), 'lead')
    const nameless = found('access request strong use', { client: '203.0.113.9' })
    assert.equal(answerOf([nameless], 'targeted'), undefined)
  })

  it('people who log on, and the inside network, probe nothing', () => {
    const looks = (more: object, strength = 'decisive'): string | undefined =>
      answerOf([found(`recon request ${strength} content`, more)], 'targeted')
    assert.equal(looks({ client: '203.0.113.9' }), 'yes')
    assert.equal(looks({ client: '10.0.0.9' }), undefined)
    assert.equal(looks({ client: '203.0.113.9', users: ['alice', 'alice'] }), undefined)
    assert.equal(looks({ client: '203.0.113.9', users: [null, 'alice'] }), 'yes')
    assert.equal(looks({ client: '203.0.113.9', users: [null, 'alice'] }, 'weak'), undefined)
    assert.equal(answerOf([found('attempt request decisive content', { client: '10.0.0.9' })], 'targeted'), 'yes')
  })

  it('a tie to what is certain makes a lead likely, and a likely thing certain', () => {
    const shell = found('shell page decisive content', page)
    const lead = found('execution program weak effect', { target: 'whoami.exe', log: 'windows-sysmon' })
    const strong = found('execution program strong effect', { target: 'cmd.exe', log: 'windows-sysmon' })
    const all = [shell, lead, strong]
    assert.deepEqual(comesTo(all, [{ by: 'page', members: [0, 1, 2] }]), ['yes', 'likely', 'yes'])
    assert.deepEqual(comesTo(all), ['yes', 'lead', 'likely'])
  })

  it('an attempt gains nothing by a tie, and gives nothing', () => {
    const attempt = found('attempt request decisive content', { client: '203.0.113.9' })
    const lead = found('execution program weak effect', { target: 'whoami.exe', log: 'windows-sysmon' })
    assert.deepEqual(comesTo([attempt, lead], [{ by: 'client', members: [0, 1] }]), ['yes', 'lead'])
  })

  it('what is ordinary by itself stays so in bad company', () => {
    const shell = found('shell page decisive content', page)
    const context = found('execution program context effect', { target: 'whoami.exe', log: 'windows-sysmon' })
    assert.deepEqual(comesTo([shell, context], [{ by: 'page', members: [0, 1] }]), ['yes', 'nothing'])
  })
})

describe('findings after the weighing', () => {
  const after = (all: readonly FindingWithHits[]): string[] =>
    asWeighed(all, weigh(all, [], nothing)).map(({ finding: { is, level } }) => `${is} ${level}`)

  it('a lead in no intrusion is low, in one it has the level of its sign', () => {
    const lead = found('execution program weak effect', { target: 'whoami.exe', log: 'windows-sysmon' })
    assert.deepEqual(after([lead]), ['lead low'])
    const shell = found('shell page decisive content', { ...page, intrusion: 'i1' })
    const own = found('execution program weak effect', { target: 'whoami.exe', log: 'windows-sysmon', intrusion: 'i1' })
    assert.deepEqual(after([shell, own]), ['yes critical', 'lead medium'])
  })

  it('an attempt is low, context and what is explained informational', () => {
    assert.deepEqual(after([found('attempt request decisive content', { client: '203.0.113.9' })]), ['yes low'])
    assert.deepEqual(after([found('context request strong use')]), ['nothing informational'])
    assert.deepEqual(after([found('shell page context content', page)]), ['nothing informational'])
  })

  it('what does not count keeps the level of its sign, and comes to nothing', () => {
    assert.deepEqual(after([found('shell page decisive content', { ...page, counts: false })]), ['nothing critical'])
  })
})

describe('subjects', () => {
  it('a program of Windows is what it was started for, another program is itself', () => {
    const run = (image: string, command: string, what: string): FindingWithHits =>
      found(what, { target: image, log: 'windows-sysmon', fields: { Image: image, CommandLine: command } })
    const cmd = 'C:\\Windows\\System32\\cmd.exe'
    const [one, two] = ['execution program weak effect', 'execution program strong name']
    assert.deepEqual(comesTo([run(cmd, 'cmd /c a', one), run(cmd, 'cmd /c b', two)]), ['lead', 'likely'])
    assert.deepEqual(comesTo([run(cmd, 'cmd /c a', one), run(cmd, 'cmd /c a', two)]), ['likely', 'likely'])
    const own = 'C:\\ProgramData\\x.exe'
    assert.deepEqual(comesTo([run(own, 'x a', one), run(own, 'x b', two)]), ['likely', 'likely'])
  })
})
