import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { before, describe, it } from 'node:test'
import { type Assessment } from '../../src/model/assessment.ts'
import { type Finding } from '../../src/model/finding.ts'
import { stages } from '../../src/model/stages.ts'
import { type Locator } from '../../src/model/event.ts'
import { published, wrongs } from '../reports/validate.ts'
import { filesBelow, place, postern, sampleCopy, stateOf, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()
const at = (name: string): string => join(folder, name)
const same = ['assessment.json', 'findings.jsonl', 'coverage.jsonl', 'mailboxes.csv', 'report.html']
const read = (out: string, name: string): string => readFileSync(join(at(out), 'MAIL01', name), 'utf8')
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const has = (value: unknown, keys: string, what: string): void => {
  const missing = keys.split(' ').filter((key) => !Object.hasOwn(value as object, key))
  assert.deepEqual(missing, [], `${what} lacks keys`)
}

void describe('one run over the sample', () => {
  let unchanged: readonly string[]

  before(async () => {
    mkdirSync(at('one'))
    sampleCopy(at('one/evidence'))
    unchanged = stateOf(at('one/evidence'))
    const env = { TZ: 'UTC', LC_ALL: 'C' }
    const done = await postern(['assess', at('one/evidence'), '--out', at('out'), '--jobs', '1'], { env })
    assert.deepEqual([done.status, done.err], [5, ''])
  })

  void it('writes every file of the contract', () => {
    assert.deepEqual(readdirSync(at('out')).sort(), ['MAIL01', 'summary.json'])
    assert.deepEqual(readdirSync(at('out/MAIL01')).sort(), [...same, 'run.json'].sort())
  })

  void it('--format management and notices are written in the language that --language names', async () => {
    const args = ['assess', at('one/evidence'), '--out', at('plain'), '--jobs', '1', '--language', 'de']
    assert.equal((await runHere([...args, '--format', 'management', '--format', 'notices'])).status, 5)
    assert.match(
      read('plain', 'management.html'),
      /<html lang="de">.*Der Mailserver <bdi>MAIL01<\/bdi> wurde kompromittiert/s,
    )
    assert.match(read('plain', 'notices.html'), /<html lang="de">.*Mitteilung: Zugriff auf Ihr Postfach/s)
    assert.equal(read('plain', 'assessment.json'), read('out', 'assessment.json'))
  })

  void it('--sector is weighed and recorded, and a time zone of Windows by its IANA name', async () => {
    const args = ['assess', at('one/evidence'), '--out', at('sector'), '--jobs', '1', '--sector', 'Local Government']
    args.push('--timezone', 'w. europe daylight time')
    assert.equal((await runHere(args)).status, 5)
    const a = JSON.parse(read('sector', 'assessment.json')) as Assessment
    assert.ok(a.attribution.some((sentence) => sentence.includes('(local-government)')))
    assert.equal(a.knowledge.options.sector, 'Local Government')
    assert.equal(a.knowledge.options.timezone, 'Europe/Berlin')
  })

  void it('summary.json', () => {
    const summary = JSON.parse(readFileSync(at('out/summary.json'), 'utf8')) as {
      schema: string
      servers: { answers: object; verdict: object; path: string; mailboxes: unknown }[]
    }
    assert.equal(summary.schema, 'postern-summary/1')
    assert.equal(summary.servers.length, 1)
    const [server] = summary.servers
    has(server, 'name path verdict answers patchedTooLate mailboxes', 'a server')
    has(server!.verdict, 'is sentence sure open covers', 'its verdict')
    has(server!.answers, 'exposed targeted exploited compromised mail-taken still-there', 'its answers')
    assert.equal(server!.path, 'MAIL01')
    assert.deepEqual(server!.mailboxes, ['ceo@contoso.example', 'legal@contoso.example'])
  })

  void it('assessment.json', () => {
    const a = JSON.parse(read('out', 'assessment.json')) as Assessment
    assert.equal(a.schema, 'postern-assessment/2')
    has(
      a,
      'server verdict answers campaigns exposure intrusions findings mailboxes persistence actors attribution actions coverage evidence knowledge degraded incomplete',
      'it',
    )
    has(a.server, 'name product builds', 'server')
    has(a.server.builds[0], 'build from to source precision', 'a build')
    has(a.verdict, 'is sentence sure open covers', 'verdict')
    for (const answers of [a.answers, ...a.campaigns.map((campaign) => campaign.answers)])
      for (const answer of answers) {
        has(answer, 'question is because contradictions coverage missingEvidence', 'an answer')
        has(answer.coverage, 'covered of', 'its coverage')
      }
    has(a.campaigns[0], 'campaign assessed reason exposureWindow answers', 'a campaign')
    has(a.exposure, 'cves patchedTooLate', 'exposure')
    has(a.exposure.cves[0], 'cve state intervals fixedBy conditions', 'a CVE')
    has(a.exposure.cves[0]!.intervals[0], 'from to state source', 'an interval')
    has(a.mailboxes[0], 'mailbox certainty accessMethods first last requests bytes because', 'a mailbox')
    has(a.evidence, 'manifest files bytes gaps', 'evidence')
    assert.equal(a.degraded, false)
    assert.equal(a.incomplete, false)
    // Files of the evidence, each with its digest, and all their bytes accounted for.
    assert.equal(a.evidence.manifest.length, a.evidence.files)
    assert.equal(
      a.evidence.manifest.reduce((sum, artifact) => sum + artifact.size, 0),
      a.evidence.bytes,
    )
    for (const id of a.answers.flatMap((answer) => answer.because).filter((b) => /^[0-9a-f]+$/.test(b)))
      assert.ok(
        a.findings.some((finding) => finding.id === id),
        `an answer rests on ${id}, which is no finding`,
      )
  })

  void it('findings.jsonl', () => {
    const keys =
      'id rule title author license pack campaign stage level confidence is time timeBasis client target cves attack falsePositives nextSteps count first last locators'
    const findings = lines(read('out', 'findings.jsonl')) as unknown as Finding[]
    assert.ok(findings.length > 20)
    assert.equal(new Set(findings.map((finding) => finding.id)).size, findings.length, 'ids are single')
    const schema = published('finding')
    for (const finding of findings) {
      assert.deepEqual(wrongs(schema, finding), [], finding.id)
      has(finding, keys, finding.id)
      assert.ok(['informational', 'low', 'medium', 'high', 'critical'].includes(finding.level))
      assert.ok(['low', 'medium', 'high'].includes(finding.confidence))
      assert.ok((stages as readonly string[]).includes(finding.stage))
      for (const locator of finding.locators) {
        has(locator, 'artifact path offset length raw', 'a locator')
        assert.match(locator.artifact, /^[0-9a-f]{64}$/)
      }
    }
  })

  void it('coverage.jsonl: of every file, bytes parsed and bytes in gaps are its size', () => {
    const files = lines(read('out', 'coverage.jsonl')).filter((line) => line.type === 'file')
    assert.ok(files.length > 100)
    for (const { path, size, parsed, unread } of files)
      assert.equal(Number(parsed) + Number(unread), size, String(path))
  })

  void it('folder, host and clock stand in run.json only', () => {
    const run = JSON.parse(read('out', 'run.json')) as { host: string; evidence: string[]; started: string }
    assert.deepEqual([run.host, run.evidence], [hostname(), [at('one/evidence')]])
    const year = run.started.slice(0, 10)
    for (const name of [
      'MAIL01/assessment.json',
      'MAIL01/findings.jsonl',
      'MAIL01/coverage.jsonl',
      'MAIL01/report.html',
      'summary.json',
    ]) {
      const text = readFileSync(join(at('out'), name), 'utf8')
      for (const word of [folder, folder.slice(1), year, process.cwd()])
        assert.ok(!text.includes(word), `${name} says ${word}`)
      if (hostname().length > 4) assert.ok(!text.includes(hostname()), `${name} says ${hostname()}`)
    }
  })

  void it('the evidence is as it was', () => {
    assert.deepEqual(stateOf(at('one/evidence')), unchanged)
  })
})

void describe('the same evidence gives the same bytes', () => {
  /** A copy whose files were made in another order, with the same times. */
  const shuffled = (to: string, seed: number): string => {
    const paths = filesBelow(at('one/evidence'))
    const key = (path: string): string => createHash('sha256').update(`${seed}${path}`).digest('hex')
    for (const path of paths.sort((a, b) => (key(a) < key(b) ? -1 : 1))) {
      mkdirSync(dirname(join(to, path)), { recursive: true })
      cpSync(join(at('one/evidence'), path), join(to, path))
      utimesSync(join(to, path), 1_616_000_000, 1_616_000_000)
    }
    return to
  }
  const runs: readonly (readonly [name: string, jobs: string, env: Record<string, string>])[] = [
    ['again, by two threads, in Newfoundland', '2', { TZ: 'America/St_Johns', LANG: 'C', COLUMNS: '40' }],
    ['a copy, by eight threads, in Kathmandu, in Turkish', '8', { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' }],
  ]
  for (const [i, [name, jobs, env]] of runs.entries()) {
    void it(name, async () => {
      const evidence = i === 0 ? at('one/evidence') : shuffled(at(`elsewhere-${i}/deeper/evidence`), i)
      const done = await postern(['assess', evidence, '--jobs', jobs, '--quiet', '--out', at(`again-${i}`)], { env })
      assert.deepEqual([done.status, done.err], [5, ''])
      for (const file of same) assert.ok(read(`again-${i}`, file) === read('out', file), `${file} differs`)
      assert.deepEqual(readFileSync(at(`again-${i}/summary.json`)), readFileSync(at('out/summary.json')))
    })
  }

  void it('eight threads for one file', async () => {
    const evidence = write(at('single'), { 'x.txt': 'x' })
    assert.equal((await postern(['assess', evidence, '--jobs', '8', '--quiet', '--out', at('single-8')])).status, 3)
    assert.equal((await postern(['assess', evidence, '--jobs', '1', '--quiet', '--out', at('single-1')])).status, 3)
    for (const file of same)
      assert.deepEqual(readFileSync(join(at('single-8/SINGLE'), file)), readFileSync(join(at('single-1/SINGLE'), file)))
  })
})

void describe('explain', () => {
  const findings = (): Finding[] => lines(read('out', 'findings.jsonl')) as unknown as Finding[]

  void it('reproduces every finding of the sample', async () => {
    const all = findings()
    const done = await runHere(['explain', at('out'), ...all.map((finding) => finding.id)])
    assert.deepEqual([done.status, done.err], [0, ''])
    const sums = [...done.out.matchAll(/^(\d+) of (\d+) places reproduced\.$/gm)].map(([, is, of]) => [
      Number(is),
      Number(of),
    ])
    assert.deepEqual(
      sums,
      all.map(({ locators }) => [locators.length, locators.length]),
    )
    assert.ok(all.every(({ locators }) => locators.length > 0))
    assert.doesNotMatch(done.out, /NOT REPRODUCED/)
  })

  void it('after the evidence was moved, with --evidence; without it says that it is gone', async () => {
    const [finding] = findings().filter((f) => f.log.startsWith('httpproxy'))
    cpSync(at('one/evidence'), at('moved/evidence'), { recursive: true, preserveTimestamps: true })
    for (const evidence of [at('moved/evidence'), at('moved'), at('moved/evidence/C')]) {
      const done = await runHere(['explain', at('out'), finding!.id, '--evidence', evidence])
      assert.deepEqual([done.status, done.err], [0, ''], `${evidence}: ${done.out}`)
      assert.match(done.out, /the same file\n {2}the rule matches these bytes again\n/)
    }
    renameSync(at('one'), at('gone'))
    const done = await runHere(['explain', at('out'), finding!.id])
    renameSync(at('gone'), at('one'))
    assert.equal(done.status, 2)
    assert.match(done.err, /^postern: [^\n]+: the evidence is not there\. Name its location with --evidence\.\n$/)
  })

  void it('is 1 and says so after one byte was changed, or the file lost', async () => {
    const plain = ({ path }: Locator): boolean => existsSync(join(at('one/evidence'), path))
    const finding = findings().find((f) => f.locators.every((l) => plain(l) && !l.path.endsWith('.gz')))
    assert.ok(finding, 'a finding in a plain file')
    const { path, offset, length } = finding.locators[0]!
    cpSync(at('one/evidence'), at('changed/evidence'), { recursive: true, preserveTimestamps: true })
    const file = join(at('changed/evidence'), path)
    const bytes = readFileSync(file)
    // Outside of the row: only the digest can tell.
    const place = offset + length < bytes.length ? bytes.length - 1 : Math.max(0, offset - 1)
    bytes[place]! ^= 1
    writeFileSync(file, bytes)
    const changed = await runHere(['explain', at('out'), finding.id, '--evidence', at('changed/evidence')])
    assert.equal(changed.status, 1, changed.out)
    assert.match(changed.out, /NOT REPRODUCED: the file has changed, its SHA-256 is [0-9a-f]{64} and was [0-9a-f]{64}/)
    assert.match(changed.err, /^postern: Finding [0-9a-f]+ is not reproduced: [^\n]+\n$/)
    renameSync(file, `${file}.other`)
    const lost = await runHere(['explain', at('out'), finding.id, '--evidence', at('changed/evidence')])
    assert.equal(lost.status, 1)
    assert.match(lost.out, /NOT REPRODUCED: the evidence holds no such file any more/)
  })

  void it('unknown id, beginnings of ids, damaged results', async () => {
    const ids = findings().map((finding) => finding.id)
    const first = ids.map((id) => id[0]!).find((c, i, all) => all.indexOf(c) !== i)!
    const mistakes: [string[], number, RegExp][] = [
      [['explain', at('out'), 'nosuchid'], 2, /no finding 'nosuchid'/],
      [['explain', at('out'), first], 2, /\d+ findings begin with .\. Give more characters/],
      [['explain', at('out'), ids[0]!.slice(0, 11)], 0, /^$/],
      [['explain', at('out/MAIL01'), ids[0]!], 0, /^$/],
    ]
    for (const [args, status, says] of mistakes) {
      const done = await runHere(args)
      assert.equal(done.status, status, done.err)
      assert.match(done.err, says)
    }
    cpSync(at('out'), at('damaged'), { recursive: true })
    appendFileSync(at('damaged/MAIL01/findings.jsonl'), '{"id": "x"\n')
    const line = findings().length + 1
    const done = await runHere(['explain', at('damaged'), ids[0]!])
    assert.equal(done.status, 2)
    assert.match(done.err, new RegExp(`^postern: Not valid JSON\\. \\([^\\n]*findings\\.jsonl:${line}\\)\\n$`))
  })
})

const strace = ((): boolean => {
  try {
    execFileSync('strace', ['-e', 'trace=openat', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

void it('nothing is opened for writing in the evidence, and no socket to a network is made', {
  skip: !strace,
}, async () => {
  const log = at('strace')
  const calls =
    'open,openat,openat2,creat,truncate,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,chown,fchownat,utimensat,setxattr,mknod,mknodat,socket,connect'
  const through = ['strace', '-f', '-qq', '-o', log, '-s', '4096', '-e', `trace=${calls}`]
  const evidence = at('one/evidence')
  const done = await postern(['assess', evidence, '--jobs', '2', '--quiet', '--out', at('traced')], { through })
  assert.deepEqual([done.status, done.err], [5, ''])
  const rows = readFileSync(log, 'utf8').split('\n')
  const reading = rows.filter((row) => row.includes(`"${evidence}/`) && /open(at2?)?\(/.test(row))
  assert.ok(reading.length > 100, 'it was looked at')
  const touching = rows.filter(
    (row) =>
      row.includes(evidence) &&
      !(/\bopen(at2?)?\(/.test(row) && row.includes('O_RDONLY') && !/O_(CREAT|TRUNC|RDWR|WRONLY|APPEND)/.test(row)),
  )
  assert.deepEqual(touching, [])
  assert.deepEqual(
    rows.filter((row) => /AF_INET|AF_PACKET|AF_NETLINK/.test(row)),
    [],
  )
  assert.ok(existsSync(at('traced/summary.json')))
})
