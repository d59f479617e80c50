import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { pageFlow } from '../../src/rules/web-shells/data-flow.ts'
import { layersOf, writtenText } from '../../src/rules/web-shells/decode.ts'
import { ended } from '../bounded.ts'
import { damaged } from '../parsers/hostile.ts'
import { large } from '../tenth.ts'

// Put together from pieces, so that this file holds no page that a virus scanner would take away.
const ev = ['ev', 'al'].join('')
const page = `<%@ Page Language="JScript" %><% ${ev}(Request.Item["a"], "unsafe") %>\n`.repeat(3)
// Without a directive, and without a blank behind what begins it.
const code = `<%${ev}(Request.Item["a"], "unsafe") %>`
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')

function ebcdic(text: string): Buffer {
  const letters = new Map<string, number>()
  const put = (from: number, run: string): void => [...run].forEach((letter, i) => letters.set(letter, from + i))
  put(0x81, 'abcdefghi')
  put(0x91, 'jklmnopqr')
  put(0xa2, 'stuvwxyz')
  put(0xc1, 'ABCDEFGHI')
  put(0xd1, 'JKLMNOPQR')
  put(0xe2, 'STUVWXYZ')
  for (const [code, letter] of [
    [0x40, ' '],
    [0x4b, '.'],
    [0x4c, '<'],
    [0x4d, '('],
    [0x5d, ')'],
    [0x6b, ','],
    [0x6c, '%'],
    [0x6e, '>'],
    [0x7c, '@'],
    [0x7e, '='],
    [0x7f, '"'],
    [0xba, '['],
    [0xbb, ']'],
    [0x25, '\n'],
  ] as const)
    letters.set(letter, code)
  return Buffer.from([...text].map((letter) => letters.get(letter) ?? 0x6f))
}

const utf7 = (text: string): Buffer =>
  Buffer.from(`+${Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '')}-`)

const mailboxFile = (text: string): Buffer => {
  const head = Buffer.alloc(1024)
  head.write('!BDN', 0, 'latin1')
  head.writeUInt16LE(23, 10)
  head[513] = 1
  const plain = layersOf(
    Buffer.concat([head, Buffer.from(Array.from({ length: 256 }, (_, i) => i))]),
  )[0]!.bytes.subarray(1024)
  return Buffer.concat([head, Buffer.from([...Buffer.from(text)].map((byte) => plain.indexOf(byte)))])
}

describe('layers of a page', () => {
  for (const [name, bytes] of [
    ['UTF-16', utf16(page)],
    ['UTF-16', utf16(page).swap16()],
    ['EBCDIC', ebcdic(page)],
    ['EBCDIC', ebcdic(code)],
    ['EBCDIC', Buffer.concat([Buffer.from('<%@ Page CodePage="37" %>'), ebcdic(code)])],
    ['UTF-7', utf7(page)],
    ['UTF-7', Buffer.concat([Buffer.from('<%@ Page Language="JScript" %>'), utf7(code)])],
    ['mailbox file', mailboxFile(page)],
    [
      'certificate',
      Buffer.from(
        `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(page).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE REQUEST-----\n`,
      ),
    ],
    ['encoded piece', Buffer.from(`<% x("${Buffer.from(page).toString('base64')}") %>`)],
    ['encoded piece', Buffer.from(`<% x("${Buffer.from(page).toString('hex')}") %>`)],
    [
      'encoded piece',
      Buffer.from(
        `<% x("${deflateRawSync(Buffer.from(page + Array.from({ length: 300 }, (_, i) => i * 7919).join(' '))).toString('base64')}") %>`,
      ),
    ],
  ] as const) {
    it(`${name}: the code below is found`, () => {
      const layer = layersOf(bytes).find((one) => one.name === name)
      assert.ok(layer?.bytes.includes(`${ev}(Request`), name)
      assert.deepEqual(
        pageFlow.scan(bytes).map((hit) => hit.rule),
        ['flow-evaluates'],
      )
    })
  }

  it('an ordinary file has none', () => {
    assert.deepEqual(layersOf(Buffer.from('2021-03-03 plain text, nothing else')), [])
  })

  for (const [from, to] of [
    ['"a" + "b"', '"ab"'],
    ['"a" & "b" & _\r\n "c"', '"abc"'],
    ['\\u0065v\\u0061l', `${ev}`],
    [`\\U00000065val`, `${ev}`],
    ['Chr(101) & ChrW(&H76)', '"ev"'],
    ['String.fromCharCode(101,118)', 'String."ev"'],
    ['chr( 101 , &H76 )', '"ev"'],
    ['chr(0101, 0118)', '"ev"'],
    ['StrReverse("cba")', '"abc"'],
    ['e/*x*/v', 'ev'],
  ] as const) {
    it(`${from} is written out`, () => assert.equal(writtenText(from), to))
  }

  for (const [what, text] of [
    ['numbers without separators', `<%-- chr(${'a'.repeat(120)}! --%>`],
    ['numbers and blanks', `<%-- chr(${'1 '.repeat(10_000)}! --%>`],
  ] as const) {
    it(`${what}: the code is written out in bounded time`, async () =>
      assert.equal(
        await ended(new URL('../../src/rules/web-shells/decode.ts', import.meta.url).href, 'writtenText', [text]),
        text,
      ))
  }
})

const net = (code: string): string =>
  `<%@ Page Language="C#" %>\n<script runat="server">\nvoid Page_Load(object s, EventArgs e) {\n${code}\n}\n</script>\n`
const process = ['Process', 'Start'].join('.')

const flows: readonly (readonly [what: string, page: string, rules: readonly string[]])[] = [
  [
    'through a name',
    net(`string c = Request.Form["c"]; string d = c.Trim(); ${process}("cmd", "/c " + d);`),
    ['flow-starts-program'],
  ],
  ['a program that stands in the page', net(`${process}("notepad.exe"); Response.Write(Request["a"]);`), []],
  [
    'through a method',
    `${net(`Run(Request["a"]);`)}<script runat="server">\nvoid Run(string what) { ${process}(what); }\n</script>`,
    ['flow-starts-program'],
  ],
  [
    'through a box of a form',
    net(`var info = new ProcessStartInfo(); info.FileName = box.Text; ${process}(info);`),
    ['flow-starts-program'],
  ],
  [
    'through the session',
    net(`Session["k"] = Request["a"]; Assembly.Load(Convert.FromBase64String((string)Session["k"]));`),
    ['flow-loads-code'],
  ],
  [
    'through a stream',
    net(`byte[] b = new byte[9]; Request.InputStream.Read(b, 0, 9); Assembly.Load(b);`),
    ['flow-loads-code'],
  ],
  ['a file where the request says', net(`File.WriteAllText(Request["f"], Request["t"]);`), ['flow-writes-where-asked']],
  [
    'an upload to a folder of the house',
    net(`upload.SaveAs(Server.MapPath("~/files/" + Path.GetFileName(upload.FileName)));`),
    [],
  ],
  ['a log of the house', net(`File.AppendAllText(Server.MapPath("~/log.txt"), Request["t"]);`), []],
  ['a download', net(`var s = new FileStream(Server.MapPath(Request["f"]), FileMode.Open);`), []],
  [
    'classic ASP',
    `<%\na = Request("c")\nSet s = CreateObject("WScript.Shell")\nSet r = s.Exec("cmd /c " & a)\n%>`,
    ['flow-runs-command'],
  ],
  [
    'a query of a database',
    net(
      `var c = new SqlCommand("select 1 from t where a = @a"); c.Parameters.AddWithValue("@a", Request["a"]); c.ExecuteReader();`,
    ),
    [],
  ],
  [
    'a web method',
    `<%@ WebService Language="C#" Class="S" %>\npublic class S {\n[WebMethod] public string R(string what)\n{ ${process}("cmd", what); return ""; }\n}`,
    ['flow-starts-program'],
  ],
  ['data binding', `<%@ Page %><%# ${['Ev', 'al'].join('')}("Name") %><%= Request["a"] %>`, []],
]

describe('what the request brings', () => {
  for (const [what, text, rules] of flows) {
    it(what, () =>
      assert.deepEqual(
        pageFlow.scan(Buffer.from(text)).map((hit) => hit.rule),
        rules,
      ),
    )
  }

  void large('hostile pages take no long time', { timeout: 300_000 }, () => {
    for (const piece of [
      '<%',
      '<script runat=server>',
      'a=a;',
      'a:a:',
      '"+"',
      '\\u0061',
      '/*',
      '*/',
      'f(f(f(',
      'request(',
      '-----BEGIN A-----',
      'AAAA',
      '@{',
      '(((',
      '\\\\"',
    ])
      pageFlow.scan(
        Buffer.from(`<% ${process} eval WebRequest GetFolder( ${piece.repeat(Math.floor(2_000_000 / piece.length))}`),
      )
  })

  it('damaged pages', () => {
    for (const [, bytes] of damaged(Buffer.from(flows.map(([, text]) => text).join('\n')))) {
      for (const { places } of pageFlow.scan(bytes)) for (const [offset] of places) assert.ok(offset <= bytes.length)
    }
  })
})
