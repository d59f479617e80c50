import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import { damaged } from '../core/damage.ts'
import { clean } from '../core/planted-damage.ts'

// Forms of configurations, tasks and pages that Windows and IIS read, and that look like nothing: on an otherwise clean
// server each must show, or make the state one that is not known. The last of each form is an ordinary one.

const folder = 'C/inetpub/wwwroot/aspnet_client/'
const server = 'C/Windows/System32/inetsrv/config/'
const section = (name: string, file: string): string =>
  `<configuration><system.webServer><${name} configSource="${file}" /></system.webServer></configuration>`
const odd =
  '<handlers><add name="own" path="*.own" verb="*" modules="IsapiModule" scriptProcessor="C:\\Users\\Public\\x.dll" /></handlers>'
const ordinary =
  '<handlers><add name="StaticFile" path="*" verb="*" modules="StaticFileModule" resourceType="Either" /></handlers>'
const modules = '<globalModules><add name="Cache2" image="C:\\Users\\Public\\cache2.dll" /></globalModules>'
const encrypted = (name: string): string =>
  `<configuration><system.web><${name} configProtectionProvider="RsaProtectedConfigurationProvider"><EncryptedData><CipherData><CipherValue>AAAA</CipherValue></CipherData></EncryptedData></${name}></system.web></configuration>`

/** As every IIS has it. */
const redirection = (attributes: string): string =>
  `<configuration><configSections><section name="configurationRedirection" /></configSections><configurationRedirection${attributes} /></configuration>`

const task = (line: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo><URI>\\Reg</URI></RegistrationInfo>
<Actions><Exec><Command>powershell.exe</Command><Arguments>-w hidden -c "${line}"</Arguments></Exec></Actions></Task>`
const tasks = 'C/Windows/System32/Tasks/Reg'

const page = Buffer.from('<%@ Page Language="JScript"%><%eval(Request.Item["x"],"unsafe");%>')
/** UTF-32 without a mark. */
const wide = (text: Buffer, at: 0 | 3): Buffer => {
  const bytes = Buffer.alloc(4 * text.length)
  text.forEach((byte, i) => (bytes[4 * i + at] = byte))
  return bytes
}

// what it is, the files that are added, and the verdict that follows
const cases = [
  [
    'handlers in a file of their own',
    { [`${folder}web.config`]: section('handlers', 'h.txt'), [`${folder}h.txt`]: odd },
    'compromised',
  ],
  [
    'handlers in a folder below',
    { [`${folder}web.config`]: section('handlers', 'Sub\\H.config'), [`${folder}sub/h.config`]: odd },
    'compromised',
  ],
  [
    'modules in a file of their own',
    { [`${server}applicationHost.config`]: section('globalModules', 'm.xml'), [`${server}m.xml`]: modules },
    'compromised',
  ],
  [
    'a file of a section behind a long comment',
    { [`${folder}web.config`]: section('handlers', 'h.xml'), [`${folder}h.xml`]: `<!--${' '.repeat(70_000)}-->${odd}` },
    'cannot-tell',
  ],
  ['a file of a section that is not there', { [`${folder}web.config`]: section('handlers', 'h.xml') }, 'cannot-tell'],
  ['modules that are encrypted', { [`${folder}web.config`]: encrypted('httpModules') }, 'cannot-tell'],
  [
    'ordinary handlers in a file of their own',
    { [`${folder}web.config`]: section('handlers', 'h.xml'), [`${folder}h.xml`]: ordinary },
    'no-evidence',
  ],
  [
    'settings in a file that is not there',
    {
      [`${folder}web.config`]: section('rules', 'rules.xml').replace(
        'system.webServer>',
        'appSettings configSource="a.config"/><system.webServer>',
      ),
    },
    'no-evidence',
  ],
  ['a redirection that is not enabled', { [`${server}redirection.config`]: redirection('') }, 'no-evidence'],
  [
    'a redirection to another machine',
    { [`${server}redirection.config`]: redirection(' enabled="true" path="\\\\10.0.0.9\\iis"') },
    'cannot-tell',
  ],
  ['identity that is encrypted', { [`${folder}web.config`]: encrypted('identity') }, 'no-evidence'],
  ['a value of the registry by an alias', { [tasks]: task('iex ((gp HKLM:\\SOFTWARE\\Cfg).Data)') }, 'compromised'],
  [
    'a value of the registry alone',
    { [tasks]: task('iex (Get-ItemPropertyValue HKLM:\\SOFTWARE\\Cfg Data)') },
    'compromised',
  ],
  ['a value of the registry into a pipe', { [tasks]: task('gpv HKLM:\\SOFTWARE\\Cfg Data | iex') }, 'compromised'],
  ['a value of the registry that is shown', { [tasks]: task('gpv HKLM:\\SOFTWARE\\Cfg Data') }, 'no-evidence'],
  ['a command of a server-side include', { [`${folder}x.shtml`]: '<!--#exec cmd="whoami" -->' }, 'compromised'],
  [
    'a command in a file that a server-side include names',
    { [`${folder}x.stm`]: '<!--#include file="a.txt" -->', [`${folder}a.txt`]: '<!--#exec cmd="whoami" -->' },
    'compromised',
  ],
  ['server-side includes that run nothing', { [`${folder}x.shtml`]: '<!--#include file="a.txt" -->' }, 'no-evidence'],
  ['a page of server-side includes that is no text', { [`${folder}x.shtml`]: Buffer.alloc(400) }, 'cannot-tell'],
  [
    'a workflow that starts a program',
    {
      [`${folder}x.xamlx`]:
        '<WorkflowService xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" xmlns:d="clr-namespace:System.Diagnostics;assembly=System"><InvokeMethod TargetType="d:Process" MethodName="Start" /></WorkflowService>',
    },
    'compromised',
  ],
  [
    'an object in resources of a site',
    {
      [`${folder}App_GlobalResources/a.resx`]: `<root><data name="x" mimetype="application/x-microsoft.net.object.binary.base64"><value>${Buffer.from('TextFormattingRunProperties').toString('base64')}</value></data></root>`,
    },
    'compromised',
  ],
  [
    'resources of a site',
    { [`${folder}App_GlobalResources/a.resx`]: '<root><data name="x"><value>Hello</value></data></root>' },
    'no-evidence',
  ],
  ['a page in UTF-32', { [`${folder}x.aspx`]: wide(page, 0) }, 'compromised'],
  ['a page in UTF-32 of the other order', { [`${folder}x.aspx`]: wide(page, 3) }, 'compromised'],
] as const

void test('on a clean server', async (t) => {
  const added = cases.map(([name, files]) => ({
    name,
    files: new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)])),
  }))
  const seen = new Map<string, Assessment>()
  await damaged(
    clean,
    () => added,
    ({ name }, result) => void seen.set(name, result),
  )
  for (const [what, , is] of cases)
    await t.test(what, () => {
      const { verdict } = seen.get(what)!
      assert.equal(verdict.is, is, verdict.sentence)
    })
})
