import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Intrusion } from '../../src/model/finding.ts'
import type { Pool } from '../../src/model/scan.ts'
import { published, wrongs } from '../reports/validate.ts'
import { broken } from './invariants.ts'
import { materialise, serverFiles } from '../../tools/simulator/build.ts'
import { type Expect, type Layout, readSpec, type ServerSpec, when } from '../../tools/simulator/spec.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const packs = join(root, 'packs')
const verdicts = ['compromised', 'exploited', 'targeted', 'no-evidence', 'cannot-tell']
const exits: Readonly<Record<string, number>> = {
  'no-evidence': 0,
  'cannot-tell': 3,
  targeted: 4,
  exploited: 5,
  compromised: 5,
}

// What the line is made of; without one of them the servers are only built.
const line = [
  'src/assessment/assess.ts',
  'src/evidence/index.ts',
  'src/rules/index.ts',
  'src/reports/index.ts',
  'src/run/pool.ts',
  'src/cli/known-file.ts',
  'knowledge/cves.csv',
  'packs/proxylogon-2021/pack.yml',
]
const schema = published('assessment')
const absent = line.filter((path) => !existsSync(join(root, path)))
const skip = absent.length > 0 ? `not there yet: ${absent.join(', ')}` : false

/** Every server.yml of every pack: the folder above the server's is the verdict that it must get. */
const servers = readdirSync(packs)
  .sort()
  .flatMap((pack) => verdicts.map((verdict) => ({ verdict, folder: join(packs, pack, 'samples', verdict) })))
  .filter(({ folder }) => existsSync(folder))
  .flatMap(({ verdict, folder }) =>
    readdirSync(folder)
      .sort()
      .map((name) => ({ name: `${verdict}/${name}`, verdict, file: join(folder, name, 'server.yml') })),
  )

/** A server of `npm test` has fewer log files than this, where its pack has such a one: each takes a millisecond and more. */
const FEW_FILES = 300

/**
 * What `npm test` tests: of each pack the server with the fewest files of its gravest verdict, of its mildest, and of every second
 * verdict between them, where these are few; of a pack whose servers all have many, one: the gravest, the mildest, and so on in turn.
 */
const firstServers = [...Map.groupBy(servers, ({ file }) => dirname(dirname(dirname(file)))).values()]
  .map((own) => [...Map.groupBy(own, ({ verdict }) => verdict).values()])
  .flatMap((ofPack, pack) => {
    const least = ofPack
      .filter(([{ verdict } = { verdict: '' }], i) => i === 0 || verdict === 'no-evidence' || (i + pack) % 2 === 0)
      .map((same) => same.map((server) => ({ server, files: filesOf(server.file) })))
      .map((same) => same.sort((a, b) => a.files - b.files)[0]!)
    const light = least.filter(({ files }) => files < FEW_FILES)
    return (light.length > 0 ? light : [least.at(pack % 2 === 0 ? 0 : -1)!]).map(({ server }) => server)
  })
const otherServers = servers.filter((server) => !firstServers.includes(server))

/** Servers by the test file that has them. The others lie in two files, so that they run side by side. */
const parts = {
  first: firstServers,
  rest: otherServers.filter((_, i) => i % 2 === 0),
  'rest-second': otherServers.filter((_, i) => i % 2 === 1),
}

/** Tests one part of the servers. */
export function testServers(part: keyof typeof parts): void {
  void describe(`miniature servers, ${part}`, () => {
    let folder = ''
    let run: Line['run']
    let nameOf: Line['nameOf']

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'postern-servers-'))
      if (!skip) ({ run, nameOf } = await wholeLine(folder))
    })
    after(() => rmSync(folder, { recursive: true, force: true }))

    if (part === 'first')
      testGenerator(
        () => folder,
        (spec, place) => run(spec, place),
      )

    for (const { name, verdict, file } of parts[part]) {
      const spec = readSpec(file)
      for (const layout of spec.layouts ?? (['ctree'] as const)) {
        void it(spec.layouts ? `${name} as ${layout}` : name, { skip }, async () => {
          const evidence = join(folder, `${name.replace('/', '-')}-${layout}`)
          await materialise(spec, evidence, layout)
          const assessment = await run(spec, given(evidence, layout))
          rmSync(evidence, { recursive: true })
          assert.deepEqual(differences(assessment, verdict, spec.expect ?? { exit: exits[verdict]! }, nameOf), [])
          // What docs/schemas says of assessment.json holds, and nothing stands in it that is not said there.
          assert.deepEqual(wrongs(schema, JSON.parse(JSON.stringify(assessment))).slice(0, 5), [])
        })
      }
    }
  })
}

/** About how many log files a server has: nearly every kind begins one each day. */
function filesOf(file: string): number {
  const { period, kinds = ['iis-*', 'httpproxy-*', 'others-*'], hourly, layouts } = readSpec(file)
  const days = (when(period.to) - when(period.from)) / 86_400_000
  return (
    days *
    kinds.reduce((sum, kind) => sum + (kind.endsWith('*') ? 3 : 1), 0) *
    (layouts?.length ?? 1) *
    (hourly ? 10 : 1)
  )
}

/** What holds for servers at all. */
function testGenerator(folder: () => string, run: Line['run']): void {
  void it('are many, and of every verdict', () => {
    for (const verdict of verdicts)
      assert.ok(
        servers.some((server) => server.verdict === verdict),
        verdict,
      )
    assert.ok(servers.length >= 40, String(servers.length))
  })

  void it('are the same bytes every time', () => {
    const { file } = servers[0]!
    const digest = (): string => {
      const hash = createHash('sha256')
      for (const { windowsPath, bytes } of serverFiles(readSpec(file))) hash.update(`${windowsPath}\0`).update(bytes)
      return hash.digest('hex')
    }
    assert.equal(digest(), digest())
  })

  void it('never lie in the open: nothing on the disk holds a page that runs', async () => {
    const spec = readSpec(join(packs, 'proxylogon-2021/samples/compromised/full-chain-patched-late/server.yml'))
    const place = join(folder(), 'open')
    await materialise(spec, place)
    const names = (readdirSync(place, { recursive: true }) as string[]).filter((name) =>
      statSync(join(place, name)).isFile(),
    )
    assert.equal(names.filter((name) => name.endsWith('discover2.aspx')).length, 0)
    assert.equal(names.filter((name) => name.endsWith('discover2.aspx.enc')).length, 1)
    assert.equal(
      names.filter((name) => /(ECPServer20210303-1\.LOG|MSExchange Management\.jsonl)\.enc$/.test(name)).length,
      2,
    )
    rmSync(place, { recursive: true })
  })

  void it('two servers in one folder are told, and end no run', { skip }, async () => {
    const spec = readSpec(join(packs, 'proxylogon-2021/samples/base-short.yml'))
    const place = join(folder(), 'two')
    await materialise({ ...spec, kinds: ['httpproxy-ecp'] }, join(place, 'a'))
    await materialise({ ...spec, name: 'MAIL02', kinds: ['httpproxy-ecp'] }, join(place, 'b'))
    const { server, evidence, verdict } = await run(spec, place)
    rmSync(place, { recursive: true })
    assert.equal(server.name, 'MAIL01')
    assert.match(
      verdict.sentence,
      / Logs of MAIL01 and MAIL02 were assessed together: the verdict may concern any of them\./,
    )
    assert.match(evidence.notes[0]!, /logs of 2 hosts, none with more .*MAIL01 \(.*a\/C\/.*MAIL02 \(.*b\/C\//)
  })
}

/** A zip is given by itself; everything else by its folder. */
function given(folder: string, layout: Layout): string {
  return layout === 'zip' || layout === 'velociraptor-zip' ? join(folder, readdirSync(folder)[0]!) : folder
}

type Line = {
  readonly run: (spec: ServerSpec, evidence: string) => Promise<Assessment>
  readonly nameOf: (rule: string) => string
}

/** Evidence to assessment, as the command line does it. */
async function wholeLine(folder: string): Promise<Line> {
  const { assess } = await import('../../src/assessment/assess.ts')
  const { loadExposureFacts } = await import('../../src/knowledge/exposure-tables.ts')
  const { loadKnowledge } = await import('../../src/knowledge/load-packs.ts')
  const { inlinePool } = await import('../../src/run/pool.ts')
  const { readKnown } = await import('../../src/cli/known-file.ts')
  const { zoneOf } = await import('../../src/lib/zones.ts')
  const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
  const facts = loadExposureFacts(join(root, 'knowledge'))
  // Rules are named in a specification by the file that holds them.
  const nameOf = (rule: string): string => {
    const file = basename(knowledge.infos.get(rule)?.file ?? rule)
    return extname(file) === '.yml' ? file.slice(0, -4) : rule
  }
  // One for each zone, of which most servers have none: to compile the rules takes longer than to assess a server.
  const pools = new Map<string | undefined, Pool>()
  const poolOf = (timezone: string | undefined): Pool => {
    const pool = pools.get(timezone) ?? inlinePool(knowledge, timezone ? zoneOf(timezone) : null)
    pools.set(timezone, pool)
    return pool
  }
  const run: Line['run'] = async (spec, evidence) => {
    const { known, campaigns, timezone, window, sector } = spec.options ?? {}
    const file = join(dirname(evidence) === folder ? folder : dirname(evidence), 'known.yml')
    if (known) writeFileSync(file, stringify(known))
    return assess([evidence], knowledge, facts, poolOf(timezone), {
      fallbackName: 'EVIDENCE',
      tool: 'postern test',
      ...(campaigns ? { campaigns } : {}),
      ...(sector ? { sector } : {}),
      ...(window ? { window: { from: when(window.from), to: when(window.to) } } : {}),
      ...(known ? { known: readKnown(file) } : {}),
    })
  }
  return { run, nameOf }
}

/** What the assessment says otherwise than it should, one sentence each. */
function differences(a: Assessment, verdict: string, expect: Expect, nameOf: Line['nameOf']): string[] {
  const wrong: string[] = []
  const check = (what: string, is: unknown, should: unknown): void => {
    const right = Array.isArray(should) ? should.some((value) => same(value, is)) : same(should, is)
    if (!right) wrong.push(`${what} is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`)
  }
  check('verdict', a.verdict.is, verdict)
  check('exit status', exits[a.verdict.is], expect.exit)
  if (expect.sure !== undefined) check('sure', a.verdict.sure, expect.sure)
  if (expect.patchedTooLate !== undefined) check('patchedTooLate', a.exposure.patchedTooLate, expect.patchedTooLate)
  if (expect.product !== undefined) check('product', a.server.product, expect.product)
  for (const [question, should] of Object.entries(expect.answers ?? {})) {
    check(question, a.answers.find((answer) => answer.question === question)?.is, should)
  }
  if (expect.mailboxes) {
    const named = a.mailboxes
      .filter(({ certainty }) => certainty === 'named' || certainty === 'joined')
      .map(({ mailbox }) => mailbox)
    check('mailboxes', named.sort().join(' '), [...expect.mailboxes].sort().join(' '))
  }
  if (expect.mail) {
    const said = a.mailboxes.map(
      ({ mailbox, certainty, accessMethods }) => `${mailbox} ${certainty} by ${accessMethods.join('+')}`,
    )
    check('mail', said.sort().join(', '), [...expect.mail].sort().join(', '))
  }
  for (const question of expect.open ?? [])
    check(`${question} is open`, (a.verdict.open as readonly string[]).includes(question), true)
  for (const word of expect.says ?? []) check(`sentence says ${word}`, a.verdict.sentence.includes(word), true)
  for (const word of expect.saysNot ?? []) check(`sentence says ${word}`, a.verdict.sentence.includes(word), false)

  // Rules that must have spoken, and such as must not.
  const rules = [...new Set(a.findings.map(({ rule }) => nameOf(rule)))]
  const matches = (pattern: string): boolean =>
    rules.some((rule) => (pattern.endsWith('*') ? rule.startsWith(pattern.slice(0, -1)) : rule === pattern))
  for (const pattern of expect.rules ?? [])
    if (!matches(pattern)) wrong.push(`no finding of ${pattern}; there are ${rules.join(', ')}`)
  for (const pattern of expect.notRules ?? []) if (matches(pattern)) wrong.push(`a finding of ${pattern}`)

  for (const [rule, campaign] of Object.entries(expect.credited ?? {})) {
    const own = a.findings.filter((finding) => nameOf(finding.rule) === rule)
    check(`campaign of ${rule}`, [...new Set(own.map((finding) => finding.campaign))].join(' '), campaign)
  }

  // Who is named, and how likely each is.
  if (expect.named) {
    const named = a.actors.filter((actor) => actor.named).map(({ actor }) => actor)
    check('how many are named', named.length, expect.named.length)
    for (const name of expect.named)
      if (!named.some((actor) => actor.startsWith(name))) wrong.push(`${name} is not named; ${named.join(', ')} are`)
  }
  for (const [name, words] of Object.entries(expect.actors ?? {}))
    check(`likelihood of ${name}`, a.actors.find(({ actor }) => actor.startsWith(name))?.words ?? null, words)

  for (const name of expect.persistence ?? [])
    if (!a.persistence.some(({ what }) => what === name))
      wrong.push(`nothing named ${name} lets them come back; ${a.persistence.map(({ what }) => what).join(', ')} do`)

  // Chains that got somewhere, and whom they name.
  const intrusions = a.intrusions.filter(gotIn)
  if (expect.chains !== undefined) check('intrusions', intrusions.length, expect.chains)
  const clients = new Set(intrusions.flatMap((intrusion) => intrusion.clients))
  for (const client of expect.clients ?? [])
    if (!clients.has(client))
      wrong.push(`no intrusion of ${client}; intrusions of ${[...clients].join(', ') || 'nobody'}`)
  for (const client of expect.notClients ?? []) if (clients.has(client)) wrong.push(`an intrusion names ${client}`)

  // What holds for every assessment.
  wrong.push(...broken(a))
  const unread = a.evidence.manifest.filter(
    ({ parser, path }) => parser === null && !expect.unread?.some((end) => path.endsWith(end)),
  )
  if (unread.length > 0)
    wrong.push(
      `not read: ${unread
        .map((artifact) => artifact.path)
        .slice(0, 3)
        .join(', ')}`,
    )
  if (wrong.length > 0)
    wrong.push(
      `it said: ${a.verdict.sentence}`,
      `findings: ${a.findings
        .map(
          (f) =>
            `${nameOf(f.rule)} (${f.stage}, ${f.level}, ${f.is}, ${f.sign.subject} ${f.sign.strength} ${f.sign.kind})`,
        )
        .slice(0, 12)
        .join('; ')}`,
    )
  return wrong
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function gotIn(intrusion: Intrusion): boolean {
  return intrusion.stages.some((stage) => !['recon', 'attempt', 'context', 'cleanup'].includes(stage))
}
