import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Chance } from '../kernel/logs.ts'
import { main, place, write } from './command.ts'
import { logs, made, program, smallPack, start as startIn } from './interrupted.ts'

const windows = process.platform === 'win32'
const folder = place()
const at = (name: string): string => join(folder, name)
const FILES = 300
const home = program(at('program'))
const start = (args: readonly string[], script?: URL) => startIn(home, args, script)
const args = (out: string, evidence = 'evidence', packs = 'packs'): string[] => [
  at(evidence),
  '--packs',
  at(packs),
  '--out',
  at(out),
  '--jobs',
  '2',
]
const ledger = (out: string): string => join(at(out), 'unfinished/ledger')

/** Until the ledger holds so much, or the run has ended. */
async function kept(out: string, bytes: number, run?: ChildProcess): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    if (run !== undefined && (run.exitCode !== null || run.signalCode !== null)) return
    if (existsSync(ledger(out)) && statSync(ledger(out)).size > bytes) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.fail('nothing is kept')
}

void describe('a run that is interrupted', { skip: windows }, () => {
  let whole: ReadonlyMap<string, string>
  let seconds = 0

  before(async () => {
    logs(at('evidence'), FILES, 150)
    smallPack(at('packs'))
    // With a file that takes longer than anybody waits, and no room on the disk.
    cpSync(at('evidence'), at('endless'), { recursive: true, preserveTimestamps: true })
    write(at('endless'), { 'endless.bin': '' })
    truncateSync(join(at('endless'), 'endless.bin'), 60 * 2 ** 30)
    const { ended } = start(args('whole'))
    const { status, err, ms } = await ended
    assert.deepEqual([status, err], [3, ''])
    assert.deepEqual(readdirSync(at('whole')).sort(), ['MAIL01', 'summary.json'])
    whole = made(at('whole'))
    seconds = ms
  })

  void it('by kill -9 at any moment, is gone on with, and gives the same bytes', async () => {
    const chance = new Chance(20_210_302)
    let [resumed, kills] = [0, 0]
    for (let round = 0; kills < 12; round++) {
      const out = `killed-${round}`
      for (let left = 2 + chance.int(3); left > 0; left--) {
        const { child, ended } = start(args(out))
        // At any time, and at times that a slow machine may not reach by the clock: once something is kept.
        const moment = chance.int(850) / 1000
        if (kills++ % 3 === 0) {
          await kept(out, 100_000 * moment, child)
          child.kill('SIGKILL')
        } else setTimeout(() => child.kill('SIGKILL'), seconds * (0.15 + moment))
        const { signal, err } = await ended
        if (signal === null) break
        if (existsSync(join(at(out), 'summary.json'))) break
        assert.deepEqual(
          existsSync(at(out)) ? readdirSync(at(out)) : [],
          existsSync(at(out)) ? ['unfinished'] : [],
          err,
        )
      }
      if (!existsSync(join(at(out), 'summary.json'))) {
        const { status, err } = await start(args(out)).ended
        assert.equal(status, 3, err)
        assert.match(err, /^(?:resumed: \d+ of 300 files were read before\n)?$/)
        if (err !== '') resumed++
        assert.deepEqual(readdirSync(at(out)).sort(), ['MAIL01', 'summary.json'])
      }
      assert.deepEqual(made(at(out)), whole)
      rmSync(at(out), { recursive: true })
    }
    assert.ok(resumed > 0)
  })

  for (const [signal, status, says] of [
    ['SIGINT', 130, 'Interrupted'],
    ['SIGTERM', 143, 'Terminated'],
  ] as const) {
    void it(`by ${signal}, ends, says so, and is gone on with`, async () => {
      const out = `by-${signal}`
      const { child, ended } = start(args(out, 'endless'))
      await kept(out, 20_000)
      child.kill(signal)
      const done = await ended
      const sentence = `postern: ${says} (exit status ${status}): what was read so far is kept in ${at(out)}/unfinished, and the same command continues from there.\n`
      assert.deepEqual([done.status, done.err], [status, sentence])
      assert.deepEqual(readdirSync(at(out)), ['unfinished'])
      assert.deepEqual(readdirSync(join(at(out), 'unfinished')), ['ledger'])

      // The same evidence by its path, without the file that never ends.
      renameSync(at('endless'), at('other'))
      renameSync(at('evidence'), at('endless'))
      const again = await start(args(out, 'endless')).ended
      renameSync(at('endless'), at('evidence'))
      renameSync(at('other'), at('endless'))
      assert.equal(again.status, 3)
      assert.match(again.err, /^resumed: \d+ of 300 files were read before\n$/)
      const run = JSON.parse(readFileSync(join(at(out), 'MAIL01/run.json'), 'utf8')) as { resumed?: number }
      assert.equal(run.resumed, Number(/\d+/.exec(again.err)![0]))
    })
  }

  void it('before anything was worth keeping, leaves nothing', async () => {
    const child = spawn(process.execPath, [main, 'assess', ...args('early', 'endless')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
    await kept('early', 10)
    child.kill('SIGINT')
    assert.equal(await closed, 130)
    assert.equal(err, 'postern: Interrupted (exit status 130): nothing is left of this run.\n')
    assert.deepEqual(readdirSync(at('early')), [])
  })

  void it('while its thread never comes to rest, ends all the same; the second time at once', async () => {
    write(folder, { 'busy.mjs': "import { writeSync } from 'node:fs'\nwriteSync(2, 'busy')\nfor (;;);\n" })
    for (const signals of [['SIGINT'], ['SIGTERM'], ['SIGINT', 'SIGINT']] as const) {
      const { child, ended } = start([], pathToFileURL(at('busy.mjs')))
      await new Promise((resolve) => child.stderr!.once('data', resolve))
      for (const signal of signals) child.kill(signal)
      const { status, signal } = await ended
      assert.ok(signal === 'SIGINT' || status === (signals[0] === 'SIGINT' ? 130 : 143), `${status} ${signal}`)
    }
  })

  void describe('goes on with what it left', () => {
    const cut = (out: string): string => {
      rmSync(at(out), { recursive: true, force: true })
      cpSync(at('left'), at(out), { recursive: true, preserveTimestamps: true })
      return out
    }
    const go = async (out: string, ...more: Parameters<typeof args> extends [string, ...infer R] ? R : never) => {
      const { status, err } = await start(args(out, ...more)).ended
      return { status, err, resumed: Number(/^resumed: (\d+) of 300 /m.exec(err)?.[1] ?? 0) }
    }
    let all = 0

    before(async () => {
      // Ended while it read, with all logs in the ledger but not the last step done.
      const { child, ended } = start(args('left'))
      await kept('left', 100_000)
      child.kill('SIGKILL')
      await ended
      all = (await go(cut('all'))).resumed
      assert.ok(all > 0 && all <= FILES)
    })

    void it('with the last entry torn', async () => {
      truncateSync(ledger(cut('torn')), statSync(ledger('torn')).size - 1)
      const { status, resumed } = await go('torn')
      assert.deepEqual([status, resumed < all + 1], [3, true])
      assert.deepEqual(made(at('torn')), whole)
    })

    void it('with the middle damaged: from there on all is read again', async () => {
      const bytes = readFileSync(ledger(cut('damaged')))
      bytes[Math.floor(bytes.length / 2)]! ^= 1
      writeFileSync(ledger('damaged'), bytes)
      const { status, resumed } = await go('damaged')
      assert.equal(status, 3)
      assert.ok(resumed > 0 && resumed < all)
      assert.deepEqual(made(at('damaged')), whole)
    })

    void it('with other rules, which make all that was read worthless', async () => {
      smallPack(at('other-packs'), 'Mozilla/5')
      await start(args('other-rules-fresh', 'evidence', 'other-packs')).ended
      const { status, err } = await go(cut('other-rules'), 'evidence', 'other-packs')
      assert.equal(status, 3)
      assert.match(err, /^postern: What an interrupted run left was read with other [^\n]*\n$/)
      assert.deepEqual(made(at('other-rules')), made(at('other-rules-fresh')))
      assert.notDeepEqual(made(at('other-rules')), whole)
    })

    void it('with a file that was changed, which is read again', async () => {
      const first = join(at('evidence'), 'W3SVC1/u_ex1.log')
      const before = readFileSync(first)
      const { mtimeMs } = statSync(first)
      appendFileSync(first, before.subarray(-100))
      await start(args('changed-fresh')).ended
      const { resumed } = await go(cut('changed'))
      assert.ok(resumed === all || resumed === all - 1, `${resumed} of ${all}`)
      assert.deepEqual(made(at('changed')), made(at('changed-fresh')))
      assert.notDeepEqual(made(at('changed')), whole)
      writeFileSync(first, before)
      // Its time is another now, so it is read again; what it gives is the same but for that time.
      assert.notEqual(statSync(first).mtimeMs, mtimeMs)
    })

    void it('with reports that had been moved, or half of them', async () => {
      await start(args('moved-fresh')).ended
      for (const names of [['MAIL01'], ['MAIL01', 'summary.json']]) {
        const out = cut('moved')
        for (const name of names) cpSync(join(at('moved-fresh'), name), join(at(out), name), { recursive: true })
        writeFileSync(join(at(out), 'unfinished/placing.json'), '["MAIL01","summary.json"]')
        assert.equal((await go(out)).status, 3)
        assert.deepEqual(readdirSync(at(out)).sort(), ['MAIL01', 'summary.json'])
        assert.deepEqual(made(at(out)), made(at('moved-fresh')))
      }
    })

    const refused: readonly (readonly [what: string, make: (out: string) => void])[] = [
      ['something beside it', (out) => writeFileSync(join(out, 'x'), '')],
      ['something else in it', (out) => writeFileSync(join(out, 'unfinished/x'), '')],
      ['results of another run beside it', (out) => mkdirSync(join(out, 'MAIL02'))],
      ['a ledger that is none', (out) => writeFileSync(join(out, 'unfinished/ledger'), 'my letters')],
      [
        'a list of names that leads elsewhere',
        (out) => {
          writeFileSync(join(out, 'unfinished/placing.json'), '["../evidence", "..", "/etc"]')
          mkdirSync(join(out, 'etc'))
        },
      ],
      [
        'a link in place of the folder',
        (out) => {
          renameSync(join(out, 'unfinished'), `${out}-elsewhere`)
          symlinkSync(`${out}-elsewhere`, join(out, 'unfinished'))
        },
      ],
      [
        'a link in place of the ledger',
        (out) => {
          renameSync(join(out, 'unfinished/ledger'), `${out}-ledger`)
          symlinkSync(`${out}-ledger`, join(out, 'unfinished/ledger'))
        },
      ],
    ]
    for (const [i, [what, make]] of refused.entries()) {
      void it(`but not with ${what}: the folder is somebody's`, async () => {
        const out = cut(`refused-${i}`)
        make(at(out))
        const before = readdirSync(at(out), { recursive: true, encoding: 'utf8' }).sort()
        const { status, err } = await start(args(out)).ended
        assert.equal(status, 2)
        assert.match(err, /is not empty/)
        assert.deepEqual(readdirSync(at(out), { recursive: true, encoding: 'utf8' }).sort(), before)
      })
    }
  })
})
