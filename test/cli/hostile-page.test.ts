import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { serverFiles } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'
import { place, postern, root, write } from './command.ts'

// A web shell with a comment on which an expression of the program once backtracked without end.
const folder = place()
const ev = ['ev', 'al'].join('')
const shell = `<%@ Page Language="JScript" %><% ${ev}(Request.Item["a"], "unsafe") %>\n`
const comments = {
  'numbers without separators': `<%-- chr(${'a'.repeat(120)}! --%>`,
  'comments that do not end': `<% /*${'/*'.repeat(200_000)} %>`,
  'declarations that do not end': `<% ${'a.a.a.a'.repeat(50_000)} %>`,
  'quotes and blanks': `<% ${'"'.repeat(100_000)}${' '.repeat(200_000)} %>`,
}
const spec = readSpec(join(root, 'packs/proxylogon-2021/samples/base-short.yml'))
const evidence = write(
  join(folder, 'evidence'),
  Object.fromEntries(
    serverFiles(spec).map(({ windowsPath, bytes }) => [windowsPath.replace(':', '').replaceAll('\\', '/'), bytes]),
  ),
)
const page = 'C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/owa/auth/status.aspx'

for (const [what, comment] of Object.entries(comments)) {
  for (const jobs of ['1', '2']) {
    test(`${what}: the web shell is found with ${jobs} threads`, async () => {
      write(evidence, { [page]: shell + comment })
      const out = join(folder, `${what} ${jobs}`)
      const { status, err } = await postern(['assess', evidence, '--jobs', jobs, '--out', out])
      assert.equal(status, 5, err)
      const findings = readFileSync(join(out, 'MAIL01/findings.jsonl'), 'utf8')
      assert.match(findings, /flow-evaluates/)
      assert.doesNotMatch(readFileSync(join(out, 'MAIL01/assessment.json'), 'utf8'), /took too long/)
    })
  }
}
