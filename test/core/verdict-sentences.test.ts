import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Window } from '../../src/assessment/answers/campaign-window.ts'
import { formatMonths } from '../../src/assessment/answers/sentences.ts'
import type { Is, Question, Verdict } from '../../src/model/answer.ts'
import { first, verdictAs } from './made-verdict.ts'

function verdict(
  is: Partial<Record<Question, Is>>,
  input: Record<string, unknown> = {},
  windows: readonly Partial<Window>[] = [],
): Verdict {
  return verdictAs(is, { input, windows, meter: { has: (kind: string) => kind !== 'tasks' } })
}

function attempt(fields: Record<string, unknown>, times: readonly number[]): object {
  const hits = times.map((time) => ({ event: { time, fields } }))
  const time = new Date(times[0]!).toISOString()
  const finding = {
    id: 'a',
    stage: 'attempt',
    client: '203.0.113.4',
    count: hits.length,
    time,
    first: time,
    last: time,
  }
  return { finding, hits, counts: true }
}

test('a server that was only probed: no evidence of an intrusion, and how many attempts were refused', () => {
  // Two logs record one request of the same second.
  const found = [attempt({ 'sc-status': 404 }, [first, first + 5000]), attempt({ Succeeded: false }, [first + 200])]
  const { is, sentence } = verdict({ targeted: 'yes' }, { found })
  assert.equal(is, 'targeted')
  assert.match(
    sentence,
    /^No evidence of an intrusion on MAIL01 between 2026-06-01 and 2026-06-14 \(UTC\); 2 exploitation attempts were refused\. First attempt: 2026-06-01 00:00 UTC\./,
  )
  const answered = verdict({ targeted: 'yes' }, { found: [attempt({ 'sc-status': 200 }, [first])] })
  assert.match(answered.sentence, /; 1 exploitation attempt had no recorded effect\./)
})

test('what is certain is not lost in what is probable', () => {
  const both = verdict({ targeted: 'yes', exploited: 'yes', compromised: 'likely' })
  assert.match(both.sentence, /^MAIL01 was exploited, and probably compromised\./)
  const neither = verdict({ targeted: 'yes', exploited: 'likely', compromised: 'likely', 'still-there': 'likely' })
  assert.match(neither.sentence, /^MAIL01 was probably compromised\. Initial access was not observed\./)
  assert.match(neither.sentence, /Attacker persistence probably remains on the server\./)
  assert.match(verdict({ exploited: 'yes' }).sentence, /^MAIL01 was exploited\./)
})

test('an open lead leaves the verdict open, and the sentence asks whose it is', () => {
  const openLeads = [{ kind: 'agent', name: 'Contoso Filter' }]
  const { is, sentence } = verdict({ targeted: 'yes' }, { openLeads })
  assert.equal(is, 'cannot-tell')
  assert.match(sentence, /Unexplained: transport agent Contoso Filter\. Whose is it, and who installed it\?/)
  assert.match(sentence, / Exploitation was attempted\./)
})

const beyond = { from: Date.parse('2021-01-03T00:00:00Z'), to: Date.parse('2021-06-01T00:00:00Z') }
const window = {
  campaign: { id: 'proxylogon-2021', name: 'ProxyLogon', needs: {} },
  outsideLogs: beyond,
  assessed: true,
  exposure: {},
}

test('campaigns beyond the logs are beside the verdict, and decide it only when they are named', () => {
  const windows = [window as unknown as Window]
  const { is, sentence } = verdict({}, {}, windows)
  assert.equal(is, 'no-evidence')
  assert.match(
    sentence,
    / Beyond the logs: ProxyLogon \(January to May 2021\): no logs for this period; no trace found in the files and configuration collected\./,
  )
  assert.equal(verdict({}, { named: ['proxylogon-2021'] }, windows).is, 'cannot-tell')
})

test('a vulnerable server is told which update to install', () => {
  const cve = { alias: '', published: '2026-06-09', state: 'open', fixedBy: 'Jun26SU (15.2.2562.43)', remedy: null }
  const cves = [
    { ...cve, cve: 'CVE-2026-45500', exploited: false },
    { ...cve, cve: 'CVE-2026-42897', exploited: true, published: '2026-05-12' },
    { ...cve, cve: 'CVE-2025-53786', exploited: true, state: 'fixed' },
  ]
  const { sentence } = verdict(
    {},
    { exposure: { cves, support: { newest: 'RTM Aug26SU (15.2.2562.46, 2026-08-11)' } } },
  )
  assert.match(
    sentence,
    / It is vulnerable to CVE-2026-42897, CVE-2026-45500: install RTM Aug26SU \(15\.2\.2562\.46, 2026-08-11\)\./,
  )
})

test('no sentence about a machine without Exchange names vulnerabilities', () => {
  const server = { name: 'DC01', names: new Set(['DC01']), product: 'none' }
  const { sentence } = verdict(
    { targeted: 'cannot-tell', exploited: 'cannot-tell', compromised: 'cannot-tell' },
    { server },
    [window as unknown as Window],
  )
  assert.match(
    sentence,
    /^Cannot determine whether DC01 was compromised between .*: the evidence shows no sign of Exchange\./,
  )
  assert.doesNotMatch(sentence, /vulnerab|exploit|Beyond/)
})

test('months of a time', () => {
  const month = (from: string, to: string): string => formatMonths(Date.parse(from), Date.parse(to))
  assert.equal(month('2021-03-01', '2021-04-01'), 'March 2021')
  assert.equal(month('2021-01-03', '2021-05-06'), 'January to May 2021')
  assert.equal(month('2020-12-03', '2021-05-06'), 'December 2020 to May 2021')
})
