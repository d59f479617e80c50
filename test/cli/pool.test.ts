import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AddressInfo, createServer } from 'node:net'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openEvidence } from '../../src/evidence/index.ts'
import type { Member } from '../../src/evidence/container.ts'
import type { Pool, Scan } from '../../src/model/scan.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { type Ending, failureOf, type WorkerKind } from '../../src/run/handle.ts'
import { inlinePool, isLargeLog, Patience, type PoolOptions, workerPool, type WorkerPool } from '../../src/run/pool.ts'
import { startProcess } from '../../src/run/process.ts'
import { LIMITS, startThread } from '../../src/run/thread.ts'
import { place, root, sample, write } from './command.ts'

const folder = place()
const paths = { packs: [], rules: [], iocs: [] }
const items = Array.from({ length: 20 }, (_, i) => ({
  path: `file ${i}`,
  windowsPath: null,
  size: i,
  modified: null,
  ref: { root: '', steps: [] },
})) as unknown as Member[]
const kinds = ['thread', 'process'] as const

/** What comes of a file whose content was given up. */
const refused =
  '{ scan: { artifact: { path: member.path }, gaps: [{ ...member.refused, offset: 0, length: member.size }] } }'

/** What a worker does that does as it is told: the text runs for each member that it is handed. */
const scripts: Readonly<Record<WorkerKind, (act: string) => string>> = {
  thread: (act) => `import { parentPort, threadId, workerData } from 'node:worker_threads'
const begun = new Int32Array(workerData.begun)
const answer = (...answers) => parentPort.postMessage(answers)
parentPort.on('message', async (errands) => {
  for (const { member, isHelp } of errands) {
    if (!isHelp) Atomics.add(begun, 0, 1)
    if (member.refused) { answer(${refused}); continue }
    ${act}
  }
})\n`,
  process: (act) => `import { writeBegun } from '${new URL('../../src/run/begun.ts', import.meta.url).href}'
const threadId = process.pid
const SELDOM = false
let begun = 0
const isHelp = false
const answer = (...answers) => process.send({ answers })
process.on('disconnect', () => process.exit())
process.on('message', async (errands) => {
  if (!Array.isArray(errands)) return
  for (const { member, isCounted } of errands) {
    begun++
    if (!SELDOM || isCounted) writeBegun(begun)
    if (member.refused) { answer(${refused}); continue }
    ${act}
  }
})\n`,
}

/** A pool of such workers, of one kind alone. */
function pool(kind: WorkerKind, name: string, act: string, more: Partial<PoolOptions> = {}): WorkerPool {
  const file = `${name.replaceAll(' ', '-')}-${kind}.mjs`
  write(folder, { [file]: scripts[kind](act) })
  const script = pathToFileURL(join(folder, file))
  return workerPool({
    jobs: 3,
    paths,
    zone: null,
    isForThread: () => kind === 'thread',
    start: {
      thread: (_, limits) => startThread(null, script, limits),
      process: (_, limits) => startProcess(null, script, limits),
    },
    ...more,
  })
}

/** What is read of all items, in their order; the pool is ended. */
async function scansOf(used: WorkerPool, some: readonly Member[] = items): Promise<Scan[]> {
  const scans: Scan[] = []
  try {
    await used.run<Member, Scan>('scan', some, (scan, index) => {
      assert.equal(scans[index], undefined)
      scans[index] = scan
    })
  } finally {
    await used.end()
  }
  return scans
}

const read = 'answer({ scan: { artifact: { path: member.path }, gaps: [], threadId } })'
const reasonsOf = (scans: readonly Scan[]): string[] => scans.map((scan) => scan.gaps.map((gap) => gap.reason).join())
const only = (at: number, reason: string): string[] => items.map((_, i) => (i === at ? reason : ''))
const small = { ...LIMITS, memory: 64, young: 24, seconds: 1, bytesPerSecond: 1_000 }

for (const kind of kinds) {
  void describe(`a ${kind} that reads`, () => {
    const failing: readonly (readonly [name: string, act: string, says: RegExp])[] = [
      ['throws', `if (member.size === 7) throw new TypeError('seven'); ${read}`, /TypeError: seven/],
      [
        'rejects',
        `if (member.size === 7) await Promise.reject(new RangeError('seven')); else ${read}`,
        /RangeError: seven/,
      ],
      ['leaves', `if (member.size === 7) process.exit(9); ${read}`, /\b9\b/],
      ['leaves without a word', `if (member.size === 7) process.exit(0); ${read}`, /\b0\b/],
      [
        'cannot send',
        `if (member.size === 7) answer({ scan: () => 1 }); else ${read}`,
        kind === 'thread' ? /Error/ : /could not be cloned/,
      ],
      [
        'says what it met',
        `if (member.size === 7) answer({ scan: { artifact: {}, gaps: [{ reason: 'failed', length: 7, detail: 'Error: seven' }] }, mistake: 'Error: seven' }); else ${read}`,
        /Error: seven/,
      ],
    ]
    for (const [name, act, says] of failing) {
      const isThrown = name === 'throws' || name === 'rejects'
      void it(`one that ${name} costs the file that it was at, and that is said`, { timeout: 300_000 }, async () => {
        const told: string[] = []
        const stacks: string[] = []
        const onFailed = (path: string, detail: string, stack: string): void => {
          told.push(`${path}: ${detail}`)
          stacks.push(stack)
        }
        const scans = await scansOf(pool(kind, name, act, { onFailed }))
        assert.deepEqual(reasonsOf(scans), only(7, 'failed'))
        assert.match(scans[7]!.gaps[0]!.detail, says)
        assert.equal(scans[7]!.gaps[0]!.length, 7)
        assert.equal(told.length, 1)
        assert.match(told[0]!, says)
        assert.match(stacks[0]!, isThrown ? /Error: seven[^]*\.mjs:\d+:\d+/ : says)
      })
    }

    void it('one that fails before it has begun anything ends the run loudly', { timeout: 300_000 }, async () => {
      await assert.rejects(
        scansOf(pool(kind, 'never starts', '}}); throw new Error("no start"); if (0) (() => {{')),
        /no start/,
      )
    })

    void it('a file that takes too long is a gap, and the others are read', { timeout: 300_000 }, async () => {
      const act = `if (member.size === 7) for (;;); ${read}`
      const scans = await scansOf(pool(kind, 'hangs', act, { limits: small }))
      assert.deepEqual(reasonsOf(scans), only(7, 'timeout'))
      assert.equal(scans[7]!.gaps[0]!.length, 7)
    })

    void it('one of many files that hang takes less and less: a run loses a bounded time to them', {
      timeout: 300_000,
    }, async () => {
      const limits = { ...small, seconds: 6, bytesPerSecond: 1e9, lost: 6 }
      const scans = await scansOf(pool(kind, 'hangs often', `if (member.size > 4) for (;;); ${read}`, { limits }))
      assert.deepEqual(
        reasonsOf(scans),
        items.map((_, i) => (i > 4 ? 'timeout' : '')),
      )
    })

    void it('what a result is used for may fail too', { timeout: 300_000 }, async () => {
      const used = pool(kind, 'echo', read)
      await assert.rejects(
        used.run('scan', items, () => {
          throw new Error('full')
        }),
        /full/,
      )
      await used.end()
    })

    void it('every unit is done once, with more workers than units and with none', { timeout: 300_000 }, async () => {
      for (const some of [items, items.slice(0, 1), []])
        assert.deepEqual(
          (await scansOf(pool(kind, 'echo', read, { jobs: 8 }), some)).map(({ artifact }) => artifact.path),
          some.map((item) => item.path),
        )
    })
  })
}

void it('a process that ends before it says at which file it is costs that file alone', {
  timeout: 300_000,
}, async () => {
  const script = join(folder, 'seldom.mjs')
  const act = `if (member.size === 7) process.abort(); ${read}`
  write(folder, { 'seldom.mjs': scripts.process(act).replace('SELDOM = false', 'SELDOM = true') })
  const start = {
    thread: () => assert.fail('no thread'),
    process: () => startProcess(null, pathToFileURL(script), small),
  }
  const scans = await scansOf(pool('process', 'none', read, { start }))
  assert.deepEqual(reasonsOf(scans), only(7, 'failed'))
})

void describe('memory', () => {
  void it('a thread whose heap is full gives up the file, and the others are read', { timeout: 300_000 }, async () => {
    const act = `const all = []; if (member.size === 7) for (;;) all.push(new Array(1e5).fill(member.path + all.length)); ${read}`
    const limits = { ...small, seconds: 40 }
    assert.deepEqual(reasonsOf(await scansOf(pool('thread', 'fills', act, { limits }))), only(7, 'memory'))
  })

  // A limit of the heap counts no buffers: the program itself looks at what a process has.
  for (const [name, fill] of [
    ['buffers', 'all.push(Buffer.alloc(1 << 22, 1))'],
    ['its heap', 'all.push(new Array(1e5).fill(String(all.length)))'],
  ] as const)
    void it(`a process that fills memory with ${name} is ended, and the others are read`, {
      timeout: 300_000,
    }, async () => {
      const guard = `import { Worker } from 'node:worker_threads'
        if (${JSON.stringify(name)} === 'buffers') new Worker(new URL(${JSON.stringify(pathToFileURL(join(root, 'src/run/guard.ts')).href)}), { workerData: { parent: process.ppid, memory: 300, begun: new SharedArrayBuffer(4) } }).unref()\n`
      const act = `const all = []; if (member.size === 7) for (;;) ${fill}; ${read}`
      const file = `${name}.mjs`.replace(' ', '-')
      write(folder, { [file]: guard + scripts.process(act) })
      const script = pathToFileURL(join(folder, file))
      const start = {
        thread: () => assert.fail('no thread'),
        process: () => startProcess(null, script, { ...small, memory: name === 'buffers' ? 2048 : 64 }),
      }
      const used = pool('process', 'none', read, { start, limits: { ...small, seconds: 40 } })
      assert.deepEqual(reasonsOf(await scansOf(used)), only(7, 'memory'))
    })
})

void describe('a thread that helps another with a large file', () => {
  const large = {
    path: 'large.log',
    windowsPath: null,
    size: 64 << 20,
    modified: null,
    ref: { root: '', steps: [{ in: 'folder', path: 'large' }] },
  } as const
  const slowly = 'setTimeout(() => answer({ scan: { artifact: { path: member.path } } }), 1_000)'
  const helped = (name: string, act: string): WorkerPool =>
    pool('thread', name, `if (isHelp) { ${act} } else ${slowly}`, { jobs: 2, limits: { ...small, seconds: 60 } })

  for (const [name, act] of [
    ['tells when it is through', 'parentPort.postMessage([])'],
    ['fails', "throw new Error('no help')"],
    ['wants too much memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(member.path + all.length))'],
  ] as const)
    void it(`${name}: the file is read`, { timeout: 300_000 }, async () => {
      const scans = await scansOf(helped(name, act), [large])
      assert.deepEqual(
        scans.map(({ artifact }) => artifact.path),
        ['large.log'],
      )
    })
})

void describe('which worker reads', () => {
  const loose = (path: string, size: number): Member => ({
    path,
    windowsPath: null,
    size,
    modified: null,
    ref: { root: folder, steps: [{ in: 'folder', path }] },
  })

  void it('members that come out of one stream are read by one worker, in their order', {
    timeout: 300_000,
  }, async () => {
    const some = items.map((item, i): Member => {
      const at = 1000 * i
      const step = { in: 'tar', index: i, data: at, size: i } as const
      const root = i % 4 === 0 ? 'one.tar.gz' : i % 4 === 1 ? 'two.tar.gz' : ''
      return root === '' ? item : { ...item, ref: { root, steps: [{ in: 'gzip' }, step] } }
    })
    const order = new Map<string, { workers: Set<number>; indexes: number[] }>()
    const used = pool('process', 'echo', read)
    await used.run<Member, { threadId: number }>('scan', some, ({ threadId }, index) => {
      const { root } = some[index]!.ref
      const seen = order.get(root) ?? { workers: new Set(), indexes: [] }
      seen.workers.add(threadId)
      seen.indexes.push(index)
      order.set(root, seen)
    })
    await used.end()
    for (const root of ['one.tar.gz', 'two.tar.gz']) {
      const { workers, indexes } = order.get(root)!
      assert.equal(workers.size, 1)
      assert.deepEqual(
        indexes,
        indexes.toSorted((a, b) => a - b),
      )
      assert.equal(indexes.length, 5)
    }
  })

  void it('threads look at large loose logs only, and what is none is read by a process', async () => {
    assert.ok(isLargeLog(loose('a/u_ex.LOG', 2 << 20)))
    assert.ok(!isLargeLog(loose('a/u_ex.log', 1000)))
    assert.ok(!isLargeLog(loose('a/shell.aspx', 2 << 20)))
    assert.ok(!isLargeLog({ ...loose('a.log', 2 << 20), ref: { root: 'x', steps: [{ in: 'gzip' }] } }))
    const log = `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\n${'2021-03-03 10:00:00 192.0.2.1 GET /owa/ - 443 - 198.51.100.7 curl 200\n'.repeat(20_000)}`
    write(folder, {
      'real.log': log,
      'binary.log': Buffer.alloc(2 << 20, 'MZ'),
      'page.log': '<%@ Page %>'.repeat(200_000),
    })
    const used: string[] = []
    const start = {
      thread: (...[settings, limits]: Parameters<NonNullable<PoolOptions['start']>['thread']>) => {
        used.push('thread')
        return startThread(settings, undefined, limits)
      },
      process: (...[settings, limits]: Parameters<NonNullable<PoolOptions['start']>['process']>) => {
        used.push('process')
        return startProcess(settings, undefined, limits)
      },
    }
    const members = ['real.log', 'binary.log', 'page.log'].map((path) => loose(path, 2 << 20))
    const scans = await scansOf(workerPool({ jobs: 1, paths, zone: null, start }), members)
    assert.deepEqual(
      scans.map(({ artifact }) => artifact.parser),
      ['iis', 'scan', 'scan'],
    )
    assert.deepEqual(used, ['thread', 'process'])
  })

  void it('a process that reads evidence can write no file and start no program', async () => {
    write(folder, {
      'kept.txt': 'as it was',
      'attempts.mjs': `import { openSync, rmSync, writeFileSync, renameSync, chmodSync, symlinkSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
const at = (name) => ${JSON.stringify(`${folder}/`)} + name
const attempts = [
  () => writeFileSync(at('new.txt'), ''),
  () => openSync(at('kept.txt'), 'r+'),
  () => rmSync(at('kept.txt')),
  () => renameSync(at('kept.txt'), at('new.txt')),
  () => chmodSync(at('kept.txt'), 0o777),
  () => symlinkSync(at('kept.txt'), at('new.txt')),
  () => spawnSync(process.execPath, ['-e', '0']),
]
const codes = attempts.map((attempt) => { try { attempt(); return 'done' } catch (error) { return error.code } })
process.stderr.write(codes.join(' '))
process.exit(3)
`,
    })
    const child = startProcess(null, pathToFileURL(join(folder, 'attempts.mjs')))
    const ending = await new Promise<Ending>((resolve) => {
      child.tell({ answers: () => undefined, ended: resolve })
    })
    assert.match(String(ending.error), /exit status 3 [^\n]*\n(?:ERR_ACCESS_DENIED ?){7}$/)
    assert.equal(readFileSync(join(folder, 'kept.txt'), 'utf8'), 'as it was')
    assert.ok(!existsSync(join(folder, 'new.txt')))
  })

  for (const [name, stub] of [
    [
      'an instance',
      "const { Instance, Module } = WebAssembly\nWebAssembly.Instance = class { constructor(module, imports) { if (!Module.exports(module).some(({ name }) => name === 'layOut')) return new Instance(module, imports); tell(); throw new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance') } }",
    ],
    [
      'more pages',
      "WebAssembly.Memory.prototype.grow = () => { tell(); throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory') }",
    ],
  ] as const)
    void it(`where WebAssembly gets no memory for ${name}, the plain reader reads the same`, async () => {
      const file = `no-memory-for-${name.replace(' ', '-')}.mjs`
      // The process may write no file: a connection shows that it came so far. It waits for that, since it is ended when it has read.
      const server = createServer((connection) => connection.on('error', () => undefined).destroy())
      after(() => server.close())
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const connected = once(server, 'connection', { signal: AbortSignal.timeout(60_000) })
      const { port } = server.address() as AddressInfo
      const connecting = `const { connect } = require('node:net')
const { workerData } = require('node:worker_threads')
connect(${port}, '127.0.0.1').on('connect', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0) })`
      write(folder, {
        [file]: `import { Worker } from 'node:worker_threads'
const tell = () => {
  const isConnected = new Int32Array(new SharedArrayBuffer(4))
  new Worker(${JSON.stringify(connecting)}, { eval: true, workerData: isConnected })
  Atomics.wait(isConnected, 0, 0, 30_000)
}
${stub}
await import(${JSON.stringify(pathToFileURL(join(root, 'src/run/worker.ts')).href)})
`,
      })
      const script = pathToFileURL(join(folder, file))
      const log = `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\n${'2021-03-03 10:00:00 192.0.2.1 GET /owa/ - 443 - 198.51.100.7 curl 200\n'.repeat(2_000)}`
      write(folder, { 'u_ex.log': log })
      const shipped = { packs: [join(root, 'packs')], rules: [], iocs: [] }
      const members = [loose('u_ex.log', log.length)]
      const [whole] = await scansOf(workerPool({ jobs: 1, paths: shipped, zone: null }), members)
      assert.equal(whole!.artifact.events, 2_000)
      const start = {
        thread: () => assert.fail('no thread'),
        process: (...[settings, limits]: Parameters<NonNullable<PoolOptions['start']>['process']>) =>
          startProcess(settings, script, limits),
      }
      assert.deepEqual(await scansOf(workerPool({ jobs: 1, paths: shipped, zone: null, start }), members), [whole])
      await connected
    })

  void it('all kinds of workers find the same in the sample as this thread', async () => {
    const shipped = { packs: [join(root, 'packs')], rules: [], iocs: [] }
    const members: Member[] = []
    for await (const item of (await openEvidence(join(sample, 'C/inetpub'))).list())
      if ('ref' in item) members.push(item)
    const here: Scan[] = []
    const inline: Pool = inlinePool(await loadKnowledge(shipped), null)
    await inline.run<Member, Scan>('scan', members, (scan, index) => void (here[index] = scan))
    assert.ok(here.some((scan) => scan.hits.length > 0))
    for (const isForThread of [() => false, () => true])
      assert.deepEqual(await scansOf(workerPool({ jobs: 2, paths: shipped, zone: null, isForThread }), members), here)
  })
})

void describe('what is said of an exception', () => {
  void it('is the same on every machine', () => {
    assert.equal(
      failureOf(new TypeError("no such file '/home/me/postern/dist/x.js'\nat y")),
      "TypeError: no such file 'x.js'",
    )
    assert.equal(failureOf(new Error('in C:\\Users\\me\\x.js: bad')), 'Error: in x.js: bad')
    assert.equal(failureOf('a text'), 'a text')
    assert.ok(failureOf(new Error('x'.repeat(1000))).length <= 200)
  })
})

void it('files that hang take no time from a large log', () => {
  const patience = new Patience(LIMITS)
  patience.lose(10 * LIMITS.lost * 1000)
  assert.equal(patience.for(0), 1_000)
  // A second, and one for every 5 MB.
  assert.equal(patience.for(1_000_000_000), 201_000)
})
