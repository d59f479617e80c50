import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { assess as Assess, open as Open, RunError as Refused } from '../../src/cli/api.ts'

// The package as another project imports it: a folder with node_modules/postern.

const root = join(import.meta.dirname, '..', '..')
const project = mkdtempSync(join(tmpdir(), 'postern-api-'))
after(() => rmSync(project, { recursive: true, force: true }))
mkdirSync(join(project, 'node_modules'))
symlinkSync(root, join(project, 'node_modules', 'postern'), 'dir')
mkdirSync(join(project, 'rules'))
writeFileSync(
  join(project, 'rules', 'page.yml'),
  `title: Page of a Name of Ours
logsource:
  category: webserver
detection:
  selection:
    cs-uri-stem|endswith: /nothing-of-this-name.aspx
  condition: selection
level: low
`,
)
mkdirSync(join(project, 'evidence'))
for (const name of ['MAIL01', 'MAIL02'])
  cpSync(join(root, 'samples', 'server'), join(project, 'evidence', name), { recursive: true })

type Api = { readonly assess: typeof Assess; readonly open: typeof Open; readonly RunError: typeof Refused }
const { assess, open, RunError } = (await import(pathToFileURL(join(root, 'dist', 'cli', 'api.js')).href)) as Api

describe('import { assess } from "postern"', () => {
  it('gives verdict, assessment and findings, and removes its folder', async () => {
    const results = await assess(join(root, 'samples', 'server'))
    const [server] = results.servers
    assert.equal(server?.verdict.is, 'compromised')
    assert.equal(server.answers['mail-taken'], 'yes')
    const assessment = await server.assessment()
    assert.equal(assessment.schema, 'postern-assessment/2')
    let findings = 0
    for await (const { id } of server.findings()) if (id !== '') findings++
    assert.ok(findings >= assessment.findings.length && findings > 0)
    assert.equal(await results.case(), null)
    assert.deepEqual(
      (await open(results.out)).servers.map(({ name }) => name),
      [server.name],
    )
    await results.dispose()
    assert.equal(existsSync(results.out), false)
  })

  it('rejects with the sentence and the status of the command', async () => {
    const refused = (status: number, message: RegExp) => (error: unknown) =>
      error instanceof RunError && error.status === status && message.test(error.message)
    await assert.rejects(assess(join(project, 'nothing')), refused(2, /nothing: no such file or directory/))
    await assert.rejects(assess(project, { timezone: 'Atlantis' }), refused(2, /^Invalid time zone 'Atlantis'/))
    await assert.rejects(assess(project, { nonsense: true } as object), refused(2, /nonsense/))
    await assert.rejects(assess(project, { signal: AbortSignal.abort() }), refused(130, /./))
    await assert.rejects(open(project), refused(2, /contains no results/))
  })

  it('has declarations that a strict project accepts', () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import { assess, type Assessment, type Results, RunError } from 'postern'
export async function verdictOf(folder: string): Promise<Assessment['verdict'] | number> {
  try {
    const results: Results = await assess(folder, { join: true, jobs: 1, format: ['stix'] })
    return (await results.servers[0]!.assessment()).verdict
  } catch (error) {
    return error instanceof RunError ? error.status : 1
  }
}
// @ts-expect-error -- no such option
void assess('x', { zone: 'UTC' })
`,
    )
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
    const types = ['--typeRoots', join(root, 'node_modules', '@types')]
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    execFileSync(process.execPath, [compiler, ...options, ...types, 'use.ts'], { cwd: project, stdio: 'pipe' })
  })

  const page = readFileSync(join(root, 'docs', 'use', 'api.md'), 'utf8')
  const examples = [...page.matchAll(/^## (.+)\n\n```js\n([^]*?)```/gm)]
  it('the page has three examples', () => assert.equal(examples.length, 3))
  for (const [, title, code] of examples)
    it(`the example runs: ${title}`, () => {
      writeFileSync(join(project, 'example.mjs'), code!)
      const printed = execFileSync(process.execPath, ['example.mjs'], { cwd: project, encoding: 'utf8' })
      assert.match(printed, /compromised|critical|Shell|Markup|SSRF/)
    })
})
