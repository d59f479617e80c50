import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkPacks, isRuleThatQuotes, looksLike, type PackProblem } from '../../src/run/pack-check.ts'
import { schemaProblems } from '../../src/knowledge/pack-schema.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { knownKinds } from '../../src/model/log-kinds.ts'
import { place, root, write } from '../cli/command.ts'
import { runHere } from '../cli/in-process.ts'
import { sensitive } from '../../tools/simulator/encoded.ts'

// `postern packs check`: what it says of packs that are not as they should be, and that ours are.

const packs = join(root, 'packs')
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const products = new Set(['Exchange2016', 'Exchange2019'])
const cves = new Set(['CVE-2021-26855'])

// In this process, and not by the program: with all samples of all packs it takes a while.
test('the packs that ship have nothing wrong', async () => {
  const known = (table: string): ReadonlySet<string> => {
    const rows = readFileSync(join(root, 'knowledge', table), 'utf8').split('\n')
    return new Set(rows.filter((row) => !row.startsWith('#')).flatMap((row) => row.split(',')[0] || []))
  }
  const around = {
    products: known('products.csv'),
    cves: known('cves.csv'),
    known: [packs],
    benign: [join(root, 'samples/benign')],
  }
  const problems = await checkPacks([packs], knowledge, around)
  assert.deepEqual(
    problems.filter(({ is }) => is === 'wrong'),
    [],
  )
})

const iis = (stem: string): string =>
  `#Fields: date time c-ip cs-method cs-uri-stem sc-status\r\n2021-03-03 04:23:22 192.0.2.1 GET ${stem} 200\r\n`
const rule = (keys: string): string =>
  `title: T\nlevel: high\nlogsource: { category: webserver }\n${keys}\ndetection:\n  s: { cs-uri-stem: /invented }\n  condition: s\n`
const good = {
  'pack.yml':
    'id: test-2021\nname: Test\nsummary: Test.\nrules:\n  one: { stage: attempt, subject: request, sign: content, strength: strong }\n',
  'rules/one.yml': rule('id: 6f0b7c52-54a8-4b5c-9d0e-1c6f0a1f7a01\nauthor: A. Writer\nlicense: DRL-1.1'),
  'samples/rules/one/fire/a.log': iis('/invented'),
  'samples/rules/one/quiet/a.log': iis('/other'),
}
const folder = place()
let number = 0

/** What is said of a pack with these files besides, or instead of, those of a good one; null takes a file away. */
async function problemsOf(files: Readonly<Record<string, string | null>>, benign: string[] = []): Promise<string[]> {
  const own = join(folder, String(number++), 'test-2021')
  const all = Object.entries({ ...good, ...files }).filter((entry): entry is [string, string] => entry[1] !== null)
  write(own, Object.fromEntries(all))
  const loaded = await loadKnowledge({ packs: [own], rules: [], iocs: [] })
  // Rules for files come from the packs that ship: what is in the open is judged by them.
  const scanners = knowledge.rules.scanners
  const infos = new Map(
    [...knowledge.infos, ...loaded.infos].filter(
      ([, i]) => i.pack === 'test-2021' || scanners.some((s) => s.infos.includes(i)),
    ),
  )
  const asked = { ...loaded, infos, rules: { ...loaded.rules, scanners } }
  const problems = await checkPacks([own], asked, { products, cves, known: [packs], benign, beside: knowledge })
  return problems.map(({ is, place: where, says }: PackProblem) => `${is} ${where}: ${says}`)
}

test('a pack as it should be', async () => {
  assert.deepEqual(await problemsOf({}), [])
})

for (const [name, files, expected] of [
  [
    'no author',
    { 'rules/one.yml': rule('id: a\nlicense: MIT') },
    /^wrong test-2021\/rules\/one\.yml:1 \(one\): it names no author$/,
  ],
  [
    'no license',
    { 'rules/one.yml': rule('id: a\nauthor: A') },
    /^wrong test-2021\/rules\/one\.yml:1 \(one\): it names no license$/,
  ],
  [
    'a license that forbids it',
    { 'rules/one.yml': rule('id: a\nauthor: A\nlicense: CC-BY-NC-4.0') },
    /one\.yml:6 \(one\): its license is CC-BY-NC-4.0/,
  ],
  ['no sample to fire on', { 'samples/rules/one/fire/a.log': null }, /one\.yml:1 \(one\): it has no fire sample$/],
  [
    'no sample to stay silent on',
    { 'samples/rules/one/quiet/a.log': null },
    /one\.yml:1 \(one\): it has no quiet sample$/,
  ],
  [
    'no author in the second rule of a file',
    {
      'rules/one.yml': `${good['rules/one.yml']}---\n${rule('id: 6f0b7c52-54a8-4b5c-9d0e-1c6f0a1f7a02\nlicense: MIT')}`,
    },
    /one\.yml:11 \(one\): it names no author$/,
  ],
  [
    'samples of no rule',
    { 'samples/rules/two/fire/a.log': iis('/x') },
    /samples\/rules\/two: these samples belong to no rule/,
  ],
  [
    'a web shell in the open',
    { 'samples/rules/one/quiet/a.aspx': '<%@ Page Language="Jscript"%><%' + 'eval(Request.Item["k"],"unsafe");%>' },
    /a\.aspx: it lies in the open and looks like .*: encode it$/,
  ],
  // Other systems keep one file of the two.
  ...(process.platform === 'linux'
    ? ([
        [
          'two samples whose names differ by case only',
          { 'samples/rules/one/quiet/A.log': iis('/x') },
          /quiet\/a\.log: two files are named .*, but for case: rename one of them$/,
        ],
      ] as const)
    : []),
] as const) {
  test(`wrong: ${name}`, async () => {
    const problems = await problemsOf(files)
    assert.equal(problems.length, 1, problems.join('\n'))
    assert.match(problems[0]!, expected)
  })
}

const campaign = `cves: [CVE-2021-26885]
vulnerabilities: [CVE-2021-26885]
products: [Exchange2016]
exploitation: { from: 2021-03-01, to: 2021-03-31 }
needs: { exploited: [[iis-frontend]] }
cannotSee: [All else.]
references: [https://example.com/]
wouldChange: { exploited: IIS logs. }
`
const actors = (trace: string): string => `phases: []
actors:
  - id: a
    name: A
    seen: { from: 2021-03-01, to: 2021-03-31 }
    sectors: []
    references: [https://example.com/]
    traces:
${trace}`
for (const [name, files, expected] of [
  [
    'a door of a vulnerability that nothing is known of',
    { 'pack.yml': good['pack.yml'] + campaign },
    [
      'wrong test-2021/pack.yml:7: vulnerabilities: no build is known to be vulnerable to "CVE-2021-26885": it is not in knowledge/cves.csv; did you mean "CVE-2021-26855"?',
    ],
  ],
  [
    'a sample on which its rule does not fire',
    { 'samples/rules/one/fire/b.log': iis('/other') },
    ['wrong test-2021/samples/rules/one/fire/b.log: the rule one does not fire on it'],
  ],
  [
    'a sample that should be quiet, on which its rule fires',
    { 'samples/rules/one/quiet/b.log': iis('/invented') },
    ['wrong test-2021/samples/rules/one/quiet/b.log: the rule one fires on it'],
  ],
  [
    'a log source that is misspelled',
    { 'rules/one.yml': good['rules/one.yml'].replace('category: webserver', 'category: webservre') },
    [
      'wrong test-2021/rules/one.yml:3: no evidence has the category "webservre"; did you mean "webserver"?',
      'wrong test-2021/samples/rules/one/fire/a.log: the rule one does not fire on it',
    ],
  ],
  [
    'a field that is misspelled',
    { 'rules/one.yml': good['rules/one.yml'].replace('cs-uri-stem', 'cs-uri-setm') },
    [
      'wrong test-2021/rules/one.yml:8: no rule that ships asks by the field "cs-uri-setm", and no sample of the pack has it; did you mean "cs-uri-stem"?',
      'wrong test-2021/samples/rules/one/fire/a.log: the rule one does not fire on it',
    ],
  ],
  [
    'a field that no parser gives, and that is near to none',
    {
      'rules/one.yml': good['rules/one.yml']
        .replace('  s: {', '  f: { Wolkenfarbe: blau }\n  s: {')
        .replace('n: s', 'n: s and not f'),
    },
    [
      'wrong test-2021/rules/one.yml:8: no rule that ships asks by the field "Wolkenfarbe", and no sample of the pack has it',
    ],
  ],
  [
    'a field that a sample of the pack has',
    {
      'rules/one.yml': good['rules/one.yml']
        .replace('  s: {', '  f: { x-cloud: blau }\n  s: {')
        .replace('n: s', 'n: s and not f'),
      'samples/rules/one/quiet/b.log': iis('/x').replace('sc-status', 'sc-status x-cloud').replace(' 200', ' 200 rot'),
    },
    [],
  ],
  [
    'fields of a source that Postern does not read',
    {
      'rules/one.yml': good['rules/one.yml']
        .replace('category: webserver', 'product: linux')
        .replace('cs-uri-stem', 'Wolkenfarbe'),
    },
    [
      'wrong test-2021/rules/one.yml:3: no evidence has the product "linux"',
      'note test-2021/rules/one.yml:8: no rule that ships asks by the field "Wolkenfarbe"',
      'wrong test-2021/samples/rules/one/fire/a.log: the rule one does not fire on it',
    ],
  ],
  [
    'a license in a YARA file',
    {
      'rules/two.yar':
        '// first\nrule two {\n  meta:\n    title = "T"\n    author = "A"\n    license = "CC-BY-NC-4.0"\n  strings:\n    $a = "inventedtext"\n  condition:\n    $a\n}\n',
      'samples/rules/two/fire/a.txt': 'inventedtext',
      'samples/rules/two/quiet/a.txt': 'other',
    },
    [
      'wrong test-2021/rules/two.yar:6 (two): its license is CC-BY-NC-4.0',
      // Here the rules for files are those that ship.
      'wrong test-2021/samples/rules/two/fire/a.txt: the rule two does not fire on it',
    ],
  ],
  [
    'a trace of a rule that there is not',
    {
      'pack.yml': good['pack.yml'],
      'actors.yml': actors(
        '      - { kind: rule, weight: distinctive, values: [onne], what: x, source: https://example.com/ }\n',
      ),
    },
    ['wrong test-2021/actors.yml:9: there is no rule of a pack "onne"; did you mean "one"?'],
  ],
  [
    'a host that stands in no list',
    {
      'actors.yml': actors(
        '      - { kind: called, weight: exclusive, values: [c2.example], what: x, source: https://example.com/ }\n',
      ),
    },
    [
      'note test-2021/actors.yml:9: 1 host or digest of A in no indicator list of the pack: seen only where another rule finds the same event (c2.example)',
    ],
  ],
  [
    'several mistakes, all at once',
    {
      'pack.yml': `${good['pack.yml']}summry: x\nneeds: { exploited: [[iis-front]] }\n`,
      'rules/one.yml': rule('id: a\nlicense: MIT'),
    },
    [
      'wrong test-2021/pack.yml:6',
      'wrong test-2021/pack.yml:7',
      'wrong test-2021/rules/one.yml:1 (one): it names no author',
    ],
  ],
] as const) {
  test(`wrong, with its line and what may be meant: ${name}`, async () => {
    const problems = await problemsOf(files)
    assert.equal(problems.length, expected.length, problems.join('\n'))
    for (const [i, text] of expected.entries()) assert.ok(problems[i]!.startsWith(text), problems.join('\n'))
  })
}

test('packs that cannot be loaded do not hide what is wrong elsewhere', async () => {
  const own = join(folder, 'several')
  write(join(own, 'a-2021'), {
    'pack.yml': 'id: a-2021\nname: A\nsummary: A.\nexploitation: [1]\nneeds: { exploited: [[iis-front]] }\n',
  })
  write(join(own, 'b-2021'), { 'pack.yml': 'id: b-2021\nname: "B\n' })
  write(join(own, 'c-2021'), { 'pack.yml': 'id: d-2021\nname: C\nsummary: C.\n' })
  write(join(own, 'test-2021'), { ...good, 'samples/rules/one/quiet/a.log': iis('/invented') })
  const { status, out } = await runHere(['packs', 'check', '--packs', own])
  assert.equal(status, 1)
  for (const line of [
    /^wrong a-2021\/pack\.yml:4: exploitation must be a map\.$/m,
    /^wrong a-2021\/pack\.yml:5: needs\.exploited\[0\]\[0\]: .*; did you mean "iis-frontend"\?$/m,
    /^wrong b-2021\/pack\.yml:\d+:\d+: Not valid YAML/m,
    /^wrong c-2021\/pack\.yml:1: id is d-2021/m,
    /^wrong test-2021\/samples\/rules\/one\/quiet\/a\.log: the rule one fires on it$/m,
  ])
    assert.match(out, line)
})

test('a rule that fires on ordinary evidence is wrong, and of one that says little it is noted', async () => {
  const benign = write(join(folder, 'benign'), { 'u_ex210303.log': iis('/invented') })
  assert.match(
    (await problemsOf({}, [benign])).join(),
    /^wrong .*one\.yml:1 \(one\): it fires on ordinary evidence: u_ex210303\.log$/,
  )
  const weak = { 'pack.yml': good['pack.yml'].replace('strong', 'weak') }
  assert.match((await problemsOf(weak, [benign])).join(), /^note /)
})

const names = { products, own: new Set(['one']), all: new Set(['one', 'theirs']), actions: new Set(['preserve']) }
const base = { id: 'test-2021', name: 'Test', summary: 'Test.' }
/** What a campaign must say besides. */
const whole = { cves: [], vulnerabilities: [], products: [], needs: {}, cannotSee: [], references: [], wouldChange: {} }
for (const [what, doc, says] of [
  ['no map', ['id'], 'pack.yml: a map is wanted, and it is ["id"]'],
  ['no name', { id: 'test-2021', summary: 'Test.' }, 'name: it is missing'],
  ['a key that nobody reads', { ...base, need: {} }, /^need: there is no such key; known are id, /],
  [
    'a log kind that there is not',
    { ...base, needs: { exploited: [['httpproxy-ecp', 'iis-front']] } },
    'needs.exploited[0][1]: "iis-front" is no log kind that a parser gives; did you mean "iis-frontend"?',
  ],
  [
    'a name of every object',
    { ...base, needs: { exploited: [['constructor']] } },
    'needs.exploited[0][0]: "constructor" is no log kind that a parser gives',
  ],
  ['a question that there is not', { ...base, needs: { hacked: [] } }, 'needs: there is no question "hacked"'],
  [
    'a stage that there is not',
    { ...base, rules: { one: { stage: 'boom', subject: 'page', sign: 'name', strength: 'weak' } } },
    /^rules\.one\.stage: one of recon, /,
  ],
  [
    'a rule that there is not',
    { ...base, rules: { two: { stage: 'shell', subject: 'page', sign: 'name', strength: 'weak' } } },
    'rules: there is no rule of this pack "two"',
  ],
  [
    'a product that there is not',
    { ...base, products: ['Exchange2099'] },
    'products[0]: there is no product of knowledge/products.csv "Exchange2099"; did you mean "Exchange2019"?',
  ],
  ['a CVE that is none', { ...base, cves: ['2021-26855'] }, /^cves\[0\]: a CVE id is wanted/],
  [
    'an action after none',
    { ...base, actions: [{ id: 'a', title: 'A', why: 'A', after: 'nothing' }] },
    'actions[0].after: there is no action of a pack "nothing"',
  ],
  [
    'an action for a rule that there is not',
    { ...base, actions: [{ id: 'a', title: 'A', why: 'A', when: { rules: ['no'] } }] },
    'actions[0].when.rules[0]: there is no rule of a pack "no"',
  ],
  [
    'a question that is misspelled',
    { ...base, needs: { compromized: [] } },
    'needs: there is no question "compromized"; did you mean "compromised"?',
  ],
  [
    'an action that is misspelled',
    { ...base, actions: [{ id: 'a', title: 'A', why: 'A', after: 'presreve' }] },
    'actions[0].after: there is no action of a pack "presreve"; did you mean "preserve"?',
  ],
  [
    'a key that is misspelled',
    { ...base, sumary: 'x' },
    /^sumary: there is no such key; .*; did you mean "summary"\?$/,
  ],
  [
    'no day',
    { ...base, exploitation: { from: '2021-01-01', to: '2021-03-01', massFrom: '2021-02-30' }, ...whole },
    /^exploitation\.massFrom: a day like/,
  ],
] as const) {
  test(`pack.yml: ${what}`, () => {
    const [problem, ...more] = schemaProblems(doc, names)
    assert.deepEqual(more, [])
    if (typeof says === 'string') assert.equal(problem, says)
    else assert.match(problem!, says)
  })
}

test('pack.yml: a campaign says what it needs, what it cannot see, and when it was', () => {
  const problems = schemaProblems(
    {
      ...base,
      cves: ['CVE-2021-1000'],
      vulnerabilities: ['CVE-2021-2000'],
      exploitation: { from: '2021-03-01', to: '2021-01-01' },
    },
    names,
  )
  for (const word of [
    'products',
    'needs',
    'cannotSee',
    'references',
    'wouldChange',
    'exploitation: it ends before it begins',
    'vulnerabilities: "CVE-2021-2000"',
  ])
    assert.ok(
      problems.some((problem) => problem.startsWith(word)),
      word,
    )
})

test('every log kind that a pack may need is given by a parser', () => {
  const parsers = join(root, 'src/parsers')
  // What a part of the records of a log shows is derived where coverage is measured.
  const code = (readdirSync(parsers, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && file !== 'kinds.ts')
    .map((file) => join(parsers, file))
    .concat(join(root, 'src/assessment/coverage/coverage.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const unnamed = knownKinds.filter((kind) => !new RegExp(`['"\`]${kind}['"\`]`).test(code))
  // Protocols of HttpProxy are named by the rows themselves.
  assert.deepEqual(
    unnamed.filter((kind) => !kind.startsWith('httpproxy-')),
    [],
  )
  assert.match(code, /`httpproxy-\$\{/)
})

// Our own signatures are the measure: what they take for a shell, antivirus may take as well. The program itself is no page,
// and cannot lie encoded: of it only the shape of a one-line shell is looked for.
test('nothing that antivirus would take lies in the open in what is installed', () => {
  const signatures = knowledge.rules.scanners.filter((scanner) => scanner.infos.every((i) => i.pack !== 'built-in'))
  const asked = { ...knowledge, rules: { ...knowledge.rules, scanners: signatures } }
  const open: string[] = []
  let files = 0
  for (const top of ['dist', 'knowledge', 'samples', 'packs']) {
    for (const name of readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })) {
      const file = join(root, top, name)
      if (!statSync(file).isFile() || name.endsWith('.compiled')) continue
      files++
      const bytes = readFileSync(file)
      const text = top === 'dist' ? bytes.toString('latin1') : ''
      // Rules in the program lie packed: their texts are what they search for.
      const holdsRules = /"detection"[^\n]{0,200}"later"|\bcondition:[ \n]+(?:any|all|\d) of/.test(text)
        ? 'texts of rules'
        : null
      const found = top === 'dist' ? null : looksLike(bytes, asked)
      const isQuoted = found !== null && isRuleThatQuotes(name.replace(/^[^/\\]*[/\\]/, ''), found)
      const looks = top === 'dist' ? sensitive(text) || holdsRules : isQuoted ? null : found?.title
      if (looks) open.push(`${top}/${name}: ${looks}`)
    }
  }
  assert.ok(signatures.length > 0 && files > 1_000)
  assert.deepEqual(open, [])
})
