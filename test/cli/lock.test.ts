import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Lock } from '../../src/cli/lock.ts'
import { PosternError } from '../../src/lib/errors.ts'
import { httpProxyLog, place, postern, root, write } from './command.ts'
import { smallPack } from './interrupted.ts'

const folder = place()
const own = { pid: process.pid, host: hostname(), since: Math.floor(Date.now() / 1000), start: null }
const isInUse = (error: unknown): boolean => error instanceof PosternError && error.code === 'out-in-use'

void describe('a lock', () => {
  const file = join(folder, 'lock')
  const found = (text: string, modified = Date.now()): void => {
    writeFileSync(file, text)
    utimesSync(file, modified / 1000, modified / 1000)
  }
  const dead = spawnSync(process.execPath, ['-e', '0']).pid

  for (const [name, text, modified] of [
    ['of a process that has ended', JSON.stringify({ ...own, pid: dead })],
    ['of a process whose number another has now', JSON.stringify({ ...own, start: 'boot 1' })],
    ['from before the machine was started', JSON.stringify({ ...own, since: 1 })],
    ['of another machine that has not touched it for long', JSON.stringify({ ...own, host: 'other' }), 1_000_000],
    ['that was cut off', '{"pid":', 1_000_000],
    ['that is empty', '', 1_000_000],
    ['that names no process', JSON.stringify({ ...own, pid: -1 }), 1_000_000],
    ['that is far too long', 'x'.repeat(100_000), 1_000_000],
  ] as const)
    void it(`one ${name} is nobody's`, { skip: name.includes('number') && process.platform !== 'linux' }, () => {
      found(text, modified)
      const lock = Lock.take(file, 'out')
      assert.equal((JSON.parse(readFileSync(file, 'utf8')) as typeof own).pid, process.pid)
      assert.throws(() => Lock.take(file, 'out'), isInUse)
      lock.release()
      assert.ok(!existsSync(file))
    })

  for (const [name, text] of [
    ['of a process that runs', JSON.stringify(own)],
    ['of another machine', JSON.stringify({ ...own, host: 'other' })],
    ['that tells a terminal what to do', JSON.stringify({ ...own, host: '\u001b[2J' })],
  ] as const)
    void it(`one ${name} holds, and the sentence says whose it is`, () => {
      found(text)
      assert.throws(
        () => Lock.take(file, 'out'),
        (error: Error) =>
          isInUse(error) &&
          /^out is in use by a run .*process \d+/.test(error.message) &&
          !error.message.includes('\u001b'),
      )
      assert.equal(readFileSync(file, 'utf8'), text)
    })

  void it('one that is being written holds', () => {
    found('')
    assert.throws(() => Lock.take(file, 'out'), isInUse)
  })

  void it('of many processes that find one of a run that is over, one gets it', async () => {
    // Each is ready before one of them begins, and holds what it got until all have said what that is.
    const script = `import { Lock } from ${JSON.stringify(pathToFileURL(join(root, 'src/cli/lock.ts')).href)}
      console.log('ready')
      process.stdin.once('data', () => {
        try { Lock.take(process.argv[1], 'out'); console.log('taken') } catch (error) { console.log(error.code) }
      })`
    for (let round = 0; round < 3; round++) {
      found(JSON.stringify({ ...own, pid: dead }))
      const children = Array.from({ length: 5 }, () =>
        spawn(process.execPath, ['--input-type=module', '-e', script, '--', file]),
      )
      const ended = children.map((child) => once(child, 'close'))
      const next = (): Promise<string[]> =>
        Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()))
      assert.deepEqual(await next(), Array(5).fill('ready'))
      const said = next()
      for (const { stdin } of children) stdin.write('go')
      assert.deepEqual((await said).toSorted(), ['out-in-use', 'out-in-use', 'out-in-use', 'out-in-use', 'taken'])
      for (const { stdin } of children) stdin.end()
      await Promise.all(ended)
    }
  })
})

void describe('two runs into one folder', { skip: process.platform === 'win32' }, () => {
  void it('the second ends with one sentence and changes nothing; the first goes on, and whoever comes after kill -9', async () => {
    const out = join(folder, 'out')
    const evidence = write(join(folder, 'evidence'), { 'httpproxy.log': httpProxyLog('MAIL01'), 'endless.bin': '' })
    truncateSync(join(evidence, 'endless.bin'), 60 * 2 ** 30)
    const args = ['assess', evidence, '--packs', smallPack(join(folder, 'packs')), '--out', out]
    const first = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { stdio: 'ignore' })
    const lock = join(out, 'unfinished/lock')
    while (!existsSync(lock) || readFileSync(lock, 'utf8') === '')
      await new Promise((resolve) => setTimeout(resolve, 20))
    const before = readFileSync(lock, 'utf8')
    const second = await postern(args)
    assert.equal(second.status, 2)
    assert.match(second.err, /^postern: .* is in use by a run that began at .* \(process \d+\)\. Wait until .*\n$/)
    assert.equal(second.out, '')
    assert.equal(readFileSync(lock, 'utf8'), before)
    assert.equal(first.exitCode, null)

    const ended = new Promise((resolve) => first.on('exit', resolve))
    first.kill('SIGKILL')
    await ended
    truncateSync(join(evidence, 'endless.bin'), 0)
    const third = await postern(args)
    assert.equal(third.status, 3, third.err)
    assert.deepEqual(readdirSync(out).sort(), ['MAIL01', 'summary.json'])
  })
})

void describe('results', { skip: process.platform === 'win32' }, () => {
  void it('reach the medium before they are moved to their place, and their folder afterwards', async () => {
    const log = join(folder, 'calls')
    // What is opened, synced and moved, in its order.
    const tell = `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const { openSync, fsyncSync, renameSync, appendFileSync } = fs
      const paths = new Map()
      const tell = (text) => appendFileSync(${JSON.stringify(log)}, text + '\\n')
      fs.openSync = (path, ...rest) => { const file = openSync(path, ...rest); paths.set(file, path); return file }
      fs.fsyncSync = (file) => { tell('sync ' + paths.get(file)); fsyncSync(file) }
      fs.renameSync = (from, to) => { tell('move ' + to); renameSync(from, to) }
      syncBuiltinESMExports()`
    const out = join(folder, 'synced')
    mkdirSync(out)
    const evidence = write(join(folder, 'little'), { 'httpproxy.log': httpProxyLog('MAIL01') })
    const done = await postern(
      ['assess', evidence, '--packs', smallPack(join(folder, 'packs2')), '--quiet', '--out', out],
      {
        env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(tell)}` },
      },
    )
    assert.equal(done.status, 3, done.err)
    const calls = readFileSync(log, 'utf8').trim().split('\n')
    const moved = calls.indexOf(`move ${join(out, 'MAIL01')}`)
    assert.ok(moved > 0)
    for (const name of readdirSync(join(out, 'MAIL01'))) {
      const at = calls.indexOf(`sync ${join(out, 'unfinished/results/MAIL01', name)}`)
      assert.ok(at >= 0 && at < moved, name)
    }
    assert.ok(calls.lastIndexOf(`sync ${out}`) > calls.indexOf(`move ${join(out, 'summary.json')}`))
    assert.ok(calls.lastIndexOf(`sync ${out}`) > moved)
  })
})
