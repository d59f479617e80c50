import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pageFlow } from '../../src/rules/web-shells/data-flow.ts'
import { loadYara } from '../../src/rules/yara/yara.ts'
import { decodeEncodedText } from '../../src/evidence/encoded.ts'

const path = 'packs/proxylogon-2021/yara/web-shells.yar'
const text = decodeEncodedText(readFileSync(new URL(`../../${path}.enc`, import.meta.url), 'utf8')).toString('utf8')

// Put together from pieces, so that this file holds no page that a virus scanner would take away.
const R = ['Req', 'uest'].join('')
const EX = ['Exec', 'ute'].join('')
const EV = ['ev', 'al'].join('')
const asp = (code: string): string => `<%@ Language="VBScript" %>\r\n<%\r\n${code}\r\n%>`

const pages: readonly (readonly [what: string, page: string, rules: readonly string[]])[] = [
  // `Execute` of an object asks a database or searches text
  ['a question with a value of the request', asp(`conn.${EX}("select * from a where b="&${R}("b"))`), []],
  ['the same without brackets', asp(`conn.${EX} "delete from a where b="&${R}("b")`), []],
  ['a question in a variable, in a short page', asp(`s = "select a from b"&${R}("c")\r\nset r = conn.${EX}(s)`), []],
  ['a question out of the session', asp(`conn.${EX}(session("question"))`), []],
  ['a question that is put right', asp(`conn.${EX}(replace(s, "'", "''"))`), []],
  ['a search', asp(`Set m = re.${EX}(s)\r\nx = ${R}("x")`), []],
  ["an application's own procedure", asp(`${EX}("Delete From a Where b="&${R}("b"))`), []],
  ['lines put together', asp(`s = chr(13)&chr(10)&chr(13)&chr(10)&s\r\nconn.${EX}(s)`), []],
  // what a browser does with an answer
  [
    'a script for the browser',
    `<%@ Page Language="C#" %><script>var a = ${EV}("(" + request.responseText + ")")</script>`,
    [],
  ],
  // what `Open` is given
  [
    'a window and a question',
    asp(
      `rs.open "select * from a where b="&${R}("b"),conn,1,1\r\nw "window.open('a.asp?b='+b.value)"\r\nconn.${EX}(sql)`,
    ),
    [],
  ],
  // names in a request that only begin as a folder's would
  [
    'a list of the pictures of a page',
    asp(
      `Set f = CreateObject("Scripting.FileSystemObject")\r\nSet d = f.GetFolder("x")\r\np = ${R}("page") & ${R}("date")`,
    ),
    [],
  ],
  // the same words where they do harm
  ['a value of the request', asp(`${EX}(${R}("a"))`), ['Postern_Evaluates_Request', 'flow-evaluates']],
  ['without brackets', asp(`${EX} ${R}.Form("a")`), ['Postern_Evaluates_Request', 'flow-evaluates']],
  [
    'among questions to a database',
    asp(`${EX}("Delete From a Where b="&${R}("b"))\r\n${EX}(${R}("a"))`),
    ['Postern_Evaluates_Request', 'flow-evaluates'],
  ],
  [
    'a Basic that begins like a question',
    asp(`${EX}("select case 1:"&${R}("a"))`),
    ['Postern_Evaluates_Request', 'flow-evaluates'],
  ],
  ['code out of the session', asp(`${EX}(session("a"))`), ['Postern_Evaluates_Hidden']],
  [
    'a database of the caller',
    asp(`conn.open ${R}("c")\r\nset rs = conn.${EX}(${R}("query"))`),
    ['Postern_Database_Tool'],
  ],
  // what an application does, too: a reason to read it, and no more
  [
    'a text that is kept',
    asp(
      `Set f = CreateObject("Scripting.FileSystemObject")\r\nSet t = f.OpenTextFile("x.txt", 8)\r\nt.Write ${R}("a")`,
    ),
    ['Postern_Writes_From_Request'],
  ],
  [
    'an encoded page',
    `<%@ Language="VBScript.Encode" %><%#@~^BAAAAA==n^/nqQEAAA==^#~@%>`,
    ['Postern_Encoded_By_Script_Encoder'],
  ],
  ['a program that is started', asp(`Set w = CreateObject("WScript.Shell")\r\nw.Run "c:\\a.bat", 0`), []],
  [
    'an interpreter that is started',
    asp(`Set w = CreateObject("WScript.Shell")\r\nw.Run "cmd /c a.bat", 0`),
    ['Postern_Starts_Program_By_Itself'],
  ],
  [
    'a hook of an application',
    `<!-- #include file="a.asp" -->${asp(`For Each action In actions\r\n${EX}(action)\r\nNext\r\nx = ${R}("a")`)}`,
    [],
  ],
  ['a value of a row', `<%@ Control Language="VB" %><%# ${['Ev', 'al'].join('')}("a") & ${R}.QueryString("b") %>`, []],
  [
    'the folder of the caller',
    asp(`Set f = CreateObject("Scripting.FileSystemObject")\r\nSet d = f.GetFolder(${R}("folderpath"))`),
    ['flow-lists-folder'],
  ],
]

const { scanners } = loadYara([{ path, text, pack: 'test', campaign: 'unknown', settings: {} }])

for (const [what, page, rules] of pages)
  test(`${what}: ${rules.join(', ') || 'nothing'}`, () => {
    const found = [...scanners, pageFlow].flatMap((scanner) => scanner.scan(Buffer.from(page)).map(({ rule }) => rule))
    assert.deepEqual([...new Set(found)].sort(), rules)
  })
