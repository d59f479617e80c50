import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkPacks, looksLike, type PackProblem, timeRules } from '../../src/pack-check.ts'
import { schemaProblems } from '../../src/pack-schema.ts'
import { loadKnowledge } from '../../src/packs.ts'
import { kindTitles } from '../../src/parsers/kinds.ts'
import { place, postern, root, write } from '../cli/command.ts'
import { sensitive } from '../servers/encoded.ts'

// `postern packs check`: what it says of packs that are not as they should be, and that ours are.

const packs = join(root, 'packs')
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const products = new Set(['Exchange2016', 'Exchange2019'])

test('the packs that ship have nothing wrong', async () => {
  const { status, out } = await postern(['packs', 'check'])
  assert.deepEqual(
    out.split('\n').filter((line) => /^(wrong|slow) /.test(line)),
    [],
  )
  assert.match(out, /\nNothing is wrong\.\n$/)
  assert.match(out, /^time: \d+ rules were asked of their events; .* µs/m)
  assert.equal(status, 0)
})

const iis = (stem: string): string =>
  `#Fields: date time c-ip cs-method cs-uri-stem sc-status\r\n2021-03-03 04:23:22 192.0.2.1 GET ${stem} 200\r\n`
const rule = (keys: string): string =>
  `title: T\nlevel: high\nlogsource: { category: webserver }\n${keys}\ndetection:\n  s: { cs-uri-stem: /invented }\n  condition: s\n`
const good = {
  'pack.yml':
    'id: test-2021\nname: Test\nsummary: Test.\nrules:\n  one: { stage: attempt, proves: false, confidence: medium }\n',
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
  const problems = await checkPacks([own], asked, { products, benign, beside: knowledge })
  return problems.map(({ is, place: where, says }: PackProblem) => `${is} ${where}: ${says}`)
}

test('a pack as it should be', async () => {
  assert.deepEqual(await problemsOf({}), [])
})

for (const [name, files, expected] of [
  ['no author', { 'rules/one.yml': rule('id: a\nlicense: MIT') }, /one\): it names no author$/],
  ['no licence', { 'rules/one.yml': rule('id: a\nauthor: A') }, /one\): it names no licence$/],
  [
    'a licence that forbids it',
    { 'rules/one.yml': rule('id: a\nauthor: A\nlicense: CC-BY-NC-4.0') },
    /its licence is CC-BY-NC-4.0/,
  ],
  ['no sample to fire on', { 'samples/rules/one/fire/a.log': null }, /it has no fire sample$/],
  ['no sample to stay silent on', { 'samples/rules/one/quiet/a.log': null }, /it has no quiet sample$/],
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

test('a rule that fires on ordinary evidence is wrong, and of one that says little it is noted', async () => {
  const benign = write(join(folder, 'benign'), { 'u_ex210303.log': iis('/invented') })
  assert.match(
    (await problemsOf({}, [benign])).join(),
    /^wrong .*one\): it fires on ordinary evidence: u_ex210303\.log$/,
  )
  const weak = { 'pack.yml': good['pack.yml'].replace('medium', 'low') }
  assert.match((await problemsOf(weak, [benign])).join(), /^note /)
})

const names = { products, own: new Set(['one']), all: new Set(['one', 'theirs']), actions: new Set(['preserve']) }
const base = { id: 'test-2021', name: 'Test', summary: 'Test.' }
for (const [what, doc, says] of [
  ['no map', ['id'], 'pack.yml: a map is wanted, and it is ["id"]'],
  ['no name', { id: 'test-2021', summary: 'Test.' }, 'name: it is missing'],
  ['a key that nobody reads', { ...base, need: {} }, /^need: there is no such key; known are id, /],
  [
    'a log kind that there is not',
    { ...base, needs: { exploited: [['httpproxy-ecp', 'iis-front']] } },
    'needs.exploited[0][1]: "iis-front" is no log kind that a parser gives',
  ],
  [
    'a name of every object',
    { ...base, needs: { exploited: [['constructor']] } },
    'needs.exploited[0][0]: "constructor" is no log kind that a parser gives',
  ],
  ['a question that there is not', { ...base, needs: { hacked: [] } }, 'needs: there is no question "hacked"'],
  [
    'a stage that there is not',
    { ...base, rules: { one: { stage: 'boom', proves: true } } },
    /^rules\.one\.stage: one of recon, /,
  ],
  [
    'a rule that there is not',
    { ...base, rules: { two: { stage: 'shell', proves: true } } },
    'rules: there is no rule of this pack "two"',
  ],
  [
    'a product that there is not',
    { ...base, products: ['Exchange2099'] },
    'products[0]: there is no product of knowledge/products.csv "Exchange2099"',
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
  ['no day', { ...base, massFrom: '2021-02-30' }, /^massFrom: a day like/],
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
    { ...base, cves: ['CVE-2021-1000'], door: ['CVE-2021-2000'], wave: { from: '2021-03-01', to: '2021-01-01' } },
    names,
  )
  for (const word of [
    'products',
    'needs',
    'cannotSee',
    'references',
    'wouldChange',
    'wave: it ends before it begins',
    'door: "CVE-2021-2000"',
  ])
    assert.ok(
      problems.some((problem) => problem.startsWith(word)),
      word,
    )
})

test('every log kind that a pack may need is given by a parser', () => {
  const parsers = join(root, 'src/parsers')
  const code = (readdirSync(parsers, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && file !== 'kinds.ts')
    .map((file) => readFileSync(join(parsers, file), 'utf8'))
    .join('\n')
  const unnamed = Object.keys(kindTitles).filter((kind) => !new RegExp(`['"\`]${kind}['"\`]`).test(code))
  // Protocols of HttpProxy are named by the rows themselves.
  assert.deepEqual(
    unnamed.filter((kind) => !kind.startsWith('httpproxy-')),
    [],
  )
  assert.match(code, /`httpproxy-\$\{/)
})

/** Rules of which the fourth takes so many milliseconds the first `times` times, and one then, as the others always do. */
async function timesOf(ms: number, times = Infinity) {
  let [now, asked] = [0, 0]
  const rules = knowledge.rules.events.filter((r) => r.sources.some((s) => s.category === 'webserver')).slice(0, 5)
  const events = rules.map((r, i) => ({ ...r, match: () => ((now += i === 3 && asked++ < times ? ms : 1), null) }))
  const evidence = write(join(folder, `timed-${ms}-${times}`), { 'u_ex210303.log': iis('/x') })
  const timed = { ...knowledge, rules: { ...knowledge.rules, events } }
  const { file } = knowledge.infos.get(rules[3]!.info.id)!
  return { found: await timeRules([], timed, [evidence], () => now), name: file.replace(/^.*\/|\.yml$/g, '') }
}

test('a rule that takes long is the slowest, by its own time', async () => {
  const { found, name } = await timesOf(50)
  assert.equal(found.length, 5)
  assert.equal(found[0]!.ratio, 50)
  assert.equal(found[0]!.rule, name)
})

test('a rule that other work held up is timed anew before it is called slow', async () => {
  const { found } = await timesOf(50, 15)
  assert.deepEqual(
    found.map(({ ratio }) => ratio),
    [1, 1, 1, 1, 1],
  )
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
      const looks = top === 'dist' ? sensitive(text) || holdsRules : looksLike(bytes, asked)?.title
      if (looks) open.push(`${top}/${name}: ${looks}`)
    }
  }
  assert.ok(signatures.length > 0 && files > 1_000)
  assert.deepEqual(open, [])
})
