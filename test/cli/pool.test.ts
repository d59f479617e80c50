import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openEvidence } from '../../src/evidence/index.ts'
import type { Member } from '../../src/evidence/container.ts'
import type { Scan } from '../../src/model.ts'
import { loadKnowledge } from '../../src/packs.ts'
import { inlinePool, threadPool } from '../../src/work/pool.ts'
import { place, postern, root, sample, write } from './command.ts'

const folder = place()
const nothing = { packs: [], rules: [], iocs: [] }
const items = Array.from({ length: 20 }, (_, i) => ({
  path: `file ${i}`,
  size: i,
  ref: { root: '', steps: [] },
})) as unknown as Member[]

/** A worker that does as it is told: the text runs for each member that it is handed. */
function worker(name: string, act: string): URL {
  write(folder, {
    [name]: `import { parentPort, threadId } from 'node:worker_threads'
const answer = (scan) => parentPort.postMessage([scan])
parentPort.on('message', (errands) => { for (const { member, isHelp } of errands) { ${act} } })\n`,
  })
  return pathToFileURL(join(folder, name))
}

void describe('threads', () => {
  const failing: readonly (readonly [name: string, act: string, says: RegExp])[] = [
    ['throws', "if (member.size === 7) throw new TypeError('seven'); answer(member)", /seven/],
    ['rejects', "if (member.size === 7) Promise.reject(new Error('seven')); else answer(member)", /seven/],
    ['throws no error', "throw 'a text'", /a text/],
    ['leaves', 'if (member.size === 7) process.exit(9); answer(member)', /stopped with 9/],
    ['leaves without a word', 'if (member.size === 7) process.exit(0); answer(member)', /stopped with 0/],
    ['cannot send', 'answer(() => 1)', /(?:)/],
    [
      'throws while others never end',
      "if (member.size === 19) throw new Error('first'); setInterval(() => 0, 1000)",
      /first/,
    ],
  ]
  for (const [name, act, says] of failing) {
    void it(`one that ${name} ends the run loudly, and nothing hangs`, { timeout: 10_000 }, async () => {
      const pool = threadPool(3, nothing, null, [], worker(`${name.replaceAll(' ', '-')}.mjs`, act))
      await assert.rejects(
        pool.run('scan', items, () => undefined),
        (error: Error) => says.test(error.message),
      )
    })
  }

  const small = { memory: 64, young: 24, seconds: 1, bytesPerSecond: 1_000 }
  for (const [reason, act] of [
    ['timeout', 'if (member.size === 7) for (;;); answer({ artifact: { path: member.path }, gaps: [] })'],
    [
      'memory',
      'const all = []; if (member.size === 7) for (;;) all.push(new Array(1e5).fill(member.path + all.length)); answer({ artifact: { path: member.path }, gaps: [] })',
    ],
  ] as const) {
    void it(`a file that costs too much (${reason}) is a gap, and the others are read`, {
      timeout: 30_000,
    }, async () => {
      // A busy machine takes its time to run out of memory.
      const limits = { ...small, seconds: reason === 'timeout' ? 1 : 20 }
      const pool = threadPool(2, nothing, null, [], worker(`${reason}.mjs`, act), limits)
      const scans: Scan[] = []
      await pool.run<Member, Scan>('scan', items, (scan, index) => {
        scans[index] = scan
      })
      assert.deepEqual(
        scans.map((scan) => scan.gaps.map((gap) => gap.reason).join()),
        items.map((_, i) => (i === 7 ? reason : '')),
      )
      assert.equal(scans[7]!.gaps[0]!.length, 7)
    })
  }

  void it('the name and location of a file that was given up are matched by the next worker', {
    timeout: 30_000,
  }, async () => {
    const act =
      'if (member.size === 7 && !member.refused) for (;;); answer({ artifact: { path: member.path }, hits: [member.refused], gaps: [] })'
    const pool = threadPool(2, nothing, null, [], worker('by-name.mjs', act), { ...small, seconds: 1 })
    const scans: Scan[] = []
    await pool.run<Member, Scan>('scan', items, (scan, index) => {
      scans[index] = scan
    })
    assert.deepEqual(
      scans.map(({ hits }) => (hits[0] as unknown as { reason: string } | undefined)?.reason),
      items.map((_, i) => (i === 7 ? 'timeout' : undefined)),
    )
  })

  const large = { path: 'large', size: 64 << 20, ref: { root: '', steps: [{ in: 'folder', path: 'large' }] } }
  const slowly = 'setTimeout(() => answer({ artifact: { path: member.path } }), 1_000)'
  const helped = (name: string, act: string): ReturnType<typeof threadPool> =>
    threadPool(2, nothing, null, [], worker(`${name}.mjs`, `if (isHelp) { ${act} } else ${slowly}`), {
      ...small,
      seconds: 60,
    })

  void it('one that has nothing to do helps with a large file, and tells when it is through', {
    timeout: 10_000,
  }, async () => {
    const paths: string[] = []
    await helped('helps', 'parentPort.postMessage([])').run<unknown, Scan>('scan', [large], ({ artifact }) => {
      paths.push(artifact.path)
    })
    assert.deepEqual(paths, ['large'])
  })

  void it('one that helps and fails ends the run loudly', { timeout: 10_000 }, async () => {
    const failed = helped('helps-badly', "throw new Error('no help')").run('scan', [large], () => undefined)
    await assert.rejects(failed, /no help/)
  })

  void it('one that helps and wants too much memory is no help, and the file is read', {
    timeout: 30_000,
  }, async () => {
    let read = 0
    const act = 'const all = []; for (;;) all.push(new Array(1e5).fill(member.path + all.length))'
    await helped('helps-much', act).run('scan', [large], () => read++)
    assert.equal(read, 1)
  })

  void it('what a result is used for may fail too', { timeout: 10_000 }, async () => {
    const pool = threadPool(3, nothing, null, [], worker('echo.mjs', 'answer(member)'))
    await assert.rejects(
      pool.run('scan', items, () => {
        throw new Error('full')
      }),
      /full/,
    )
  })

  void it('every unit is done once, with more threads than units and with none', { timeout: 10_000 }, async () => {
    const pool = threadPool(8, nothing, null, [], worker('echo.mjs', 'answer(member)'))
    for (const some of [items, items.slice(0, 1), []]) {
      const done: [number, string][] = []
      await pool.run<Member, Member>('scan', some, (result, index) => done.push([index, result.path]))
      assert.deepEqual(
        done.sort(([a], [b]) => a - b),
        some.map((item, i) => [i, item.path]),
      )
    }
  })

  void it('members that come out of one stream are read by one thread, in their order', {
    timeout: 10_000,
  }, async () => {
    const script = worker('thread.mjs', 'answer({ ...member, thread: threadId })')
    const some = items.map((item, i): Member => {
      const at = 1000 * i
      const step = { in: 'tar', index: i, data: at, size: i } as const
      const root = i % 4 === 0 ? 'one.tar.gz' : i % 4 === 1 ? 'two.tar.gz' : ''
      return root === '' ? item : { ...item, ref: { root, steps: [{ in: 'gzip' }, step] } }
    })
    const order = new Map<string, { threads: Set<number>; indexes: number[] }>()
    const pool = threadPool(4, nothing, null, [], script)
    await pool.run<Member, Member & { thread: number }>('scan', some, ({ ref, thread }, index) => {
      const seen = order.get(ref.root) ?? { threads: new Set(), indexes: [] }
      seen.threads.add(thread)
      seen.indexes.push(index)
      order.set(ref.root, seen)
    })
    for (const root of ['one.tar.gz', 'two.tar.gz']) {
      const { threads, indexes } = order.get(root)!
      assert.equal(threads.size, 1)
      assert.deepEqual(
        indexes,
        indexes.toSorted((a, b) => a - b),
      )
      assert.equal(indexes.length, 5)
    }
  })

  void it('threads and this thread find the same in the sample', async () => {
    const paths = { packs: [join(root, 'packs')], rules: [], iocs: [] }
    const members: Member[] = []
    for await (const item of (await openEvidence(join(sample, 'C/inetpub'))).list())
      if ('ref' in item) members.push(item)
    const scans = async (pool: ReturnType<typeof inlinePool>): Promise<Scan[]> => {
      const all: Scan[] = []
      await pool.run<Member, Scan>('scan', members, (scan, index) => {
        all[index] = scan
      })
      return all
    }
    const here = await scans(inlinePool(await loadKnowledge(paths), null))
    assert.ok(here.some((scan) => scan.hits.length > 0))
    assert.deepEqual(await scans(threadPool(2, paths, null)), here)
  })

  void it('a large input is read in a thread with one job too, so that a file may be given up', async () => {
    // The run has a thread of its own, the first: those that it starts are counted.
    const tell = `import { subscribe } from 'node:diagnostics_channel'
      import { threadId } from 'node:worker_threads'
      let threads = 0
      subscribe('worker_threads', () => threads++)
      if (threadId === 1) process.on('exit', () => console.log(threads))`
    for (const [size, jobs, threads] of [
      [1_000_000, ['--jobs', '1'], 0],
      [1_000_000, [], 0],
      [9_000_000, ['--jobs', '1'], 1],
      [1_000_000, ['--jobs', '2'], 1],
    ] as const) {
      const name = `${size} ${jobs.join('')}`
      const evidence = write(join(folder, name), { 'a.bin': Buffer.alloc(size, 'x') })
      const done = await postern(['assess', evidence, ...jobs, '--quiet', '--out', join(folder, `${name} out`)], {
        env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(tell)}` },
      })
      assert.equal(done.out, `${threads}\n`, `${name}: ${done.err}`)
    }
  })
})
