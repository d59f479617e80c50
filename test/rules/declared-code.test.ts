import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredCode } from '../../src/rules/web-shells/declared-code.ts'

const finds = (file: string | Buffer): string =>
  declaredCode
    .scan(Buffer.from(file))
    .map(({ rule }) => rule)
    .join()

const STARTS = ['Pro', 'cess.Start'].join('')
const XAML = 'xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"'
const workflow = (inner: string, more = ''): string =>
  `<WorkflowService xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml" ${XAML} ${more}><Sequence><Receive OperationName="Run"/>${inner}</Sequence></WorkflowService>`
const system = (prefix: string, space: string): string => `xmlns:${prefix}="clr-namespace:${space};assembly=System"`

const header = Buffer.from([0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0])
const object = (type: string): Buffer => Buffer.concat([header, Buffer.from(` ${type}, System`)])
const gadget = object('Microsoft.VisualStudio.Text.Formatting.TextFormattingRunProperties')
const resources = (value: string, form = 'binary'): string =>
  `<root><data name="x" mimetype="application/x-microsoft.net.object.${form}.base64"><value>${value}</value></data></root>`
const compiled = (...parts: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from('cecaefbe', 'hex'), ...parts])

for (const [what, file, rule] of [
  ['a command of an include', '<html><!--#exec cmd="c:\\x.bat %QUERY_STRING%" --></html>', 'include-runs-command'],
  ['the same with blanks', '<!-- # EXEC  CMD = "whoami" -->', 'include-runs-command'],
  ['a file that is included', '<!--#include file="a.inc" --><!--#echo var="DATE_LOCAL" -->', ''],
  ['text about it', '<p>Use #exec cmd to run a command.</p>', ''],

  [
    'an expression',
    workflow(`<WriteLine Text="[System.Diagnostics.${STARTS}(&quot;cmd&quot;, c)]"/>`),
    'workflow-runs-code',
  ],
  [
    'the same in UTF-16',
    Buffer.from(`\ufeff${workflow(`<Assign Value="[${STARTS}(c)]"/>`)}`, 'utf16le'),
    'workflow-runs-code',
  ],
  ['the same in entities', workflow(`<Assign Value="[${STARTS.replace('.', '&#46;')}(c)]"/>`), 'workflow-runs-code'],
  [
    'a method of a class',
    workflow('<InvokeMethod TargetType="d:Process" MethodName="Start"/>', system('d', 'System.Diagnostics')),
    'workflow-runs-code',
  ],
  [
    'the class by another prefix',
    workflow('<é.1:Process x:FactoryMethod="Start"/>', system('é.1', 'System.Diagnostics')),
    'workflow-runs-code',
  ],
  [
    'any object',
    workflow('<ObjectDataProvider xmlns="http://schemas.microsoft.com/winfx/2006/xaml/presentation" MethodName="x"/>'),
    'workflow-runs-code',
  ],
  [
    'a workflow that sets values',
    workflow('<Assign Value="[a + b]"/><d:Stopwatch/><Variable Name="Process"/>', system('d', 'System.Diagnostics')),
    '',
  ],

  ['an object in resources', resources(gadget.toString('base64')), 'resources-run-code'],
  [
    'the same in lines, quoted',
    resources(`<![CDATA[\n${gadget.toString('base64').replaceAll(/.{20}/g, '$&\n')}]]>`),
    'resources-run-code',
  ],
  [
    'the same as SOAP',
    resources(Buffer.from('<a1:TextFormattingRunProperties/>').toString('base64'), 'soap'),
    'resources-run-code',
  ],
  [
    'another file read as resources',
    '<root><resheader/><data name="x" type="System.Resources.ResXFileRef, System.Windows.Forms"><value>x.bin;System.Resources.ResourceSet, mscorlib</value></data></root>',
    'resources-run-code',
  ],
  ['an object in compiled resources', compiled(Buffer.alloc(200), gadget), 'resources-run-code'],
  ['a picture in resources', resources(object('System.Drawing.Bitmap').toString('base64')), ''],
  ['a picture in compiled resources', compiled(Buffer.alloc(200), object('System.Drawing.Bitmap')), ''],
  ['a text in compiled resources', compiled(Buffer.from('The ClaimsIdentity has no name.')), ''],
  [
    'a text that is read from a file',
    '<root><resheader/><data name="x" type="System.Resources.ResXFileRef, System.Windows.Forms"><value>a.txt;System.String, mscorlib;utf-8</value></data></root>',
    '',
  ],
] as const)
  test(`${what}: ${rule || 'nothing'}`, () => assert.equal(finds(file as string), rule))
