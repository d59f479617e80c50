import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { place, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()
const install = join(folder, 'Exchange Server', 'V15')
const page = '<%@ Page Language="C#" %>\n<html><body>A page of a later build.</body></html>\n'
write(install, { 'FrontEnd/HttpProxy/owa/auth/errorFE.aspx': page, 'ClientAccess/ecp/new.aspx': page })
const list = join(folder, 'own.tsv')

it('make lists a folder by path and digest, and never writes over a file', async () => {
  const made = await runHere(['baseline', 'make', join(install, 'FrontEnd'), '--build', '15.2.1544.4', '--out', list])
  assert.deepEqual([made.status, made.err], [0, ''])
  const [row] = readFileSync(list, 'utf8').split('\n').slice(-2)
  assert.match(
    row!,
    /^[0-9a-f]{64}\tExchange Server\/V15\/FrontEnd\/HttpProxy\/owa\/auth\/errorFE\.aspx\t15\.2\.1544\.4$/,
  )
  assert.equal((await runHere(['baseline', 'make', install, '--build', '15.2.1544.4', '--out', list])).status, 1)
})

it('list says what is known', async () => {
  const { status, out } = await runHere(['baseline', 'list', list])
  assert.equal(status, 0)
  assert.match(out, /124432 contents/)
  assert.match(out, /own\.tsv: 1 paths, 1 contents, build 15\.2\.1544\.4/)
})

it('assess --baseline: what it lists is no lead', async () => {
  const evidence = write(join(folder, 'evidence'), {
    'C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/owa/auth/errorFE.aspx': page,
  })
  const rules = async (out: string, ...options: string[]): Promise<string[]> => {
    await runHere(['assess', evidence, '--out', join(folder, out), '--quiet', ...options])
    const lines = readFileSync(join(folder, out, 'EVIDENCE', 'findings.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
    return lines.map((line) => (JSON.parse(line) as { title: string }).title)
  }
  assert.deepEqual(await rules('without'), ['Front-End Page with Content That No Known Build Has'])
  assert.deepEqual(await rules('with', '--baseline', list), [])
})

for (const [what, bytes, sentence] of [
  ['that unpacks to a gigabyte', gzipSync(Buffer.alloc(300 * 1024 * 1024)), /larger than 256 MiB/],
  ['that is cut off', gzipSync('a list').subarray(0, -9), /damaged or truncated/],
  ['that is another program', Buffer.from('MZ\x90\0\x03'), /not in the format of a baseline/],
] as const) {
  it(`a file ${what} is refused with one sentence`, async () => {
    const file = join(folder, 'hostile')
    writeFileSync(file, bytes)
    const { status, err } = await runHere(['baseline', 'list', file])
    assert.equal(status, 2)
    assert.match(err, sentence)
    assert.equal(err.trim().split('\n').length, 1)
  })
}

for (const [args, status] of [
  [['baseline'], 2],
  [['baseline', 'make', install, '--out', list], 2],
  [['baseline', 'make', join(folder, 'none'), '--build', '15.2.1.1', '--out', list], 2],
  [['baseline', 'list', join(folder, 'none')], 2],
  [['assess', install, '--baseline', join(folder, 'none'), '--out', join(folder, 'x')], 2],
] as const) {
  it(`${args.slice(0, 2).join(' ')}: exit ${status}`, async () => assert.equal((await runHere(args)).status, status))
}
