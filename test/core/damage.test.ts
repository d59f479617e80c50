import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Entered, entered } from './ablation.ts'
import {
  allLogs,
  changed,
  type Damage,
  damaged,
  damages,
  eachEvidenceFile,
  eachFile,
  eachLog,
  eachPage,
  isLog,
  LINK,
  unreadable,
} from './damage.ts'
import { clean, plantedFiles } from './planted-damage.ts'
import { octal, tarOf, type TarSpec } from '../../tools/writers/tar.ts'
import { type Spec, zipOf } from '../../tools/writers/zip.ts'

// The quick part of damage.long.ts: some servers.
const ways = Object.keys(damages)
const all: readonly Entered[] = entered

async function overclaims(server: Entered, choose: Parameters<typeof damaged>[1]): Promise<string[]> {
  const wrong: string[] = []
  const runs = await damaged(server, choose, ({ name }, { verdict }) => {
    if (verdict.is === 'no-evidence') wrong.push(`${name}: ${verdict.sentence}`)
  })
  assert.ok(runs > 0)
  return wrong
}

test('there are servers to damage, and damage that is none is told', async () => {
  assert.ok(all.length >= 80)
  const seen: string[] = []
  const none = (): Damage[] => [{ name: 'nothing', files: new Map() }]
  await damaged(all[0]!, none, (_, less, whole) => seen.push(less.verdict.is, whole.verdict.is))
  assert.deepEqual(seen, ['compromised', 'compromised'])
})

for (const server of all.filter(({ name }, i) => i % 60 === 3 && !name.startsWith('microsoft-365'))) {
  test(`${server.name}: logs damaged and pages not read make no "no evidence" of it`, async () => {
    const choose: Parameters<typeof damaged>[1] = (files) => [
      ...allLogs(['middle third zeroed'])(files),
      ...allLogs(['middle third random', 'all zeroed'], /\/(?:W3SVC1|HttpProxy)\//i)(files),
      ...eachLog(['middle third zeroed'])(files.filter(({ path }) => isLog(path)).filter((_, i) => i % 6 === 0)),
      ...eachPage(LINK)(files),
    ]
    assert.deepEqual(await overclaims(server, choose), [])
  })
}

for (const server of all.filter((_, i) => i % 60 === 7)) {
  test(`${server.name}: files that findings rest on and that cannot be read make no "no evidence" of it`, async () => {
    assert.deepEqual(await overclaims(server, eachEvidenceFile), [])
  })
}

test('a file that would show an intrusion alone and cannot be read makes no "no evidence" of a clean server', async () => {
  const wrong: string[] = []
  const whole = ({ what, file }: (typeof plantedFiles)[number]): Damage => ({
    name: `${what}, whole`,
    files: new Map([[file.path, file.bytes]]),
  })
  const lost = ({ what, file }: (typeof plantedFiles)[number]): Damage[] =>
    unreadable.map((way) => ({ name: `${what}, ${way}`, files: new Map([[file.path, changed(way, file.bytes)]]) }))
  // The name of a note is a lead, whole or not; and so few random bytes are a text like any other.
  const leads = new Set([...unreadable.map((way) => `ransom note, ${way}`), 'page, all random'])
  let found = 0
  await damaged(
    clean,
    () => plantedFiles.flatMap((planted) => [whole(planted), ...lost(planted)]),
    ({ name }, { verdict }, without) => {
      assert.equal(without.verdict.is, 'no-evidence')
      if (name.endsWith(', whole')) found += verdict.is === 'no-evidence' ? 0 : 1
      else if (verdict.is === 'no-evidence' && !leads.has(name)) wrong.push(`${name}: ${verdict.sentence}`)
    },
  )
  assert.deepEqual(wrong, [])
  assert.ok(found >= 15, String(found))
})

test('an archive with the page of an intruder, whose directory was damaged, makes no "no evidence" of a clean server', async () => {
  const name = 'C/inetpub/wwwroot/aspnet_client/x.aspx'
  const content = '<%@ Page Language="C#" %>a sample, nothing to run'
  const [before, behind] = [
    { name: 'C/a.txt', content: 'a' },
    { name: 'C/z.txt', content: 'z' },
  ]
  const tar = (member: TarSpec): Buffer => tarOf([before, member, behind])
  const zip = (member: Spec): Buffer => zipOf([before, member, behind])
  const archives: readonly (readonly [what: string, path: string, bytes: Buffer])[] = [
    ...['x', 'g', 'L', 'K'].map((type): [string, string, Buffer] => [
      `tar, type ${type}`,
      'evidence.tar',
      tar({ name, content, type }),
    ]),
    ['tar, a size of one', 'evidence.tar', tar({ name, content, size: octal(1) })],
    ['zip, no size', 'evidence.zip', zip({ name, packed: Buffer.from(content), size: 0, compressed: 0, crc: 0 })],
  ]
  await damaged(
    clean,
    () => archives.map(([what, path, bytes]) => ({ name: what, files: new Map([[path, bytes]]) })),
    ({ name: what }, { verdict }) => assert.notEqual(verdict.is, 'no-evidence', what),
  )
})

const short = all.find(({ name }) => name.startsWith('owassrf-2022/exploited/'))!
test(`${short.name}: no log damaged in any way makes "no evidence" of it`, async () => {
  assert.deepEqual(await overclaims(short, eachLog(ways.slice(0, 4))), [])
})

// What nobody asks about unless something speaks of it stands in one log or one configuration alone.
for (const [name, pattern] of [
  ['iis-modules/compromised/command-by-its-user-name', /W3SVC1\/u_ex210308/],
  ['transport-agents/compromised/installed-and-listed', /agents\.config/],
  ['proxyoracle-2021/exploited/link-followed', /W3SVC1\/u_ex210812/],
] as const) {
  test(`${name}: nothing in front of a file or over it makes "no evidence" of it`, async () => {
    const server = all.find((one) => one.name === name)!
    const choose: Parameters<typeof damaged>[1] = (files) => [
      ...['mark of UTF-16', 'emptied', 'a trace of messages in front', 'a scanner in front'].flatMap((way) =>
        eachFile(way, pattern)(files),
      ),
      ...eachFile('agents in comments', /agents\.config/)(files),
      ...eachFile('cut to its header', pattern)(files.filter(({ path }) => isLog(path))),
      ...['line ends', 'blanks', 'comments'].flatMap((what) =>
        eachFile(`middle third ${what}`, pattern)(files.filter(({ path }) => isLog(path))),
      ),
    ]
    assert.deepEqual(await overclaims(server, choose), [])
  })
}

test('a page that is not read is named, and what it costs stands in the answer', async () => {
  const pages = all.find(({ name }) => name.startsWith('proxylogon-2021/compromised/'))!
  await damaged(pages, eachPage(LINK), ({ files }, { verdict, answers, coverage }) => {
    const path = [...files.keys()][0]!.replace(/\.enc$/, '')
    const still = answers.find(({ question }) => question === 'still-there')!
    assert.ok(coverage.blindSpots.some((spot) => spot.path === path && spot.kind === 'web-roots'))
    assert.ok(['cannot-tell', 'likely', 'yes'].includes(still.is))
    assert.match(verdict.sentence, /Files not read that could hold persistence: .*\.as[hp]x/)
  })
})
