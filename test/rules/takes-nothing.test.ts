import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takesNothing } from '../../src/rules/web-shells/takes-nothing.ts'

// Put together from pieces, so that this file holds no page that a virus scanner would take away.
const R = ['Req', 'uest'].join('')
const net = (code: string, more = ''): string =>
  `<%@ Page Language="C#" ${more}%><script runat="server">void Page_Load(object o, EventArgs e) { ${code} }</script>`
const handler = (code: string): string =>
  `<%@ WebHandler Language="C#" Class="Status" %>\nusing System.Web;\npublic class Status : IHttpHandler {\n  public void ProcessRequest(HttpContext context) { ${code} }\n  public bool IsReusable { get { return true; } }\n}`

for (const [what, page] of [
  ['no code', '<html><body>OK</body></html>'],
  ['a word for a monitor', net('Response.Write("OK");')],
  ['the hour', '<%@ Page Language="C#" %><% Response.Write(DateTime.UtcNow.ToString("u")); %>'],
  ['another address', '<% Response.Redirect "/owa" %>'],
  ['a script for the browser', `<script language="javascript">alert(1)</script>${net('Response.Write("OK");')}`],
  ['a handler that answers one word', handler('context.Response.Write("OK");')],
  ['a label', '<%@ Page Language="VB" %><form runat="server"><asp:Label id="a" runat="server">OK</asp:Label></form>'],
] as const)
  test(`a page takes nothing: ${what}`, () => {
    assert.equal(takesNothing(Buffer.from(page)), true)
  })

for (const [what, page] of [
  ['a value of the request', net(`Response.Write(${R}["a"]);`)],
  ['it under another name', net(`Response.Write(get_${R}()["a"]);`)],
  ['it in a handler', handler(`context.Response.Write(context.${R}["a"]);`)],
  ['the thing that all of it hangs on', handler('Other.Run(context);')],
  ['a name that is put together', net('Response.Write(this["Re" + "st"]);')],
  ['a name with escapes', net(`Response.Write(${R.replace('q', '\\u0071')}["a"]);`)],
  ['code behind what looks like a comment', net(`var a = @"b\\"; var c = "//"; Response.Write(${R}["a"]);`)],
  ['code in another file', net('Response.Write("OK");', 'CodeFile="a.cs" ')],
  ['a class in a library', '<%@ WebHandler Language="C#" Class="Status" %>'],
  ['an include', '<!--#include file="a.inc"-->'],
  ['a box', `${net('Response.Write("OK");')}<asp:TextBox id="a" runat="server" />`],
  ['a box of HTML', `${net('Response.Write("OK");')}<input id="a" runat="server" />`],
  ['a language that puts names together', '<%@ Page Language="JScript" %><% Response.Write("OK") %>'],
  ['a database', net('var c = new SqlConnection("a"); Response.Write(c);')],
  ['a file', net('Response.Write(System.IO.File.ReadAllText("a"));')],
  ['an expression that others fill in', '<%@ Page Language="C#" %><%$ AppSettings:a %>'],
  ['PHP', '<?php echo 1; ?>'],
  ['letters that are none of ASCII', '<%@ Page Language="C#" %><% Response.Write("ö"); %>'],
] as const)
  test(`of a page it is not known that it takes nothing: ${what}`, () => {
    assert.equal(takesNothing(Buffer.from(page)), false)
  })
