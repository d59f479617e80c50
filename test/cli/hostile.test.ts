import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { constants } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import type { Assessment } from '../../src/model/assessment.ts'
import { reports } from '../../src/reports/index.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { httpProxyLog, main, place, postern, root, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()
const at = (name: string): string => join(folder, name)
const windows = process.platform === 'win32'

const assessmentIn = (out: string): Assessment => {
  const [name] = readdirSync(out).filter((n) => n !== 'summary.json')
  return JSON.parse(readFileSync(join(out, name!, 'assessment.json'), 'utf8')) as Assessment
}
/** Nothing that steers a terminal or turns the direction of its text. */
const harmless = /^[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*$/

void describe('hostile evidence', { concurrency: 2 }, () => {
  void it('names that steer, pose or do not decode are kept, counted and shown harmlessly', {
    skip: windows,
  }, async () => {
    const evidence = at('names')
    const names = [
      'new\nline.log',
      '\x1b]0;title\x07\x1b[31m.log',
      '\u202egpj.exe',
      '__proto__',
      'constructor',
      'مرحبا.log',
      '<script>alert(1)</script>'.replace('/', '\\'),
      `${'long'.repeat(60)}.log`,
      ' ',
      '-rf',
      'C:',
      '%2e%2e%2f',
    ]
    write(evidence, Object.fromEntries(names.map((name) => [name, `text of ${name}`])))
    writeFileSync(Buffer.concat([Buffer.from(`${evidence}/`), Buffer.from([0x66, 0xff, 0xfe, 0x2e, 0x6c])]), 'x')
    write(join(evidence, ...Array<string>(40).fill('deep')), { '__proto__/a.txt': 'deep' })
    const done = await runHere([
      'assess',
      evidence,
      '--out',
      at('names-out'),
      '--name-victim',
      ...reports.flatMap(({ name }) => ['--format', name]),
    ])
    assert.equal(done.status, 3, done.err)
    assert.equal(done.err, '')
    assert.match(done.out, harmless)
    const { evidence: read } = assessmentIn(at('names-out'))
    assert.equal(read.files, names.length + 2)
    assert.deepEqual(
      read.manifest
        .map((artifact) => artifact.path)
        .filter((path) => names.includes(path))
        .sort(),
      [...names].sort(),
    )
    const html = readFileSync(join(at('names-out'), 'NAMES/report.html'), 'utf8')
    assert.ok(!html.includes('<script>alert'))
    assert.ok(!html.includes('\x1b'))
    // Every form is there, beside run.json, and each that is one JSON is one.
    const written = readdirSync(join(at('names-out'), 'NAMES'))
    assert.deepEqual(written.sort(), [...reports.map(({ file }) => file), 'run.json'].sort())
    for (const file of written.filter((name) => /\.(?:json|sarif|jsonld)$/.test(name)))
      JSON.parse(readFileSync(join(at('names-out'), 'NAMES', file), 'utf8'))
    const data = /<div id="data-files-0" hidden>([^<]*)</.exec(html)![1]!
    assert.ok(inflateRawSync(Buffer.from(data, 'base64')).toString().includes('<script>alert'), 'packed, it is there')
  })

  void it('the same names on a member of a zip, and names that lead outside', async () => {
    const names = [
      '../../../../tmp/postern-escape',
      '/etc/postern-escape',
      'C:\\Windows\\x',
      'a\0b',
      '__proto__/x',
      '\x1b[2J',
      '..',
    ]
    writeFileSync(at('names.zip'), zipOf(names.map((name) => ({ name, content: `text of ${name}` }))))
    const done = await postern(['assess', at('names.zip'), '--out', at('zip-out')])
    assert.equal(done.status, 3, done.err)
    assert.match(done.out, harmless)
    // A name with a zero in it is one that no program writes: the archive, too, has a gap.
    const { evidence, coverage } = assessmentIn(at('zip-out'))
    assert.equal(evidence.files, names.length + 1)
    assert.deepEqual(
      coverage.gaps.map(({ path, reason }) => `${path}: ${reason}`),
      ['names.zip: corrupt'],
    )
    assert.ok(!existsSync('/tmp/postern-escape') && !existsSync('/etc/postern-escape'))
  })

  void it('links, circles and pipes are named and never followed', { skip: windows }, async () => {
    const evidence = write(at('links'), { 'a/x.txt': 'x' })
    for (const [to, name] of [
      ['..', 'up'],
      ['../..', 'a/up'],
      ['circle', 'circle'],
      ['/etc/passwd', 'passwd'],
      ['/', 'root'],
      ['nowhere', 'gone'],
    ])
      symlinkSync(to!, join(evidence, name!))
    execFileSync('mkfifo', [join(evidence, 'pipe')])
    const done = await runHere(['assess', evidence, '--out', at('links-out')])
    assert.equal(done.status, 3, done.err)
    const { evidence: read, coverage } = assessmentIn(at('links-out'))
    assert.equal(read.manifest.filter((artifact) => artifact.sha256 !== '').length, 1)
    assert.deepEqual(
      coverage.gaps.map((gap) => `${gap.path}: ${gap.reason}`).sort(),
      ['a/up', 'circle', 'gone', 'passwd', 'pipe', 'root', 'up'].map((path) => `${path}: policy`),
    )
    // The same circle, entered by --each.
    assert.equal((await runHere(['assess', evidence, '--each', '--quiet', '--out', at('links-each')])).status, 3)
    assert.deepEqual(readdirSync(at('links-each')).sort(), ['A', 'summary.json'])
  })

  void it('a socket in the evidence', { skip: windows }, async () => {
    const evidence = write(at('socket'), { 'x.txt': 'x' })
    const server = createServer().listen(join(evidence, 's'))
    try {
      assert.equal((await postern(['assess', evidence, '--quiet', '--out', at('socket-out')])).status, 3)
    } finally {
      server.close()
    }
  })

  const isRoot = process.getuid?.() === 0
  void it('what may not be read is a gap: denied', { skip: windows }, async (t) => {
    const through = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all'] : []
    if (isRoot) {
      try {
        execFileSync(through[0]!, [...through.slice(1), process.execPath, '--version'])
      } catch {
        t.skip('root, and no way to be somebody else')
        return
      }
    }
    const evidence = write(at('denied'), { 'x.txt': 'x', 'secret.log': 'no', 'closed/y.log': 'y' })
    chmodSync(folder, 0o755)
    chmodSync(join(evidence, 'secret.log'), 0)
    chmodSync(join(evidence, 'closed'), 0)
    mkdirSync(at('denied-out'))
    chmodSync(at('denied-out'), 0o777)
    const done = await postern(['assess', evidence, '--out', at('denied-out')], { through })
    assert.equal(done.status, 3, done.err)
    assert.deepEqual(
      assessmentIn(at('denied-out'))
        .coverage.gaps.map((gap) => `${gap.path}: ${gap.reason}`)
        .sort(),
      ['closed: denied', 'secret.log: denied'],
    )
    // And the only file.
    const only = await postern(['assess', join(evidence, 'secret.log'), '--out', join(at('denied-out'), 'only')], {
      through,
    })
    assert.match(only.err, /^postern: [^\n]*secret\.log cannot be read: permission denied\.\n$/)
    assert.equal(only.status, 1)
    // And all of it.
    chmodSync(evidence, 0)
    mkdirSync(at('all-out'))
    chmodSync(at('all-out'), 0o777)
    for (const more of [[], ['--each']]) {
      const none = await postern(['assess', evidence, ...more, '--out', at('all-out')], { through })
      assert.equal(none.status, 1, none.err)
      assert.match(none.err, /^postern: [^\n]*permission denied[^\n]*\n$/)
    }
    // And a place for the results that is closed.
    mkdirSync(at('closed-out'))
    chmodSync(at('closed-out'), 0o555)
    const written = await postern(['assess', write(at('open'), { x: 'x' }), '--out', at('closed-out/new')], { through })
    if (isRoot || process.getuid?.() !== 0) {
      assert.equal(written.status, 1)
      assert.match(written.err, /^postern: [^\n]*: the results cannot be written: permission denied\.\n$/)
    }
    chmodSync(evidence, 0o755)
    chmodSync(join(evidence, 'closed'), 0o755)
  })
})

void describe('names of servers', { concurrency: 2 }, () => {
  void it('become harmless folders', { skip: windows }, async () => {
    const names = [
      '..',
      'CON',
      '<script>alert(1)',
      'summary.json',
      'ÜBER',
      'a:b',
      '__proto__',
      'x'.repeat(300),
      '-rf',
      '\x1b[31m',
    ]
    for (const [i, name] of names.entries())
      write(at(`named/${i}`), { 'HttpProxy_2021030100-1.LOG': httpProxyLog(name) })
    const done = await runHere(['assess', at('named'), '--each', '--out', at('named-out')])
    assert.ok(done.status === 3 || done.status === 0, done.err)
    assert.match(done.out, harmless)
    const made = readdirSync(at('named-out'))
    for (const name of made) {
      assert.match(name, /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,72}$/)
      assert.doesNotMatch(name, /^(con|nul|aux|prn)(\.|$)|\.$/i)
    }
    assert.equal(made.length, names.length + 1)
    assert.ok(lstatSync(at('named-out/summary.json')).isFile())
    const summary = JSON.parse(readFileSync(at('named-out/summary.json'), 'utf8')) as { servers: { path: string }[] }
    for (const { path } of summary.servers) assert.ok(existsSync(join(at('named-out'), path, 'report.html')), path)
  })

  void it('when two are the same, the second gets 8 digits of its manifest; the same evidence twice is kept twice', async () => {
    for (const name of ['a', 'b'])
      write(at(`same/${name}`), { 'HttpProxy_1.LOG': httpProxyLog('MAIL01'), 'x.txt': name })
    const done = await runHere(['assess', at('same/a'), at('same/b'), at('same/b'), '--quiet', '--out', at('same-out')])
    assert.equal(done.err, '')
    const made = readdirSync(at('same-out')).sort()
    assert.deepEqual(made.slice(3), ['case.html', 'case.json', 'summary.json'])
    assert.equal(made[0], 'MAIL01')
    assert.match(made[1]!, /^MAIL01-[0-9a-f]{8}$/)
    assert.equal(made[2], `${made[1]}-2`)
  })

  void it('200 servers in one run', async () => {
    for (let i = 0; i < 200; i++) write(at(`fleet/server-${i}`), { 'notes.txt': `server ${i}` })
    const done = await runHere(['assess', at('fleet'), '--each', '--out', at('fleet-out')])
    assert.equal(done.status, 3, done.err)
    assert.equal(readdirSync(at('fleet-out')).length, 201)
    assert.equal(done.out.split('\n').length, 402)
  })
})

void describe('rules that are broken', { concurrency: 2 }, () => {
  const rules = write(at('rules'), {
    'broken.yml':
      'title: Broken\nid: 11111111-1111-4111-8111-111111111111\nlogsource:\n  category: webserver\ndetection:\n  a:\n    - cs-uri-stem: [\n  condition: a\n',
    'broken.yar':
      'rule Good { strings: $a = "postern marks this" condition: $a }\nrule Broken {\n  strings: $a = \n}\n',
    'whole.yml':
      'title: Whole\nid: 22222222-2222-4222-8222-222222222222\nstatus: test\nlevel: high\nlogsource:\n  product: postern\n  service: file\ndetection:\n  a:\n    FileName|endswith: marked.txt\n  condition: a\n',
    'README.md': 'not a rule',
  })

  void it('are named with file, line and column by packs check, which fails', async () => {
    // One pack: to check all that ship takes a minute on a busy machine.
    const done = await runHere(['packs', 'check', '--packs', join(root, 'packs/proxylogon-2021'), '--rules', rules])
    assert.equal(done.status, 1)
    assert.match(done.out, /broken\.yml:\d+:\d+: broken: \S/)
    assert.match(done.out, /broken\.yar:\d+:\d+: broken: \S/)
    assert.match(done.out, /README\.md: unsupported: \S/)
    assert.match(done.out, /^proxylogon-2021: \d+ rules/m)
  })

  void it('stand in the assessment, and stop no other rule', async () => {
    const evidence = write(at('marked'), { 'marked.txt': 'postern marks this' })
    const done = await runHere(['assess', evidence, '--rules', rules, '--out', at('marked-out')])
    assert.ok(done.status !== 1 && done.status !== 2, done.err)
    const { knowledge, findings } = assessmentIn(at('marked-out'))
    const broken = knowledge.brokenRules.map(
      (rule) =>
        `${rule.file.replace(/.*\//, '')} ${rule.reason} ${rule.line !== undefined && rule.column !== undefined}`,
    )
    assert.deepEqual([...new Set(broken)].sort(), [
      'README.md unsupported false',
      'broken.yar broken true',
      'broken.yml broken true',
    ])
    assert.ok(
      findings.some((finding) => finding.title === 'Whole'),
      'the Sigma rule beside it speaks',
    )
    assert.ok(
      findings.some((finding) => finding.rule.includes('Good')),
      'and the YARA rule in the same file',
    )
    assert.ok(
      !readFileSync(join(at('marked-out'), 'MARKED/assessment.json'), 'utf8').includes(folder),
      'no absolute path',
    )
  })
})

void describe('terminals and pipes', { concurrency: 2 }, () => {
  const evidence = write(at('plain'), { 'x.txt': 'x' })

  void it('whoever stops reading changes neither results nor status', { skip: windows }, async () => {
    const status = await new Promise<[number | null, string]>((resolve) => {
      const child = spawn(process.execPath, [main, 'assess', evidence, '--out', at('pipe-out')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let err = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      child.stdout.destroy()
      child.on('close', (code) => resolve([code, err]))
    })
    assert.deepEqual(status, [3, ''])
    assert.ok(existsSync(at('pipe-out/summary.json')))
  })

  void it('into a pipe no progress, and color only where it is asked for', async () => {
    const out = async (i: number, env: Record<string, string>): Promise<string> => {
      const done = await postern(['assess', evidence, '--out', at(`color-${i}`)], { env })
      assert.equal(done.err.replace(/^\(node:\d+\).*\n.*\n/gm, ''), '')
      return done.out
    }
    const bare = { CI: '', NO_COLOR: '', FORCE_COLOR: '0', TERM: 'xterm' }
    for (const [i, env] of [bare, { ...bare, NO_COLOR: '1', FORCE_COLOR: '1' }].entries())
      assert.ok(!(await out(i, env)).includes('\x1b'))
    for (const [i, env] of [
      { ...bare, FORCE_COLOR: '1' },
      { ...bare, CLICOLOR_FORCE: '1' },
    ].entries())
      assert.match(await out(i + 2, env), /\x1b\[1m/)
  })

  const script = !windows && existsSync('/usr/bin/script')
  void it('on a terminal color and progress; less of it with NO_COLOR, CI and --quiet', {
    skip: !script,
  }, async () => {
    const onTerminal = (env: Record<string, string | undefined>, ...more: string[]): Promise<string> =>
      new Promise((resolve) => {
        const out = at(`terminal-${Object.keys(env).join('-')}${more.join('')}`)
        const line = [process.execPath, main, 'assess', evidence, '--out', out, ...more].map((w) => `'${w}'`).join(' ')
        const child = spawn('script', ['-qec', line, '/dev/null'], {
          env: { ...process.env, TERM: 'xterm', CI: undefined, NO_COLOR: undefined, ...env },
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        let text = ''
        child.stdout.setEncoding('utf8').on('data', (t: string) => (text += t))
        child.on('close', () => resolve(text))
      })
    const [all, noColor, ci, quiet] = await Promise.all([
      onTerminal({}),
      onTerminal({ NO_COLOR: '1' }),
      onTerminal({ CI: '1' }),
      onTerminal({ X: '1' }, '--quiet'),
    ])
    assert.match(all, /1 of 1 files/)
    assert.match(all, /\x1b\[[0-9;]*m/)
    assert.doesNotMatch(noColor, /\x1b\[[0-9;]*m/)
    assert.doesNotMatch(ci, /1 of 1 files/)
    assert.equal(quiet, '')
  })

  void it('an interrupt ends it before it has read all', { skip: windows }, async () => {
    const big = at('big')
    const row = httpProxyLog('MAIL01').split('\n').slice(5, 25).join('\n')
    write(big, { 'HttpProxy_1.LOG': httpProxyLog('MAIL01') + row.repeat(16_000) })
    const status = await new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, [main, 'assess', big, '--jobs', '2', '--out', at('big-out')], {
        stdio: 'ignore',
      })
      // It reads when what was read is kept.
      const look = setInterval(() => {
        if (!existsSync(join(at('big-out'), 'unfinished'))) return
        clearInterval(look)
        child.kill('SIGINT')
      }, 20)
      child.on('close', (code, by) => {
        clearInterval(look)
        // As a shell says it: a thread that is not ended in time is ended by the signal itself.
        resolve(by === null ? code : 128 + constants.signals[by])
      })
    })
    assert.equal(status, 130)
    assert.ok(!existsSync(join(at('big-out'), 'summary.json')))
  })
})
