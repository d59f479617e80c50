import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs, { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { ledgerHeadLength, isLedger, Ledger } from '../../src/run/ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-ledger-'))
after(() => rmSync(folder, { recursive: true }))

const digest = 'a'.repeat(64)
const results = new Map<string, unknown>([
  ['first', { text: 'Überfall\ud800', list: [1, -0, Infinity], none: undefined, nothing: null }],
  ['second', { text: 'x'.repeat(3000) }],
  ['third', ['']],
])

function open(name: string, more: Partial<Parameters<typeof Ledger.open>[1]> = {}): { ledger: Ledger; told: string[] } {
  const told: string[] = []
  const settings = { digest, now: () => 0, tell: (sentence: string) => void told.push(sentence), wait: 0, ...more }
  return { ledger: Ledger.open(join(folder, name), settings), told }
}

async function write(name: string, entries: Iterable<readonly [string, unknown]> = results): Promise<Buffer> {
  const { ledger, told } = open(name)
  for (const [key, result] of entries) ledger.add(() => key, result)
  await ledger.close()
  assert.deepEqual(told, [])
  return readFileSync(join(folder, name))
}

const taken = (ledger: Ledger): string[] => [...results.keys()].filter((key) => ledger.take(key) !== undefined)

void describe('ledger', () => {
  void it('gives back what was added, to the last bit', async () => {
    await write('whole')
    const { ledger, told } = open('whole')
    assert.equal(ledger.size, 3)
    for (const [key, result] of results) assert.deepStrictEqual(ledger.take(key), result)
    assert.equal(ledger.take('fourth'), undefined)
    await ledger.close()
    assert.deepEqual(told, [])
  })

  void it('goes on behind what is there; of two results of one file the later counts', async () => {
    await write('more', [['first', 1]])
    await write('more', [
      ['second', 2],
      ['first', 3],
    ])
    const { ledger } = open('more')
    assert.deepEqual([ledger.size, ledger.take('first'), ledger.take('second')], [2, 3, 2])
    await ledger.close()
  })

  void it('cut off anywhere, it gives what lies whole before, and goes on there', async () => {
    const bytes = await write('cut')
    const whole = new Set<number>()
    for (let length = 0; length < bytes.length; length += length < 400 || length > bytes.length - 160 ? 1 : 97) {
      writeFileSync(join(folder, 'cut'), bytes.subarray(0, length))
      assert.ok(isLedger(bytes.subarray(0, Math.min(length, 64))))
      const { ledger, told } = open('cut')
      assert.equal(taken(ledger).length, ledger.size)
      whole.add(ledger.size)
      ledger.add(() => 'third', 'new')
      await ledger.close()
      const again = open('cut')
      assert.equal(again.ledger.take('third'), 'new')
      await again.ledger.close()
      assert.deepEqual([told, again.told], [[], []])
    }
    assert.deepEqual([...whole], [0, 1, 2])
  })

  void it('with any bit turned, it gives nothing that was not added', async () => {
    const bytes = await write('turned')
    for (let at = ledgerHeadLength; at < bytes.length; at += at < 600 ? 1 : 41) {
      const damaged = Buffer.from(bytes)
      damaged[at]! ^= 1 << (at % 8)
      writeFileSync(join(folder, 'turned'), damaged)
      const { ledger } = open('turned')
      for (const key of taken(ledger)) assert.deepStrictEqual(ledger.take(key), results.get(key))
      assert.ok(ledger.size < 3)
      await ledger.close()
    }
  })

  void it('lengths that lie cost nothing', async () => {
    await write('lies')
    const frame = Buffer.alloc(12, 0xff)
    for (const [key, length] of [
      [0xffff_ffff, 1],
      [1, 0xffff_ffff],
      [65_536, 2 ** 28],
    ] as const) {
      frame.writeUInt32LE(key, 0)
      frame.writeUInt32LE(length, 4)
      appendFileSync(join(folder, 'lies'), frame)
      const before = process.memoryUsage().arrayBuffers
      const { ledger } = open('lies')
      assert.equal(ledger.size, 3)
      assert.ok(process.memoryUsage().arrayBuffers - before < 10e6)
      await ledger.close()
    }
  })

  void it('one with another digest is said once and begun anew', async () => {
    await write('other')
    const { ledger, told } = open('other', { digest: 'b'.repeat(64) })
    assert.equal(ledger.size, 0)
    ledger.add(() => 'first', 1)
    await ledger.close()
    assert.match(told.join('\n'), /^What an interrupted run left was read with other [^\n]*\.$/)
    const again = open('other', { digest: 'b'.repeat(64) })
    assert.deepEqual([again.ledger.size, again.told], [1, []])
    await again.ledger.close()
  })

  void it('writes nothing while little was done, and then all of it', async () => {
    let now = 0
    const { ledger } = open('later', { now: () => now, wait: 5000 })
    const size = (): number => statSync(join(folder, 'later')).size
    ledger.add(() => 'first', 1)
    now = 4999
    ledger.add(() => 'second', 2)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(size(), ledgerHeadLength)
    now = 5000
    ledger.add(() => 'third', 3)
    await ledger.close()
    const again = open('later')
    assert.equal(again.ledger.size, 3)
    await again.ledger.close()
  })

  void it('writes what it holds when the time has come, though no further result comes', async () => {
    const { ledger } = open('alone', { wait: 50 })
    ledger.add(() => 'first', 1)
    const size = (): number => statSync(join(folder, 'alone')).size
    for (let i = 0; i < 6000 && size() === ledgerHeadLength; i++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    assert.ok(size() > ledgerHeadLength)
    await ledger.close()
  })

  for (const [name, count, now] of [
    ['of many results at once, without waiting', 600, () => 0],
    ['of a few after a while, though nothing follows', 3, () => performance.now()],
  ] as const)
    void it(`reaches the medium: ${name}`, async (t) => {
      let synced = 0
      const real = fs.fdatasync
      t.mock.method(fs, 'fdatasync', ((file: number, done: () => void) => {
        synced = fs.fstatSync(file).size
        real(file, done)
      }) as typeof fs.fdatasync)
      syncBuiltinESMExports()
      const { ledger } = open(`medium-${count}`, { now })
      for (let i = 0; i < count; i++) ledger.add(() => `${i}`, i)
      const size = (): number => statSync(join(folder, `medium-${count}`)).size
      for (let i = 0; i < 6000 && (synced === 0 || synced < size()); i++)
        await new Promise((resolve) => setTimeout(resolve, 10))
      assert.equal(synced, size())
      await ledger.close()
      t.mock.restoreAll()
      syncBuiltinESMExports()
    })

  void it('does not hold more than it may, however soon it comes', async () => {
    const { ledger } = open('soon', { wait: 5000 })
    for (let i = 0; i < 3; i++) ledger.add(() => `${i}`, i, 10_000)
    await ledger.close()
    assert.ok(statSync(join(folder, 'soon')).size > ledgerHeadLength)
  })

  void it('where it cannot be opened, the run goes on without', async () => {
    const { ledger, told } = open('none/there')
    ledger.add(() => 'first', 1)
    assert.equal(ledger.take('first'), undefined)
    await ledger.close()
    assert.match(told.join('\n'), /^Intermediate results cannot be kept [^\n]*\(no such file or folder\)[^\n]*$/)
  })

  void it('where no more can be written, it says so once, and what was whole stays', {
    skip: !existsSync('/usr/bin/prlimit'),
  }, async () => {
    const path = join(folder, 'full')
    const program = `
      import { Ledger } from ${JSON.stringify(new URL('../../src/run/ledger.ts', import.meta.url).href)}
      const tell = (sentence) => console.log(sentence)
      const ledger = Ledger.open(process.argv[1], { digest: '${digest}', now: () => 0, tell, wait: 0 })
      for (let i = 0; i < 9; i++) {
        ledger.add(() => 'key ' + i, 'x'.repeat(5_000))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await ledger.close()`
    const node = [process.execPath, '--input-type=module', '-e', program, path]
    const done = spawnSync('/usr/bin/prlimit', ['--fsize=12000', ...node], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
    assert.match(
      done.stdout,
      /^Intermediate results cannot be kept [^\n]*\(it is too large for this file system\)[^\n]*\n$/,
    )
    const { ledger } = open('full')
    assert.equal(ledger.size, 2)
    await ledger.close()
  })
})
