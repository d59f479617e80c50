import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { listEvidence } from '../../src/evidence/index.ts'
import { PosternError } from '../../src/lib/errors.ts'
import { listInProcess, type ListPatience } from '../../src/run/list.ts'
import { startProcess } from '../../src/run/process.ts'
import { LIMITS } from '../../src/run/thread.ts'
import { write } from '../cli/command.ts'
import { zipOf } from '../../tools/writers/zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-list-'))
after(() => rmSync(folder, { recursive: true }))

const inner = (name: string): Buffer => zipOf([{ name, content: Buffer.from(name) }])
const evidence = write(join(folder, 'evidence'), {
  'a.log': 'a',
  'first.zip': inner('C/first.txt'),
  'hostile.zip': inner('C/hostile.txt'),
  'outer.zip': zipOf([
    { name: 'hostile-too.zip', content: inner('C/hostile-too.txt') },
    { name: 'good.zip', content: inner('C/good.txt') },
  ]),
})
const settings = { paths: { packs: [], rules: [], iocs: [] }, zone: null, passwords: [], isLater: true }
const patience: ListPatience = { start: 30_000, for: () => 3_000, lose: () => undefined }

/** A process that lists as any does, but that does something else when it meets a name. */
function hostile(name: string, act: string): URL {
  const worker = pathToFileURL(join(import.meta.dirname, '../../src/run/worker.ts')).href
  write(folder, {
    [name]: `const { push } = Array.prototype
      Array.prototype.push = function (...items) {
        if (/hostile[\\w-]*\\.txt$/.test(items[0]?.path ?? '')) { ${act} }
        return push.apply(this, items)
      }
      await import(${JSON.stringify(worker)})\n`,
  })
  return pathToFileURL(join(folder, name))
}

async function list(script?: URL, root = evidence, jobs = 2) {
  let started = 0
  const use = {
    open: () => {
      started++
      return startProcess(settings, script, { ...LIMITS, memory: 400 })
    },
    close: (worker: ReturnType<typeof startProcess>) => worker.end(),
  }
  return { ...(await listInProcess({ root, passwords: [], jobs }, patience, use)), started }
}

void describe('a list that a process makes', () => {
  void it('is the same as one that is made here', async () => {
    const { started, ...there } = await list()
    assert.equal(started, 1)
    assert.deepEqual(there, await listEvidence(evidence))
    assert.ok(there.members.some(({ path }) => path === 'outer.zip!/good.zip!/C/good.txt'))
  })

  for (const [name, act, reason] of [
    ['never ends', 'for (;;);', 'timeout'],
    ['fills memory', 'const all = []; for (;;) push.call(all, Buffer.alloc(1 << 24, 1))', 'memory'],
    ['ends the process', 'process.abort()', 'failed'],
    ['meets a mistake of the program', "throw new TypeError('a mistake')", 'failed'],
  ] as const)
    void it(`goes on without an archive in which it ${name}: that is a file which was not read`, {
      timeout: 120_000,
    }, async () => {
      const { members, refused } = await list(hostile(`${name.replaceAll(' ', '-')}.mjs`, act))
      assert.deepEqual(members.map(({ path, refused: why }) => `${path} ${why?.reason ?? ''}`).toSorted(), [
        'a.log ',
        'first.zip!/C/first.txt ',
        `hostile.zip ${reason}`,
        'outer.zip!/good.zip!/C/good.txt ',
        `outer.zip!/hostile-too.zip ${reason}`,
      ])
      assert.deepEqual(refused, [])
    })

  void it('goes on without what collectors say of files, where it fails at that', { timeout: 120_000 }, async () => {
    const worker = pathToFileURL(join(import.meta.dirname, '../../src/run/worker.ts')).href
    write(folder, {
      'words.mjs': `const { parse } = JSON
        JSON.parse = function (text, ...more) {
          if (String(text).includes('hostile')) throw new TypeError('a mistake')
          return parse.call(this, text, ...more)
        }
        await import(${JSON.stringify(worker)})\n`,
    })
    const root = write(join(folder, 'collection'), {
      'uploads.json': '{"hostile":1}\n',
      'uploads/auto/C%3A/a.aspx': 'a',
    })
    const { members, refused } = await list(pathToFileURL(join(folder, 'words.mjs')), root)
    assert.deepEqual(
      members.map(({ path }) => path),
      ['uploads.json', 'uploads/auto/C%3A/a.aspx'],
    )
    assert.deepEqual(
      refused.map(({ path, reason }) => `${path} ${reason}`),
      ['. failed'],
    )
  })

  void it('tells of what is not there in the same words as one that is made here', async () => {
    const nowhere = join(folder, 'nowhere')
    const here = await listEvidence(nowhere).catch((error: unknown) => error as PosternError)
    await assert.rejects(list(undefined, nowhere), (error) => {
      assert.ok(error instanceof PosternError && here instanceof PosternError)
      assert.deepEqual([error.code, error.message], [here.code, here.message])
      return true
    })
  })
})
