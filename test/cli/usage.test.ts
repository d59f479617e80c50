import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assessCommand } from '../../src/cli/commands/assess.ts'
import { explainCommand } from '../../src/cli/commands/explain.ts'
import { packsCommand } from '../../src/cli/commands/packs.ts'
import { type ErrorCode, exitStatus, PosternError } from '../../src/lib/errors.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { httpProxyLog, place, postern, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()
const evidence = write(join(folder, 'evidence'), { 'notes.txt': 'nothing of a mail server' })
const many = write(join(folder, 'many'), { 'a/notes.txt': 'a', 'b/broken.zip': 'PK\x03\x04', 'loose.txt': 'loose' })
mkdirSync(join(folder, 'nothing'))
writeFileSync(join(folder, 'broken.zip'), 'PK\x03\x04 and no more')
writeFileSync(join(folder, 'encrypted.zip'), zipOf([{ name: 'u_ex210303.log', content: 'secret', flags: 0x801 }]))
writeFileSync(join(folder, 'file'), '')
writeFileSync(join(folder, 'huge.json'), '')
truncateSync(join(folder, 'huge.json'), 257 * 1024 * 1024)
write(join(folder, 'used'), { 'summary.json': '{}' })
symlinkSync(evidence, join(folder, 'link'))
symlinkSync(join(evidence, 'none'), join(folder, 'dangling'))
symlinkSync('circle', join(folder, 'circle'))
write(join(folder, 'two'), { 'a/HttpProxy.LOG': httpProxyLog('MAIL01'), 'b/HttpProxy.LOG': httpProxyLog('MAIL02') })
const known = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

type Row = readonly [name: string, args: readonly string[], status: number, says: RegExp]
const at = (name: string): string => join(folder, name)
const assess = (...args: string[]): string[] => ['assess', evidence, '--quiet', '--out', at('out-never'), ...args]
const to = (out: string): string[] => ['assess', evidence, '--quiet', '--out', out]

const mistakes: readonly Row[] = [
  ['no evidence', ['assess'], 2, /No evidence given/],
  ['unknown option', assess('--frob'), 2, /Unknown option --frob\. Options: --out, .*--quiet\./],
  ['unknown short option', assess('-x'), 2, /Unknown option -x\. Options: --out/],
  ['an option without its value', ['assess', evidence, '--out'], 2, /--out has no value|Empty value for --out/],
  [
    'an option in place of a value',
    ['assess', evidence, '--out', '--quiet'],
    2,
    /--out has no value|Empty value for --out/,
  ],
  ['an empty value', ['assess', evidence, '--out='], 2, /--out has no value|Empty value for --out/],
  ['a value where none belongs', assess('--each=yes'), 2, /--each takes no value/],
  ['an option twice', assess('--jobs', '1', '--jobs', '2'), 2, /--jobs was given several times/],
  ['no such path', ['assess', at('none'), '--out', at('out-never')], 2, /none: no such file or directory/],
  ['an empty path', ['assess', '', '--out', at('out-never')], 2, /'': no such file or directory/],
  ['a path below a file', ['assess', at('file/x'), '--out', at('out-never')], 2, /file\/x: no such file or directory/],
  ['OUT is the evidence', to(evidence), 2, /inside the evidence/],
  ['OUT is the evidence, with a slash', to(`${evidence}/`), 2, /inside the evidence/],
  ['OUT in the evidence', to(join(evidence, 'new/deep')), 2, /inside the evidence/],
  ['OUT in the evidence, by a detour', to(join(folder, 'link/../evidence/x')), 2, /inside the evidence/],
  ['OUT in the evidence by a link', to(at('link/x')), 2, /inside the evidence/],
  ['OUT in evidence that is a link', ['assess', at('link'), '--out', join(evidence, 'x')], 2, /inside the evidence/],
  ['OUT by a link to nothing in the evidence', to(at('dangling')), 2, /broken link/],
  ['OUT below a link to nothing', to(at('dangling/x')), 2, /broken link/],
  ['OUT in a circle of links', to(at('circle')), 2, /broken link/],
  ['OUT holds results', to(at('used')), 2, /not empty/],
  ['OUT is a file', to(at('file')), 2, /not a folder/],
  ['OUT below a file', to(at('file/x')), 1, /cannot be written: part of its path is a file/],
  ['unknown campaign', assess('--campaign', 'hafnium'), 2, /Unknown campaign 'hafnium'\. Campaigns: .*proxylogon-2021/],
  ...['none.txt', '*'].map(
    (path): Row => [
      `--exclude ${path}`,
      ['assess', evidence, '--exclude', path, '--out', at('out-excluded')],
      2,
      /--exclude (?:none\.txt|\*): the evidence has no such file or folder/,
    ],
  ),
  ['--each and --join', assess('--each', '--join'), 2, /--each and --join/],
  ['--each without a server', ['assess', at('nothing'), '--each', '--out', at('out-never')], 1, /no folder or archive/],
  ['--each of a file', ['assess', at('file'), '--each', '--out', at('out-never')], 2, /needs a folder/],
  ...['x', '2021-03-01', '2021-13-01..', '2021-02-30..', '..', '1..2..3'].map(
    (window): Row => [`--window ${window}`, assess('--window', window), 2, /--window\. Expected FROM\.\.TO/],
  ),
  ['--window backwards', assess('--window', '2021-03-02..2021-03-01'), 2, /ends before it begins/],
  ['--timezone', assess('--timezone', 'Mars'), 2, /Invalid time zone 'Mars'/],
  ['--timezone __proto__', assess('--timezone', '__proto__'), 2, /Invalid time zone/],
  ...['0', '-1', '1e1', '2.5', '257', 'all'].map(
    (jobs): Row => [`--jobs ${jobs}`, assess(`--jobs=${jobs}`), 2, /--jobs\. Expected a number from 1 to 256/],
  ),
  ['--format', assess('--format', 'docx'), 2, /Unknown format 'docx'\. Formats: json, /],
  [
    '--tlp of no label',
    assess('--format', 'stix', '--tlp', 'white'),
    2,
    /Unknown label 'white' for --tlp\. Labels: clear, /,
  ],
  ['--tlp of nothing', assess('--tlp', 'green'), 2, /--tlp requires a format .* --format stix or --format misp/],
  ['--name-victim of nothing', assess('--name-victim', '--format', 'csv'), 2, /--name-victim requires a format/],
  ['--language', assess('--language', 'it'), 2, /Unknown language 'it'\. Languages: en, de, fr, ja\./],
  ['--packs nowhere', assess('--packs', at('none')), 2, /none: no such file or directory/],
  ['--packs without a pack', assess('--packs', at('nothing')), 1, /no pack/],
  ['--rules nowhere', assess('--rules', at('none')), 2, /none: no such file or directory/],
  ['--iocs nowhere', assess('--iocs', at('none')), 2, /none: no such file or directory/],
  ['--iocs too large', assess('--iocs', at('huge.json')), 2, /larger than 256 MB.*huge\.json/],
  ['--known nowhere', assess('--known', at('none')), 2, /none: no such file or directory/],
  ['--known a folder', assess('--known', folder), 2, /cannot be read: it is a folder/],
  ['--known no YAML', assess('--known', known('k1', 'scanners: [\n')), 2, /Not valid YAML.*k1:\d:\d/],
  ['--known a list', assess('--known', known('k2', '- x\n')), 2, /must be a map/],
  [
    '--known a wrong key',
    assess('--known', known('k3', 'scaners: []\n')),
    2,
    /unknown key scaners\. Keys: scanners, accepted/,
  ],
  ['--known no list', assess('--known', known('k4', 'scanners: 3\n')), 2, /scanners must be a list/],
  ['--known null', assess('--known', known('k5', 'scanners: [null]\n')), 2, /Entry 1 of scanners must be a map/],
  [
    '--known announced without a reason',
    assess(
      '--known',
      known('k30', 'announced: [{subject: ada, act: any, from: 2021-03-01, to: 2021-03-02, by: me}]\n'),
    ),
    2,
    /reason is missing|has no reason/,
  ],
  [
    '--known no address',
    assess('--known', known('k6', 'scanners: [{name: x}]\n')),
    2,
    /Invalid address '' of a scanner/,
  ],
  [
    '--known bad block',
    assess('--known', known('k7', 'scanners: [{address: 10.0.0.0/99}]\n')),
    2,
    /Invalid address '10\.0\.0\.0\/99'/,
  ],
  [
    '--known bad date',
    assess('--known', known('k8', 'scanners: [{address: 10.0.0.1, to: soon}]\n')),
    2,
    /Invalid date 'soon'/,
  ],
  [
    '--known no reason',
    assess('--known', known('k9', 'accepted: [{id: a, by: b, date: 2021-03-01}]\n')),
    2,
    /reason is missing|has no reason/,
  ],
  [
    '--known reason a map',
    assess('--known', known('k10', 'accepted: [{id: a, reason: {}, by: b, date: 2021-03-01}]\n')),
    2,
    /reason is missing|has no reason/,
  ],
  [
    '--known a bomb',
    assess(
      '--known',
      known('k11', 'a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n'),
    ),
    2,
    /Not usable YAML|has a key/,
  ],
  ['empty folder', ['assess', at('nothing'), '--out', at('out-1')], 1, /evidence contains no file/],
  [
    'broken zip',
    ['assess', at('broken.zip'), '--out', at('out-2')],
    1,
    /Nothing in the evidence could be opened\. broken\.zip/,
  ],
  ['encrypted zip', ['assess', at('encrypted.zip'), '--out', at('out-3')], 1, /could be opened.*encrypted/],
  ['explain nothing', ['explain'], 2, /Usage: postern explain/],
  ['explain nowhere', ['explain', at('none'), 'x'], 2, /none: no such file or directory/],
  ['explain no results', ['explain', evidence, 'x'], 2, /no results \(findings\.jsonl is missing\)/],
  ['explain a file', ['explain', at('file'), 'x'], 2, /no results \(findings\.jsonl is missing\)/],
  ['explain a finding without a name', ['explain', evidence, ''], 2, /Usage: postern explain/],
  ['packs nothing', ['packs'], 2, /Usage: postern packs check.*install/],
  ['a word that packs does not know', ['packs', 'chek'], 2, /Usage: postern packs check/],
  ['an option of another action', ['packs', 'list', '--into', 'x'], 2, /--into cannot be used with postern packs list/],
  ['a similar option', assess('--output', 'x'), 2, /^Unknown option --output\. Did you mean --out\?/],
  ['one dash before a long name', assess('-format', 'csv'), 2, /^Unknown option -format\. Did you mean --format\?/],
  ['a short option without its value', ['assess', evidence, '-o'], 2, /--out has no value|Empty value for --out/],
  ['an option twice, once short', ['assess', evidence, '-o', 'a', '--out', 'b'], 2, /--out was given several times/],
  ['a format that is empty', assess('--format', 'csv,'), 2, /Empty value for --format/],
  ['formats of which one is none', assess('--format', 'csv,docx'), 2, /Unknown format 'docx'/],
  ['a quotation mark of cmd', ['assess', 'C:\\evidence" --out R'], 2, /quotation mark.*without the last backslash/],
  ['OUT with a quotation mark of cmd', to(at('out" --quiet')), 2, /quotation mark.*without the last backslash/],
  ['a long dash', ['assess', evidence, '\u2013out', 'x'], 2, /long dash/],
  ['a home folder in quotes', ['assess', '~/none'], 2, /did not replace ~/],
  ...(process.platform === 'win32'
    ? []
    : ([
        ['a path of Windows', ['assess', 'C:\\cases\\mail01'], 2, /This is a Windows path/],
        ['a path of the Windows network', ['assess', '\\\\server\\share'], 2, /path of the Windows network/],
        ['OUT is a path of Windows', to('D:\\results'), 2, /This is a Windows path/],
      ] satisfies Row[])),
]

void describe('a mistake is answered in one sentence', () => {
  for (const [name, args, status, says] of mistakes) {
    void it(name, async () => {
      const [sentence, code] = await mistake(args)
      assert.match(sentence, says)
      assert.equal(exitStatus(code), status, sentence)
      assert.doesNotMatch(sentence, /\n|undefined|\[object/)
    })
  }

  void it('rows of two servers in one evidence are no mistake: both names are told', async () => {
    const { status } = await runHere(['assess', at('two'), '--out', at('out-4')])
    assert.ok(status === 0 || status === 3, String(status))
    const [server] = readdirSync(at('out-4'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const { evidence: read } = JSON.parse(
      readFileSync(join(at('out-4'), server!.name, 'assessment.json'), 'utf8'),
    ) as Assessment
    assert.match(read.notes.join('\n'), /MAIL01.*MAIL02/)
  })

  void it('nothing was written, and nothing stands on stdout', () => {
    assert.ok(!existsSync(at('out-never')))
    assert.deepEqual(readdirSync(evidence), ['notes.txt'])
  })

  for (const [name, args, status, says] of [
    ['unknown command', ['asess'], 2, /Unknown command asess\. Did you mean assess\?/],
    [
      'a command that is a word of the language',
      ['constructor'],
      2,
      /Unknown command constructor\. Commands: assess, explain, /,
    ],
    ['a name that steers the terminal', ['\x1b[2J\u202e'], 2, /Unknown command ␛\[2J⟨U\+202E⟩/],
    ...mistakes.filter(([name]) => ['unknown option', 'broken zip', '--known no YAML'].includes(name)),
  ] satisfies Row[]) {
    void it(`${name}, on the command line`, async () => {
      const done = await runHere(args)
      assert.match(done.err, says)
      assert.match(done.err, /^postern: [^\n]+\n$/, 'one line, no stack')
      assert.deepEqual([done.status, done.out], [status, ''])
    })
  }

  void it('no arguments: the help, and status 2', async () => {
    const done = await postern([])
    assert.equal(done.status, 2)
    assert.match(done.err, /^postern: No command given\.\n\nPostern .*\n/)
  })

  void it('--help and --version are no mistakes', async () => {
    for (const args of [
      ['--help'],
      ['help'],
      ['/?'],
      ['explain', '-h'],
      ['assess', '/?'],
      ['help', 'assess'],
      ['--version'],
      ['-V'],
    ]) {
      const done = await runHere(args)
      assert.deepEqual([done.status, done.err], [0, ''])
      assert.notEqual(done.out, '')
    }
  })

  void it('where folders cannot be made, it says so and does not hang', {
    skip: !existsSync('/proc/self'),
  }, async () => {
    const done = await postern(to('/proc/postern-out'))
    assert.equal(done.status, 1)
    assert.match(done.err, /^postern: \/proc\/postern-out: the results cannot be written: [a-z ]+\.\n$/)
  })
})

void describe('what is no mistake', { concurrency: 2 }, () => {
  void it('an OUT that is there and empty; nothing recognized is 3, and nothing is said when quiet', async () => {
    mkdirSync(at('empty'))
    const done = await runHere(to(at('empty')))
    assert.deepEqual(done, { status: 3, signal: null, out: '', err: '' })
    assert.deepEqual(readdirSync(at('empty')).sort(), ['EVIDENCE', 'summary.json'])
    // A second run into the same folder changes nothing of it.
    const before = readFileSync(at('empty/summary.json'))
    assert.equal((await runHere(to(at('empty')))).status, 2)
    assert.deepEqual(readFileSync(at('empty/summary.json')), before)
  })

  void it('results of an earlier run in the evidence are named, and read as evidence', async () => {
    const run = { 'run.json': '{"schema":"postern-run/1"}', 'assessment.json': '{}' }
    const files = Object.entries(run).map(([file, content]) => [`old/MAIL01/${file}`, content] as const)
    const with_ = write(at('with-results'), { 'notes.txt': 'x', ...Object.fromEntries(files), 'b/run.json': '{}' })
    const done = await runHere(['assess', with_, '--quiet', '--out', at('with-results-out')])
    assert.equal(
      done.err,
      `postern: ${join(with_, 'old/MAIL01')} looks like results of Postern. It is read as evidence, since anyone can write such a folder: move results out of the evidence, or leave them out with --exclude old/MAIL01.\n`,
    )
    const [server] = readdirSync(at('with-results-out'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    assert.match(
      readFileSync(join(at('with-results-out'), server!.name, 'coverage.jsonl'), 'utf8'),
      /old\/MAIL01\/run\.json/,
    )
  })

  void it('what --exclude names is not read, and counts as a gap that the user chose', async () => {
    const run = { 'old/MAIL01/run.json': '{"schema":"postern-run/1"}', 'old/MAIL01/assessment.json': '{}' }
    const with_ = write(at('excluded'), { ...run, 'old/MAIL010/run.json': '{}', 'old/notes.txt': 'x', 'b.txt': 'b' })
    const args = ['--exclude', 'old/MAIL01/', '--exclude', 'b.txt', '--quiet', '--out', at('excluded-out')]
    const done = await runHere(['assess', with_, ...args])
    assert.deepEqual([done.status, done.err], [3, ''])
    const results = join(at('excluded-out'), 'EXCLUDED')
    const rows = readFileSync(join(results, 'coverage.jsonl'), 'utf8').trim().split('\n')
    const gaps = rows
      .map((row) => JSON.parse(row) as { path: string; gaps?: readonly { reason: string; detail: string }[] })
      .flatMap(({ path, gaps = [] }) => gaps.map(({ reason, detail }) => [path, reason, detail]))
    assert.deepEqual(gaps, [
      ['b.txt', 'excluded', 'left out with --exclude b.txt'],
      ['old/MAIL01/assessment.json', 'excluded', 'left out with --exclude old/MAIL01'],
      ['old/MAIL01/run.json', 'excluded', 'left out with --exclude old/MAIL01'],
    ])
    const recorded = readFileSync(join(results, 'assessment.json'), 'utf8')
    assert.match(recorded, /"exclude": ?"old\/MAIL01\/, b\.txt"/)
  })

  void it('of a name that a shell would run, no command is made', async () => {
    const run = { 'run.json': '{"schema":"postern-run/1"}', 'assessment.json': '{}' }
    const files = Object.entries(run).map(([file, content]) => [`old $(id)/${file}`, content] as const)
    const with_ = write(at('with-command'), Object.fromEntries(files))
    const done = await runHere(['assess', with_, '--quiet', '--out', at('with-command-out')])
    assert.match(done.err, /leave them out with --exclude and their path inside the evidence\.\n$/)
  })

  void it('of several servers each leaves out what it has; what none has is named at the end', async () => {
    write(at('some/A'), { 'old/run.json': 'x', 'a.txt': 'a' })
    write(at('some/B'), { 'b.txt': 'b' })
    const args = ['--each', '--exclude', 'old', '--exclude', 'older', '--quiet', '--out', at('some-out')]
    const done = await runHere(['assess', at('some'), ...args])
    assert.equal(done.status, 3)
    assert.match(done.err, /^postern: --exclude older: the evidence has no such file or folder\. [^\n]*\n$/)
    assert.match(readFileSync(at('some-out/A/coverage.jsonl'), 'utf8'), /"excluded"/)
  })

  void it('a file of no bytes is 3', async () => {
    const done = await runHere(['assess', write(at('zero'), { 'u_ex210303.log': '' }), '--out', at('zero-out')])
    assert.equal(done.status, 3)
    assert.match(done.out, /CANNOT TELL/)
    assert.equal(done.err, '')
  })

  void it('of several servers the highest counts, and 1 if one failed', async () => {
    const done = await runHere(['assess', many, '--each', '--out', at('many-out')])
    assert.equal(done.status, 1)
    assert.match(done.err, /^postern: [^\n]*b: Nothing in the evidence could be opened[^\n]*\n$/)
    assert.match(done.out, /^server +verdict/)
    const summary = JSON.parse(readFileSync(at('many-out/summary.json'), 'utf8')) as { servers: { name: string }[] }
    assert.deepEqual(
      summary.servers.map((server) => server.name),
      ['A'],
    )
  })

  void it('an id of digits is kept as it is written', async () => {
    const file = known('k20', 'accepted: [{id: 012345678901, reason: 1e5, by: me, date: 2021-03-01}]\nscanners:\n')
    const { readKnown } = await import('../../src/cli/known-file.ts')
    assert.deepEqual(readKnown(file), {
      scanners: [],
      announced: [],
      accepted: [{ id: '012345678901', reason: '1e5', by: 'me', date: '2021-03-01' }],
    })
  })

  void it('a window with milliseconds', async () => {
    const window = '2021-03-01T00:00:00.000Z..2021-03-02T00:00:00.500Z'
    const done = await runHere(['assess', evidence, '--quiet', '--window', window, '--out', at('window-out')])
    assert.deepEqual([done.status, done.err], [3, ''])
  })

  void it('evidence that is named like an option, behind --', async () => {
    write(join(folder, 'dashes', '--help'), { 'a.txt': 'a' })
    const done = await runHere(['assess', '--quiet', '--out', at('dashes-out'), '--', '--help'], { cwd: at('dashes') })
    assert.deepEqual([done.status, done.err, done.out], [3, '', ''])
  })
})

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  assess: assessCommand,
  explain: explainCommand,
  packs: packsCommand,
}

/** What a mistake is answered with, without the start of a process each. */
async function mistake([name, ...args]: readonly string[]): Promise<[sentence: string, code: ErrorCode]> {
  try {
    return [`no mistake: status ${await commands[name!]!(args)}`, 'usage']
  } catch (error) {
    if (!(error instanceof PosternError)) throw error
    const { file, line, column } = error.where ?? {}
    return [[error.message, file, line, column].filter((part) => part !== undefined).join(':'), error.code]
  }
}

void describe('where standard output is on a full disk', { skip: process.platform !== 'linux' }, () => {
  const through = ['sh', '-c', 'exec "$@" > /dev/full', 'sh']

  void it('results and exit status of assess are those of any run', async () => {
    const { status, err } = await postern(['assess', evidence, '--out', at('out-full')], { through })
    assert.equal(status, 3)
    assert.match(err, /could not be written \(the disk is full\)/)
    assert.ok(existsSync(at('out-full/summary.json')))
  })

  void it('a command whose answer is what it shows has failed', async () => {
    const { status, err } = await postern(['packs', 'list'], { through })
    assert.equal(status, 1)
    assert.match(err, /^postern: What was to be shown could not be written \(the disk is full\)\.$/m)
  })
})
