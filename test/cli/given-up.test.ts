import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { assessCommand } from '../../src/cli/commands/assess.ts'
import { terminalOf } from '../../src/cli/terminal.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { startProcess } from '../../src/run/process.ts'
import { LIMITS } from '../../src/run/thread.ts'
import { httpProxyLog, place, write } from './command.ts'
import { smallPack } from './interrupted.ts'

const folder = place()
const pack = smallPack(join(folder, 'packs'))
const terminal = terminalOf({ stdout: {}, stderr: {}, env: {} })
const page = 'C/inetpub/wwwroot/aspnet_client/hostile.aspx'

/** A process that reads as any does, but that does something else when it comes to this page. */
function hostile(name: string, act: string): URL {
  const worker = pathToFileURL(join(import.meta.dirname, '../../src/run/worker.ts')).href
  write(folder, {
    [name]: `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const { openSync } = fs
      fs.openSync = (path, ...rest) => { if (/hostile\\.aspx$/.test(String(path))) { ${act} } return openSync(path, ...rest) }
      syncBuiltinESMExports()
      await import(${JSON.stringify(worker)})\n`,
  })
  return pathToFileURL(join(folder, name))
}

void describe('a small evidence, read with one job, in which one page', () => {
  for (const [name, act, reason, degraded, stack = /./] of [
    ['never ends', 'for (;;);', 'timeout', true],
    ['takes all memory', 'const all = []; for (;;) all.push(Buffer.alloc(1 << 24, 1))', 'memory', true],
    ['crashes the process', 'process.abort()', 'failed', false, /its process|a worker process ended with/],
    [
      'meets a mistake of the program',
      "throw new TypeError('a mistake')",
      'failed',
      false,
      /^TypeError: a mistake\n(?: {4}at .*\n)*.*src\/evidence\/directory\.ts:\d+:\d+/m,
    ],
  ] as const)
    void it(`${name}: it is a gap, all else is read, and the answer says so`, { timeout: 120_000 }, async (t) => {
      const evidence = write(join(folder, `evidence ${reason} ${name}`), {
        'C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Ecp/HttpProxy_1.log': httpProxyLog('MAIL01'),
        [page]: '<%@ Page Language="C#" %>',
        'C/inetpub/wwwroot/iisstart.htm': '<html></html>',
      })
      const out = join(folder, `out ${reason} ${name}`)
      const limits = { ...LIMITS, memory: 400, seconds: 5 }
      const script = hostile(`${reason}-${name.length}.mjs`, act)
      const said = t.mock.method(process.stderr, 'write', () => true)
      const status = await assessCommand(['--packs', pack, '--quiet', '--out', out, '--', evidence], {
        terminal,
        limits,
        // Where a process ends by itself, another tells at which file that was.
        readers: [1, 2].map(() => startProcess(null, script, limits)),
      })
      const sentences = said.mock.calls.map(({ arguments: [sentence] }) => String(sentence))
      said.mock.restore()
      assert.equal(status, 3)
      // A mistake of the program is reported with a file of its own, and with one sentence at the end.
      const file = join(out, 'crash.txt')
      assert.equal(existsSync(file), reason === 'failed')
      if (reason === 'failed') {
        assert.match(
          sentences.at(-1)!,
          /at one file of the evidence, listed as not read\. Please report it .*crash\.txt/,
        )
        assert.match(readFileSync(file, 'utf8'), stack)
      }
      const assessment = JSON.parse(readFileSync(join(out, 'MAIL01/assessment.json'), 'utf8')) as Assessment
      assert.deepEqual(
        assessment.evidence.gaps.map((gap) => gap.reason),
        [reason],
      )
      assert.deepEqual(
        assessment.coverage.gaps.map(({ path }) => path),
        [page],
      )
      assert.equal(assessment.degraded, degraded)
      assert.equal(assessment.evidence.files, 3)
      assert.ok(assessment.evidence.manifest.every(({ path, parser }) => path === page || parser !== null))
    })
})

void describe('a process that reads', { skip: process.platform === 'win32' }, () => {
  void it('ends with the run, also when that is killed while a page never ends', { timeout: 300_000 }, async () => {
    const script = hostile('orphan.mjs', 'for (;;);')
    const source = `import { startProcess } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/run/process.ts')).href)}
      const settings = { paths: { packs: [], rules: [], iocs: [] }, zone: null, passwords: [] }
      const worker = startProcess(settings, new URL(${JSON.stringify(script.href)}))
      const step = { in: 'folder', path: 'hostile.aspx' }
      worker.post([{ member: { path: 'hostile.aspx', windowsPath: null, size: 1, modified: 0, ref: { root: ${JSON.stringify(folder)}, steps: [step] } } }])
      setInterval(() => console.log(worker.pid, worker.begun()), 50)`
    write(folder, { 'hostile.aspx': 'x' })
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.setEncoding('utf8').on('data', (text: string) => {
        const begun = /^(\d+) 1$/m.exec(text)
        if (begun) resolve(Number(begun[1]))
      }),
    )
    parent.kill('SIGKILL')
    while (isThere(pid)) await new Promise((resolve) => setTimeout(resolve, 50))
  })
})

function isThere(pid: number): boolean {
  try {
    // One that has ended and is nobody's child may still be in the table of processes.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
