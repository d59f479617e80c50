import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { zipOf } from '../../tools/writers/zip.ts'
import { evidenceFiles, materialise } from '../../tools/simulator/build.ts'
import { readSpec, type ServerSpec } from '../../tools/simulator/spec.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const story = readSpec(join(root, 'packs/proxylogon-2021/samples/compromised/full-chain-patched-late/server.yml'))
const spec: ServerSpec = {
  ...story,
  every: 12,
  kinds: ['iis-frontend', 'httpproxy-ecp', 'ecp-server', 'web-roots', 'transport-agents', 'windows-security'],
}
/** The same server under another name, on which nothing happened. */
const other: ServerSpec = { ...spec, name: 'FAKE99', steps: [] }

const wwwroot = 'C/inetpub/wwwroot/aspnet_client'
/** A file that whoever got in can write: paths below the evidence, with their content. */
type Planted = Readonly<Record<string, string | Buffer>>

const logsOf = (name: RegExp, of: ServerSpec = other): { readonly path: string; readonly bytes: Buffer }[] =>
  evidenceFiles(of, 'ctree').filter(({ path }) => name.test(path))
const below = (folder: string, files: readonly { readonly path: string; readonly bytes: Buffer }[]): Planted =>
  Object.fromEntries(files.map(({ path, bytes }) => [`${folder}/${path}`, bytes]))
const eventOf = (number: number): string => {
  const time = new Date(Date.UTC(2021, 1, 27) + number * 20_000).toISOString()
  const System = { Provider: { '@Name': 'Microsoft-Windows-Security-Auditing' }, EventID: 4624, EventRecordID: number }
  return `${JSON.stringify({ Event: { System: { ...System, Channel: 'Security', Computer: 'FAKE99', TimeCreated: { '@SystemTime': time } }, EventData: { TargetUserName: 'a' } } })}\n`
}

void describe('what an intruder plants on a compromised server changes nothing of the answer', () => {
  let folder = ''
  let clean = ''
  let run: (evidence: string) => Promise<Assessment>
  let plain: Assessment

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postern-planted-'))
    clean = join(folder, 'clean')
    await materialise(spec, clean)
    const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
    const facts = loadExposureFacts(join(root, 'knowledge'))
    const pool = inlinePool(knowledge, null)
    run = (evidence) => assess([evidence], knowledge, facts, pool, { fallbackName: 'EVIDENCE', tool: 'test' })
    plain = await run(clean)
    assert.deepEqual([plain.verdict.is, plain.server.name], ['compromised', spec.name])
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  async function withPlanted(files: Planted, change: (place: string) => void = () => undefined): Promise<Assessment> {
    const place = join(folder, 'planted')
    rmSync(place, { recursive: true, force: true })
    cpSync(clean, place, { recursive: true, preserveTimestamps: true })
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(place, path)), { recursive: true })
      writeFileSync(join(place, path), content)
    }
    change(place)
    return run(place)
  }

  /** All that counted before still does: answers, exposure, proofs. */
  function staysTheSame(planted: Assessment): void {
    assert.equal(planted.server.name, spec.name)
    assert.deepEqual(planted.server.builds, plain.server.builds)
    assert.equal(planted.verdict.is, 'compromised')
    assert.equal(planted.verdict.sure, plain.verdict.sure)
    const is = (a: Assessment): string[] => a.answers.map(({ question, is: answer }) => `${question}: ${answer}`)
    assert.deepEqual(is(planted), is(plain))
    const covered = (a: Assessment): unknown[] => a.answers.map(({ coverage }) => [coverage.covered, coverage.of])
    assert.deepEqual(covered(planted), covered(plain))
    const proofs = (a: Assessment): string[] => a.findings.filter(({ is }) => is === 'yes').map(({ rule }) => rule)
    for (const rule of proofs(plain)) assert.ok(proofs(planted).includes(rule), rule)
    assert.equal(
      planted.findings.filter(({ notes }) => notes.join().includes(`proves nothing about`)).length,
      plain.findings.filter(({ notes }) => notes.join().includes(`proves nothing about`)).length,
    )
  }

  void it('an entry of another host in a log of its own', async () => {
    const [row] = logsOf(/HttpProxy\/Ecp\/.*LOG$/)[0]!
      .bytes.toString()
      .trimEnd()
      .split(/\r?\n/)
      .slice(-1)
    const planted = await withPlanted({}, (place) => {
      const path = logsOf(/HttpProxy\/Ecp\/.*LOG$/, spec).at(-1)!.path
      appendFileSync(join(place, path), `${row}\r\n`)
    })
    staysTheSame(planted)
    assert.match(planted.evidence.notes.join(), /Entries of other hosts: FAKE99 \(1 entry/)
  })

  void it('sixty thousand events of another host below the web root', async () => {
    const events = Array.from({ length: 60_000 }, (_, i) => eventOf(i)).join('')
    staysTheSame(await withPlanted({ [`${wwwroot}/Security.jsonl.gz`]: gzipSync(events) }))
  })

  void it('whole logs of another host below the web root, loose and in an archive', async () => {
    const logs = logsOf(/\.(log|jsonl)$/i)
    const archive = zipOf(logs.map(({ path, bytes }) => ({ name: path, content: bytes })))
    staysTheSame(await withPlanted({ ...below(wwwroot, logs), [`${wwwroot}/C.zip`]: archive }))
    staysTheSame(await withPlanted({ 'C/ProgramData/backup.zip': archive, ...below('C/Windows/Temp/x', logs) }))
  })

  void it('logs of its own name, with a build on which the door is shut', async () => {
    const patched = { ...other, name: spec.name, builds: [{ build: '15.1.2375.7', from: '2021-01-01' }] }
    staysTheSame(await withPlanted(below(`${wwwroot}/logs`, logsOf(/HttpProxy|LogFiles|ECP/i, patched))))
  })

  void it('as many logs of another host in the folders of logs: both names are told, and the rows of both count', async () => {
    const logs = logsOf(/HttpProxy\/Ecp\/.*LOG$/)
    const planted = await withPlanted(
      Object.fromEntries(logs.map(({ path, bytes }) => [path.replace(/\.LOG/i, '-99.LOG'), bytes])),
    )
    assert.match(
      planted.evidence.notes.join(),
      new RegExp(`logs of 2 hosts.*(${spec.name}.*FAKE99|FAKE99.*${spec.name})`),
    )
    assert.equal(planted.verdict.is, 'compromised')
    assert.equal(planted.verdict.sure, plain.verdict.sure)
  })

  void it('logs of another host since before the wave, where the evidence is of event logs alone', async () => {
    const long = { ...other, period: { ...spec.period, from: '2020-12-20' } }
    const logs = evidenceFiles({ ...long, kinds: ['httpproxy-*', 'iis-*'] }, 'ctree')
    const onlyEvents = (place: string): void => {
      for (const name of readdirSync(join(place, 'C')))
        if (name !== 'Windows') rmSync(join(place, 'C', name), { recursive: true })
    }
    const events = await withPlanted({}, onlyEvents)
    assert.equal(events.verdict.is, 'compromised')
    const planted = await withPlanted({}, (place) => {
      onlyEvents(place)
      for (const { path, bytes } of logs) {
        mkdirSync(dirname(join(place, path)), { recursive: true })
        writeFileSync(join(place, path), bytes)
      }
    })
    assert.equal(planted.verdict.is, 'compromised')
    assert.match(planted.verdict.sentence, /Logs of FAKE99 and MAIL01 were assessed together/)
  })

  void it('lists of collectors and copies that give the shell another place', async () => {
    const shell = shellIn(clean)
    const name = shell.slice(shell.lastIndexOf('/') + 1).replace(/\.enc$/, '')
    const lists: Planted = {
      [join(dirname(shell), 'GetThis.csv')]: `FullName,SampleName\n\\Users\\developer\\${name},${name}\n`,
      [join(dirname(shell), 'uploads.json')]:
        `{"_Components":["uploads","${name}"],"vfs_path":"C:\\\\Users\\\\${name}"}\n`,
    }
    staysTheSame(await withPlanted(lists))
    const copied = await withPlanted({}, (place) => {
      for (const to of ['C/AAA', 'C/Users/developer/site', 'C/Windows/WinSxS/x'])
        cpSync(join(place, shell), join(place, to, `${name}.enc`))
    })
    staysTheSame(copied)
    // It lies where the folders around it say.
    for (const { persistence } of [plain, copied])
      assert.ok(
        persistence.some(
          ({ kind, what, state }) => kind === 'web-shell' && state === 'present' && /inetpub|HttpProxy/i.test(what),
        ),
      )
  })

  for (const name of [
    'C_Windows_frontend_httpproxy_x.aspx.enc',
    'C%3A%5CUsers%5Cdeveloper%5Cx.aspx.enc',
    'C/Windows/System32/x.aspx.enc',
    'C$/Windows/WinSxS/x.aspx.enc',
    'uploads/auto/C%3A/Users/x.aspx.enc',
    'Logging/x.aspx.enc',
    'Temporary ASP.NET Files/root/x.aspx.enc',
    'Exchange Server/V15/FrontEnd/HttpProxy/owa/auth/logon.aspx.enc',
  ])
    void it(`the shell called ${name}`, async () => {
      const planted = await withPlanted({}, (place) => {
        mkdirSync(dirname(join(place, wwwroot, name)), { recursive: true })
        renameSync(join(place, shellIn(place)), join(place, wwwroot, name))
      })
      assert.equal(planted.verdict.is, 'compromised')
      assert.equal(planted.verdict.sure, true)
      assert.ok(
        planted.persistence.some(
          ({ kind, what, state }) =>
            kind === 'web-shell' && state === 'present' && what.startsWith('C:\\inetpub\\wwwroot\\'),
        ),
        JSON.stringify(planted.persistence),
      )
    })
})

/** Shells that run since the configuration of IIS says so. Where they lie, and what makes them run. */
void describe('a shell that only the configuration makes run is one that runs', () => {
  const host = 'C/Windows/System32/inetsrv/config/applicationHost.config'
  const shell = '<%@ Page Language="Jscript"%><%eval(Request.Item["pass"],"unsafe");%>'
  const handled = (path: string): string =>
    `<system.webServer><handlers><add name="own" path="${path}" verb="*" modules="IsapiModule" scriptProcessor="C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll" /></handlers></system.webServer>`
  const configuration = (folder: string, handlers = ''): string =>
    `<configuration><system.applicationHost><sites><site name="Own" id="5"><application path="/"><virtualDirectory path="/" physicalPath="${folder}" /></application></site></sites></system.applicationHost>${handlers}</configuration>`
  const inRoot = 'C:\\inetpub\\wwwroot'
  const assessed = async (files: Planted): Promise<Assessment> => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-served-'))
    try {
      await materialise({ ...spec, steps: [] }, folder)
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), content)
      }
      const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
      const facts = loadExposureFacts(join(root, 'knowledge'))
      const pool = inlinePool(knowledge, null)
      return await assess([folder], knowledge, facts, pool, { fallbackName: 'EVIDENCE', tool: 'test' })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const php = '<?php @eval($_POST["pass"]); ?>'
  const names = (file: string): string => `<%@ Page Language="C#" CodeFile="${file}" Inherits="P" %><html></html>`
  const starts = ['System.Diagnostics', '.Process.', 'Start'].join('')
  const code = `using System;\nusing System.Web;\npublic partial class P : System.Web.UI.Page {\n  void Page_Load(object o, EventArgs e) { ${starts}("cmd.exe", "/c " + Request["c"]); }\n}\n`
  const basic = `Imports System.Web\nPartial Class P\n  Inherits System.Web.UI.Page\n  Sub Page_Load(o As Object, e As EventArgs) Handles Me.Load\n    ${starts}("cmd.exe", "/c " & Request("c"))\n  End Sub\nEnd Class\n`
  for (const [what, files] of [
    ['a folder of a site', { [host]: configuration('C:\\web'), 'C/web/x.aspx': shell }],
    [
      'a folder that a variable and dots lead to',
      { [host]: configuration('%windir%\\temp\\..\\pages'), 'C/Windows/pages/x.aspx': shell },
    ],
    ['an ending with a handler', { [host]: configuration(inRoot, handled('*.own')), 'C/inetpub/wwwroot/x.own': shell }],
    ['PHP', { [host]: configuration(inRoot, handled('*.php')), 'C/inetpub/wwwroot/x.php': php }],
    [
      'a name with a handler',
      { [host]: configuration(inRoot, handled('own.txt')), 'C/inetpub/wwwroot/own.txt': shell },
    ],
    ['both', { [host]: configuration('C:\\web', handled('*.own')), 'C/web/x.own': shell }],
    [
      'a text that a page includes',
      { 'C/inetpub/wwwroot/x.txt': shell, 'C/inetpub/wwwroot/p.aspx': '<!-- #Include file = "x.txt" -->' },
    ],
    [
      'a text that a page of another folder includes',
      {
        'C/inetpub/wwwroot/aspnet_client/x.txt': shell,
        'C/inetpub/wwwroot/p.aspx': '<!--#include virtual="/aspnet_client/x.txt"-->',
      },
    ],
    [
      'a text outside that a page includes',
      {
        'C/ProgramData/x.txt': shell,
        'C/inetpub/wwwroot/p.aspx': '<%@ Page %><!--#include file="..\\..\\ProgramData\\x.txt" -->',
      },
    ],
    [
      'a picture that a page executes',
      { 'C/inetpub/wwwroot/x.png': shell, 'C/inetpub/wwwroot/p.asp': '<% Server.Execute("x.png") %>' },
    ],
    [
      'any name with a handler of pages',
      {
        [host]: configuration(
          inRoot,
          handled('*').replace(/scriptProcessor="[^"]*"/, 'type="System.Web.UI.PageHandlerFactory"'),
        ),
        'C/inetpub/wwwroot/x.txt': shell,
      },
    ],
    ['a whole drive', { [host]: configuration('D:\\'), 'D/x.aspx': shell }],
    ['code that a page names', { 'C/inetpub/wwwroot/p.aspx': names('p.aspx.cs'), 'C/inetpub/wwwroot/p.aspx.cs': code }],
    [
      'code that a page names, in Basic',
      { 'C/inetpub/wwwroot/p.aspx': names('../u.vb').replace('C#', 'VB'), 'C/inetpub/u.vb': basic },
    ],
    ['code of all pages of a site', { 'C/inetpub/wwwroot/App_Code/u.cs': code }],
    [
      'code that the frame of a page names',
      {
        'C/inetpub/wwwroot/p.master': names('own/frame.txt').replace('Page', 'Master'),
        'C/inetpub/wwwroot/own/frame.txt': code,
      },
    ],
    [
      'code that a page names, in a folder of a site',
      { [host]: configuration('C:\\web'), 'C/web/p.aspx': names('p.aspx.cs'), 'C/web/p.aspx.cs': code },
    ],
    [
      'a text that a page includes, in a folder of a site',
      { [host]: configuration('C:\\web'), 'C/web/x.txt': shell, 'C/web/p.asp': '<!--#include file="x.txt"-->' },
    ],
    [
      'a handler in a web.config',
      {
        'C/inetpub/wwwroot/web.config': `<configuration>${handled('*.own')}</configuration>`,
        'C/inetpub/wwwroot/x.own': shell,
      },
    ],
    [
      'a folder whose name ends as that of an archive is shown',
      {
        'C/inetpub/wwwroot/a.zip!/web.config': `<configuration>${handled('*.own')}</configuration>`,
        'C/inetpub/wwwroot/a.zip!/x.own': shell,
      },
    ],
  ] as const)
    void it(what, async () => {
      const { verdict, answers, persistence } = await assessed(files)
      const still = answers.find(({ question }) => question === 'still-there')
      assert.deepEqual([verdict.is, verdict.sure, still?.is], ['compromised', true, 'yes'])
      assert.ok(persistence.some(({ kind, state }) => kind === 'web-shell' && state === 'present'))
    })

  void it('a page that cannot be read is one in a folder whose name ends as that of an archive is shown, too', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => ((i * 7919 * (i % 251)) >> 3) & 255))
    for (const name of ['old', 'old!', 'a.zip!'])
      assert.equal((await assessed({ [`C/inetpub/wwwroot/${name}/x.aspx`]: noise })).verdict.is, 'cannot-tell', name)
  })

  void it('code in a text beside a suspicious page is perhaps one', async () => {
    const text = { 'C/inetpub/wwwroot/x.txt': shell }
    const page = '<%@ Page %><% Server.Execute(Name) %>'
    for (const [files, expected] of [
      [{ ...text, 'C/inetpub/wwwroot/p.aspx': page }, 'likely'],
      [text, 'cannot-tell'],
    ] as const) {
      const { answers } = await assessed(files)
      assert.equal(answers.find(({ question }) => question === 'still-there')?.is, expected)
    }
  })

  void it('one with an ending of its own is perhaps one, where no configuration tells what runs', async () => {
    for (const [files, expected] of [
      [{ 'C/inetpub/wwwroot/x.php': php }, 'likely'],
      [{ 'C/inetpub/wwwroot/x.own': shell }, 'likely'],
      [{ 'C/inetpub/wwwroot/x.php': php, [host]: configuration(inRoot) }, 'cannot-tell'],
      [{ 'C/inetpub/wwwroot/x.aspx.bak': shell }, 'cannot-tell'],
      [{ 'C/Users/developer/x.php': php }, 'cannot-tell'],
    ] as const) {
      const { answers } = await assessed(files)
      const still = answers.find(({ question }) => question === 'still-there')
      assert.equal(still?.is, expected, JSON.stringify(Object.keys(files)))
    }
  })

  void it('where no configuration shows which folders are served, it is one all the same, and may still be there', async () => {
    const [yes, perhaps] = [true, false]
    for (const [files, sure] of [
      [{ 'D/sites/x.aspx': shell }, yes],
      [{ 'D/sites/App_Code/u.cs': code }, yes],
      [{ 'D/sites/p.aspx': names('u.txt'), 'D/sites/u.txt': code }, yes],
      [{ 'D/sites/x.php': php }, perhaps],
      [{ 'D/sites/x.own': shell }, perhaps],
    ] as const) {
      const { verdict, answers } = await assessed(files)
      const still = answers.find(({ question }) => question === 'still-there')
      assert.deepEqual(
        [verdict.is, verdict.sure, still?.is],
        ['compromised', sure, 'cannot-tell'],
        JSON.stringify(files),
      )
    }
    // A configuration that does not serve the folder, or a text that is only kept: nothing runs it.
    for (const files of [
      { 'D/sites/x.own': shell, [host]: configuration(inRoot) },
      { 'D/notes/x.txt': shell },
      { 'D/notes/u.cs': code },
      { 'C/Users/developer/x.php': php },
    ]) {
      const { verdict } = await assessed(files)
      assert.ok(!['compromised', 'exploited'].includes(verdict.is), JSON.stringify(Object.keys(files)))
    }
  })

  void it('and not elsewhere, in a copy of an earlier configuration, or in an archive', async () => {
    for (const files of [
      { [host]: configuration('C:\\web'), 'C/webs/x.aspx': shell },
      {
        'C/inetpub/history/CFGHISTORY_0000000001/applicationHost.config': configuration('C:\\web'),
        'C/web/x.aspx': shell,
      },
      { [host]: configuration('C:\\web'), 'C/web/a.zip': zipOf([{ name: 'x.aspx', content: Buffer.from(shell) }]) },
      { [host]: configuration('C:\\web', handled('*.own')), 'C/inetpub/wwwroot/x.other': shell },
    ]) {
      const { persistence } = await assessed(files)
      const shells = persistence.filter(({ kind }) => kind === 'web-shell')
      assert.deepEqual(new Set(shells.map(({ state }) => state)), new Set(['unknown']))
    }
  })
})

/** The path of the web shell in the evidence. */
function shellIn(place: string): string {
  const found = (readdirSync(place, { recursive: true }) as string[]).find((path) =>
    path.endsWith('discover2.aspx.enc'),
  )
  return found!.replaceAll('\\', '/')
}
