import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { defaultLimits } from '../../src/evidence/container.ts'
import { Budget } from '../../src/evidence/budget.ts'
import { Held, heldBytes } from '../../src/evidence/held-bytes.ts'
import { listEvidence, readMember } from '../../src/evidence/index.ts'
import { shortenName } from '../../src/evidence/shorten-name.ts'
import { fileOf, folderOf, listing } from './evidence.ts'
import { packed } from '../../tools/writers/seven-zip.ts'
import { tarOf } from '../../tools/writers/tar.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { isTenth, large } from '../tenth.ts'

const some = (count: number, content = 'x', name = ''): { name: string; content: string }[] =>
  Array.from({ length: count }, (_, i) => ({ name: `${name}${i}`, content }))

test('what an archive in the evidence holds takes nothing from another, whatever their order', async () => {
  const hostile = gzipSync(tarOf(some(isTenth ? 12_000 : 30_000, '')))
  const own = zipOf(some(50))
  for (const [name, other] of [
    ['C/inetpub/wwwroot/a.tar.gz', 'C/logs/z.zip'],
    ['C/inetpub/wwwroot/z.tar.gz', 'C/inetpub/wwwroot/a.zip'],
    ['a.tar.gz', 'z.zip'],
  ] as const) {
    const { members, refused } = await listEvidence(folderOf({ [name]: hostile, [other]: own, 'u.log': 'x' }))
    assert.equal(members.filter(({ path }) => path.startsWith(`${other}!/`)).length, 50)
    assert.ok(members.some(({ path }) => path === 'u.log'))
    // One that was given is counted whole; one that was found holds more than its size entitles it to.
    assert.deepEqual(
      refused.map(({ path, reason }) => `${path} ${reason}`),
      name === 'a.tar.gz' ? [] : [`${name} bomb`],
    )
  }
})

test('what lies where an intruder writes is opened last, and of one kind of place the largest first', async () => {
  const zip = (n: number): Buffer => zipOf(some(n))
  const root = folderOf({
    'C/inetpub/wwwroot/0.zip': zip(9),
    'C/logs/1.zip': zip(1),
    'C/logs/2.zip': zip(5),
    'given.zip': zip(1),
  })
  const { members } = await listing(root, { archives: 3 })
  const opened = new Set(members.filter(({ refused }) => !refused).map(({ path }) => path.replace(/!.*/, '')))
  assert.deepEqual([...opened], ['given.zip', 'C/logs/2.zip', 'C/logs/1.zip'])
  assert.deepEqual(
    members.filter(({ refused }) => refused).map(({ path, refused }) => [path, refused!.reason]),
    [['C/inetpub/wwwroot/0.zip', 'bomb']],
  )
})

test('an archive in the place of a log or a state, and under its name, is that log or state and not read', async () => {
  const zip = zipOf(some(1))
  const places = {
    'C/Windows/System32/config/SYSTEM': true,
    'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log': true,
    'C/Windows/System32/inetsrv/config/applicationHost.config.zip': false,
    'C/inetpub/logs/LogFiles/W3SVC1/march.zip': false,
    'C/Windows/System32/winevt/Logs/Security.evtx': true,
    'collected.log': false,
  }
  const root = folderOf(Object.fromEntries(Object.keys(places).map((path) => [path, zip])))
  const { members } = await listEvidence(root)
  for (const [path, is] of Object.entries(places)) {
    assert.ok(
      members.some((member) => member.path === `${path}!/0`),
      path,
    )
    const own = members.filter((member) => member.path === path)
    assert.deepEqual(
      own.map(({ refused }) => refused?.reason),
      is ? ['unsupported'] : [],
      path,
    )
  }
})

test('planned sizes decide: the large ones of an archive take no room from the small ones', async () => {
  const large = (name: string) => ({ name, method: 8, packed: deflateRawSync(Buffer.alloc(9)), size: 2 ** 30, crc: 0 })
  const zip = zipOf([large('a.bin'), large('b.bin'), { name: 'c.log', content: 'x' }])
  const inner = zipOf([large('d.bin'), large('e.bin'), { name: 'f.log', content: 'x' }])
  const root = folderOf({ 'C/x/0.zip': zip, 'C/x/1.zip': zipOf([{ name: 'in.zip', content: inner }]) })
  const { members } = await listing(root)
  const read = members.filter(({ refused }) => !refused).map(({ path }) => path)
  assert.deepEqual(read.sort(), [
    'C/x/0.zip!/a.bin',
    'C/x/0.zip!/c.log',
    'C/x/1.zip!/in.zip!/d.bin',
    'C/x/1.zip!/in.zip!/f.log',
  ])
})

test('a budget gives back what was not spent, and what lies in a found archive draws on that one', () => {
  const limits = { ...defaultLimits, entries: 100_000, archives: 1_000 }
  const given = Budget.given(0, limits)
  const first = given.within(640_000, limits)
  assert.equal(first.members, 20_000)
  first.members -= 5
  first.settle()
  for (let i = 0; i < 50; i++) {
    // The free part of all is limited, what the size entitles to is not taken by others.
    const hostile = given.within(64, limits)
    hostile.members = 0
    hostile.settle()
  }
  assert.equal(given.within(64, limits).members, 1)
  assert.equal(given.within(640_000, limits).members, 10_000)
  const inner = first.within(64_000_000, limits)
  assert.ok(inner.members <= 20_000 && first.members >= 0)
  assert.equal(given.bytes, limits.total)
})

test('files without content are counted, those whose names tell something are listed', async () => {
  const telling = Array.from({ length: 20 }, (_, i) => ({ name: `wwwroot/${i}.aspx` }))
  const zip = zipOf([...some(3_000, ''), ...telling, { name: 'last.log', content: 'x' }])
  const { members, counted, refused } = await listEvidence(folderOf({ 'C/x/many.zip': zip }))
  assert.deepEqual(counted, [{ path: 'C/x/many.zip', empty: 2_000 }])
  assert.deepEqual(refused, [])
  assert.equal(members.filter(({ path }) => path.endsWith('.aspx')).length, 20)
  assert.equal(members.length, 1_021)
})

test('a log, a hive or a list of agents that was emptied is listed, however many empty files stand before it', async () => {
  const emptied = [
    'C/Windows/System32/winevt/Logs/Security.evtx',
    'C/Windows/System32/config/SOFTWARE',
    'C/Windows/System32/Tasks/Job',
    'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
    'D/Exchange/Logging/Ews/Ews_2021030300-1.LOG',
  ]
  const { members } = await listEvidence(fileOf(zipOf([...some(10_500, ''), ...emptied.map((name) => ({ name }))])))
  assert.deepEqual(
    members.slice(10_000).map(({ path }) => path),
    emptied,
  )
})

test('a packed log that is not opened is named, however many archives are not opened besides', async () => {
  const archive = zipOf([{ name: 'a', content: 'x'.repeat(200) }])
  const log = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.zip'
  const others = Array.from({ length: 1_200 }, (_, i) => [`C/inetpub/a/${i}.zip`, archive] as const)
  const evidence = folderOf({ ...Object.fromEntries(others), [log]: zipOf([{ name: 'a.log', content: 'x' }]) })
  const { members, refused } = await listEvidence(evidence, { archives: 100 })
  assert.equal(members.find(({ path }) => path === log)?.refused?.reason, 'bomb')
  assert.deepEqual(
    refused.map(({ detail }) => detail),
    ['more archives than may be opened there: 100 of them are not listed'],
  )
})

test('names are cut to a kilobyte and stay different, with the beginning and the end that tell what a file is', async () => {
  for (const unit of ['n', 'é', '木', '😀', '\ud800', 'a/']) {
    const long = (last: string): string => `C/inetpub/wwwroot/${unit.repeat(30_000)}${last}.aspx`
    const [a, b] = [shortenName(long('1')), shortenName(long('2'))]
    for (const name of [a, b]) {
      assert.ok(Buffer.byteLength(name) <= 1024)
      assert.ok(name.startsWith('C/inetpub/wwwroot/') && name.endsWith('.aspx'), name)
    }
    assert.notEqual(a, b)
    assert.equal(shortenName(a), a)
  }
  assert.equal(shortenName('short.log'), 'short.log')
  const name = (end: string): string => `inetpub/wwwroot/${'n'.repeat(60_000)}${end}`
  const zip = zipOf([
    { name: name('1.aspx'), content: '1' },
    { name: name('2.aspx'), content: '2' },
  ])
  const tar = tarOf([{ name: 'names.zip', content: zip }])
  const seven = await packed({ [`${'d'.repeat(200)}/`.repeat(20) + 'x.aspx']: '1' })
  const { members } = await listEvidence(folderOf({ 'C/a.tar': tar, 'C/b.7z': seven }))
  assert.equal(new Set(members.map(({ path }) => path)).size, 3)
  for (const { path, windowsPath, ref } of members) {
    assert.ok(Buffer.byteLength(path) <= 1024 && path.endsWith('.aspx'), path)
    assert.ok(Buffer.byteLength(windowsPath ?? '') <= 1024)
    const parts: Uint8Array[] = []
    for await (const chunk of readMember(ref)) parts.push(chunk)
    assert.match(Buffer.concat(parts).toString(), /^[12]$/)
  }
})

test('of packed archives in archives so much is held as one may have', async () => {
  let random = 1
  const noise = Buffer.from(Array.from({ length: 400_000 }, () => (random = (random * 48_271) % 2_147_483_647) & 0xff))
  const inner = zipOf([{ name: 'x', content: noise }])
  const chain = zipOf([{ name: 'in.zip', method: 8, content: zipOf([{ name: 'in.zip', method: 8, content: inner }]) }])
  const { members } = await listing(folderOf({ 'a.zip': chain }), { inner: 600_000 })
  assert.deepEqual(
    members.map(({ path, refused }) => [path, refused?.reason]),
    [['a.zip!/in.zip!/in.zip', 'unsupported']],
  )

  const held = new Held(3 * 2 ** 18)
  const bytes = (size: number) => async (grown: (n: number) => void) =>
    heldBytes(
      (async function* () {
        yield Buffer.alloc(size, 'x')
      })(),
      2 ** 30,
      grown,
    )
  await held.make('a', bytes(2 ** 18))
  await held.make('b', bytes(2 ** 18))
  await held.get('a')
  const c = await held.make('c', bytes(2 ** 19))
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => held.get(key) !== undefined),
    [true, false, true],
  )
  assert.equal((await c.read(2 ** 18 - 3, 6)).toString(), 'xxxxxx')
  assert.equal((await c.read(2 ** 19 - 2, 6)).length, 2)
})

void large('one thread of 7-Zip serves many archives, and several list at a time with the same result', async () => {
  const seven = await packed({ 'a.txt': 'hello' })
  const root = folderOf(Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`C/logs/${i}.7z`, seven])))
  let threads = 0
  const count = (): void => void threads++
  process.on('worker', count)
  const lists: string[] = []
  for (const jobs of [1, 2, 3]) {
    const { members } = await listEvidence(root, {}, { jobs })
    lists.push(JSON.stringify(members))
    for (const { ref } of members.slice(0, 6))
      for await (const chunk of readMember(ref)) assert.equal(String(chunk), 'hello')
  }
  process.off('worker', count)
  assert.equal(new Set(lists).size, 1)
  assert.ok(threads > 0 && threads < 24, `${threads}`)
})
