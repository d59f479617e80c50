import type { RuleInfo } from '../model.ts'
import type { FileScanner } from './engine.ts'
import { isPage, layersOf } from './page-layers.ts'

/**
 * Rules of code, for what no text search can say: does what the request brings reach a call that evaluates, starts,
 * loads, writes or fetches it? The server code of a page is cut into statements; a name is tainted when it is assigned
 * something of the request or another tainted name; a call is a hit when a tainted value stands in what it is given.
 * Names are not scoped and order does not count: a page is small, and a shell does not hide behind that.
 */
export const pageFlow: FileScanner = {
  get infos() {
    return sinks.map((sink) => sink.info)
  },
  scan(bytes) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (file.length > LIMITS.file) return []
    const found = new Map<string, readonly [number, number]>()
    let left = LIMITS.all
    const look = (page: Buffer, at?: readonly [number, number]): void => {
      if ((left -= page.length) < 0) return
      for (const [rule, place] of flowsOf(page)) if (!found.has(rule)) found.set(rule, at ?? place)
    }
    if (isPage(file)) look(file)
    for (const layer of layersOf(bytes)) look(layer.bytes, layer.at)
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, place]) => ({ rule, places: [place] }))
  },
}

const LIMITS = {
  file: 2 * 1024 * 1024,
  all: 6 * 1024 * 1024,
  statements: 20_000,
  statement: 8_000,
  rounds: 8,
  steps: 20_000,
  assignments: 12,
  calls: 40,
}

// ---------------------------------------------------------------- the code of a page

type Statement = { readonly text: string; readonly at: number }

type Run = { readonly code: string; readonly at: number }

/** Runs of a page that the server executes, with their places. */
function codeOf(text: string): Run[] {
  const lower = text.toLowerCase()
  const runs: Run[] = [...blocksOf(text), ...scriptsOf(text, lower)]
  const at = behindDirective(lower)
  if (at !== null && !lower.includes('<script')) {
    runs.push({ code: text.slice(at), at })
  } else if (runs.length === 0 && /@\{|\bihttp(?:handler|module)\b|<msxsl:script/.test(lower)) {
    runs.push({ code: text, at: 0 })
  }
  return runs
}

/** `<% … %>`, but for directives and comments. */
function* blocksOf(text: string): Generator<Run> {
  for (let open = text.indexOf('<%'); open >= 0; ) {
    const at = open + 2
    const close = text.indexOf('%>', at)
    const end = close < 0 ? text.length : close
    if (text[at] !== '@' && text[at] !== '-') yield { code: text.slice(at, end), at }
    open = text.indexOf('<%', end)
  }
}

/** `<script runat=server> … </script>`. */
function* scriptsOf(text: string, lower: string): Generator<Run> {
  for (let open = lower.indexOf('<script'); open >= 0; ) {
    const close = lower.indexOf('>', open)
    if (close < 0) return
    const end = lower.indexOf('</script', close)
    const at = close + 1
    if (/\brunat\s{0,4}=/.test(lower.slice(open, Math.min(close, open + 800))))
      yield { code: text.slice(at, end < 0 ? text.length : end), at }
    if (end < 0) return
    open = lower.indexOf('<script', end)
  }
}

function statementsOf(text: string): Statement[] {
  const statements: Statement[] = []
  for (const run of codeOf(text)) {
    for (const statement of cut(run)) {
      if (statements.length >= LIMITS.statements) return statements
      if (/\w/.test(statement.text)) statements.push(statement)
    }
  }
  return statements
}

/** Code cut into statements in one pass: C-like code ends them with `;` or a brace, Basic with the line (` _` goes on) or `:`. */
function* cut({ code, at }: Run): Generator<Statement> {
  const c = count(code, ';') > count(code, '\n') / 6
  let start = 0
  let quote = ''
  // Braces that hold the items of a list end nothing: `new object[] { a }`.
  let lists = 0
  for (let i = 0; i <= code.length; i++) {
    const letter = code[i] ?? '\n'
    const last = i >= code.length || i - start >= LIMITS.statement
    if (quote !== '') {
      if (letter === '\\' && c) i++
      else if (letter === quote || letter === '\n') quote = ''
    } else if (letter === '"' || (letter === "'" && c)) {
      quote = letter
    } else if ((letter === "'" && !c) || (c && letter === '/' && code[i + 1] === '/')) {
      // A comment to the end of the line.
      const line = code.indexOf('\n', i)
      yield { text: code.slice(start, i), at: at + start }
      i = line < 0 ? code.length : line
      start = i + 1
      continue
    }
    if (c && quote === '' && letter === '{' && /\]\s{0,8}$/.test(code.slice(Math.max(0, i - 9), i))) lists++
    const inList = lists > 0 && (letter === '{' || letter === '}')
    if (inList && letter === '}') lists--
    const ends = quote === '' && !inList && (c ? ';{}'.includes(letter) : endsBasic(code, i, letter))
    if (!ends && !last) continue
    yield { text: code.slice(start, i), at: at + start }
    start = i + (ends ? 1 : 0)
    quote = ''
    lists = 0
  }
}

function endsBasic(code: string, i: number, letter: string): boolean {
  if (letter === ':') return code[i + 1] !== '='
  if (letter !== '\n' && letter !== '\r') return false
  return !/(?:\s_|&)\s{0,8}$/.test(code.slice(Math.max(0, i - 12), i))
}

/** The place behind a directive that makes all that follows code; null where there is none. */
function behindDirective(lower: string): number | null {
  let end = -1
  for (const m of lower.matchAll(/<%@\s{0,8}(?:webhandler|webservice|control|application|servicehost)/g)) {
    const from = m.index + m[0].length
    if (end < from) end = lower.indexOf('>', from)
    if (end < 0) return null
    if (end > from && lower[end - 1] === '%' && end - from <= 2_001) return end + 1
  }
  return null
}

function count(text: string, letter: string): number {
  let n = 0
  for (let i = text.indexOf(letter); i >= 0; i = text.indexOf(letter, i + 1)) n++
  return n
}

function namesOf(statement: string): ReadonlySet<string> {
  const bare = withoutTexts(statement)
  const names = new Set<string>()
  for (const m of bare.matchAll(/[A-Za-z_]\w{0,80}/g)) names.add(m[0].toLowerCase())
  // What one request leaves in the session is there for the next.
  for (const m of statement.matchAll(/\b(?:session|application|cache|viewstate)\s{0,4}[[(]\s{0,4}"([^"]{1,60})"/gi))
    names.add(`session:${m[1]!.toLowerCase()}`)
  return names
}

/** The statement without what stands in quotes; short texts leave blanks. */
function withoutTexts(statement: string): string {
  const kept: string[] = []
  let from = 0
  for (let at = statement.indexOf('"'); at >= 0; ) {
    let end = at + 1
    while (end < statement.length && !/["\r\n]/.test(statement[end]!)) end += statement[end] === '\\' ? 2 : 1
    // Where a text does not end, none that begins within it does.
    const isText = statement[end] === '"'
    kept.push(statement.slice(from, isText ? at : end))
    if (isText && end - at < 39) kept.push(statement.slice(at, end + 1).replace(/\w/g, ' '))
    from = isText ? end + 1 : end
    at = statement.indexOf('"', from)
  }
  kept.push(statement.slice(from))
  return kept.join('')
}

// ---------------------------------------------------------------- what is tainted

/** What the request brings. Server variables that name the server itself, and the paths of the page, are none of it. */
const request =
  /\brequest\s{0,4}(?:\.\s{0,4}(?:form|querystring|params|item|headers|cookies|binaryread|inputstream|getbufferlessinputstream|rawurl|url\.query|useragent|files|totalbytes|contentencoding\.getstring|servervariables\s{0,4}[[(]\s{0,4}"http_)\b|[[(!])/i
const box = /\b(?!string\b|sb\b|e\b|this\b|item\b)[a-z_]\w{0,40}\.(?:text|value|innertext|innerhtml)\b/i
const neverNames = new Set([
  'response',
  'server',
  'request',
  'string',
  'int',
  'var',
  'new',
  'if',
  'for',
  'while',
  'return',
  'true',
  'false',
  'null',
  'nothing',
  'system',
  'convert',
  'this',
  'me',
  'context',
  'httpcontext',
  'page',
  'text',
  'encoding',
  'session',
  'application',
  'file',
  'path',
  'err',
  'math',
  'regex',
  'console',
  'debug',
  'trace',
  'log',
  'cache',
  'viewstate',
  'base',
  'environment',
  'and',
  'or',
  'not',
])

/** Where a value comes from; a rule says which of them count for it. */
const origin = { request: 1, box: 2, method: 4 } as const
const anywhere = origin.request | origin.box | origin.method

/** Something that is given a value: an assigned name, or the parameter of a method that is called. */
type Step = { readonly name: string; readonly direct: number; readonly names: ReadonlySet<string> }

/** Which sources reach a part of the code. */
function sourcesOf(statements: readonly Statement[]): (part: string) => number {
  const names = new Map<string, number>()
  for (const name of webMethods(statements)) names.set(name, origin.method)
  const steps: Step[] = []
  for (const [name, value] of [
    ...statements.flatMap(({ text }) => [...assignments(text)]),
    ...parameters(statements),
  ]) {
    if (neverNames.has(name) || steps.length >= LIMITS.steps) continue
    steps.push({ name, direct: directly(value), names: namesOf(value) })
  }
  for (let round = 0, changed = true; changed && round < LIMITS.rounds; round++) {
    changed = false
    for (const step of steps) {
      const before = names.get(step.name) ?? 0
      const after = before | reached(step.direct, step.names, names)
      if (after === before) continue
      names.set(step.name, after)
      changed = true
    }
  }
  return (part) => reached(directly(part), namesOf(part), names)
}

function directly(text: string): number {
  return (request.test(text) ? origin.request : 0) | (box.test(text) ? origin.box : 0)
}

function reached(direct: number, own: ReadonlySet<string>, names: ReadonlyMap<string, number>): number {
  let sources = direct
  for (const name of own) sources |= names.get(name) ?? 0
  return sources
}

/** `name = value`, `name += value`, `for each name in value`, `stream.Read(name, …)`, `name.Write(value)`. */
function* assignments(text: string): Generator<readonly [name: string, value: string]> {
  const kept =
    /\b(?:session|application|cache|viewstate)\s{0,4}[[(]\s{0,4}"([^"]{1,60})"\s{0,4}[\])]\s{0,4}=(?!=)([^]{1,4000})/i.exec(
      text,
    )
  if (kept) yield [`session:${kept[1]!.toLowerCase()}`, kept[2]!]
  let found = 0
  for (const m of text.matchAll(/([A-Za-z_]\w{0,80})\s{0,8}(?:[[(][^\])=]{0,80}[\])])?\s{0,8}[+&]?=(?![=>])/g)) {
    if (++found > LIMITS.assignments) break
    // A property of a thing (`x.Name = value`) taints the thing.
    const owner = /([A-Za-z_]\w{0,80})(?:\.\w{1,80}){1,4}$/.exec(
      text.slice(Math.max(0, m.index - 120), m.index + m[1]!.length),
    )?.[1]
    const value = text.slice(m.index + m[0].length)
    yield [(owner ?? m[1]!).toLowerCase(), value]
  }
  const each =
    /\bforeach\s{0,4}\(\s{0,4}\S{1,80}\s{1,8}([A-Za-z_]\w{0,80})\s{1,8}in\b([^]{1,2000})|\bfor\s{1,4}each\s{1,4}([A-Za-z_]\w{0,80})\s{1,8}in\b([^]{1,2000})/i.exec(
      text,
    )
  if (each) yield [(each[1] ?? each[3]!).toLowerCase(), each[2] ?? each[4]!]
  const read = /\.\s{0,4}Read\s{0,4}\(\s{0,4}([A-Za-z_]\w{0,80})\s{0,4},/i.exec(text)
  if (read) yield [read[1]!.toLowerCase(), text.slice(Math.max(0, read.index - 400), read.index)]
  const call =
    /^\s{0,40}([A-Za-z_]\w{0,80})\s{0,4}\.\s{0,4}(?:Write|Append|Add|Push|LoadXml|AppendLine|AppendFormat|Copy|CopyTo|Load|Open)\w{0,20}\s{0,4}[\s(]([^]{1,4000})/i.exec(
      text,
    )
  if (call) yield [call[1]!.toLowerCase(), call[2]!]
}

/** Parameters of the page's own methods, with what they are called with. */
function* parameters(statements: readonly Statement[]): Generator<readonly [name: string, value: string]> {
  const declared = new Map<string, string[]>()
  for (const { text } of statements) {
    const m =
      /\b([A-Za-z_]\w{0,80})\s{0,4}\(([^()]{0,400})\)\s{0,40}$/.exec(text) ??
      /\b(?:function|sub)\s{1,4}([A-Za-z_]\w{0,80})\s{0,4}\(([^()]{0,400})\)/i.exec(text)
    if (!m || !/\b(?:function|sub|void|string|object|static|public|private|protected|byte|int|bool|var)\b/i.test(text))
      continue
    const names = m[2]!.split(',').map((part) => nameOfParameter(part))
    if (names.some((name) => name !== null))
      declared.set(
        m[1]!.toLowerCase(),
        names.map((name) => name ?? ''),
      )
  }
  if (declared.size === 0) return
  for (const { text } of statements) {
    let calls = 0
    for (const m of text.matchAll(/\b([A-Za-z_]\w{0,80})\s{0,4}\(/g)) {
      if (++calls > LIMITS.calls) break
      const names = declared.get(m[1]!.toLowerCase())
      if (!names) continue
      const given = argumentsAt(text, m.index + m[0].length)
      for (const [i, argument] of given.entries()) {
        const name = names[i]
        if (name) yield [name, argument]
      }
    }
  }
}

/** `string a`, `ByVal a As String`, `a`. */
function nameOfParameter(part: string): string | null {
  const basic = /\b([A-Za-z_]\w{0,80})\s{1,8}as\b/i.exec(part)?.[1]
  const last = /([A-Za-z_]\w{0,80})\s{0,8}(?:=.{0,80})?$/.exec(part)?.[1]
  return (basic ?? last)?.toLowerCase() ?? null
}

/** The arguments of a call whose bracket opens before `from`. */
function argumentsAt(text: string, from: number): string[] {
  const found: string[] = []
  let depth = 0
  let start = from
  let quoted = false
  const end = Math.min(text.length, from + 4_000)
  let at = from
  for (; at < end; at++) {
    const letter = text[at]
    if (letter === '"') quoted = !quoted
    if (quoted) continue
    if (letter === '(' || letter === '[') depth++
    else if (letter === ')' || letter === ']') {
      if (depth-- === 0) break
    } else if (letter === ',' && depth === 0) {
      found.push(text.slice(start, at))
      start = at + 1
    }
  }
  found.push(text.slice(start, at))
  return found
}

/** What a caller sends to a web method arrives in its parameters. */
function webMethods(statements: readonly Statement[]): Set<string> {
  const names = new Set<string>()
  for (const { text } of statements) {
    if (!/\[\s{0,4}(?:System\.Web\.Services\.)?(?:WebMethod|OperationContract)\b|<\s{0,4}WebMethod/i.test(text))
      continue
    for (const part of (/\(([^()]{0,400})\)\s{0,40}$/.exec(text)?.[1] ?? '').split(',')) {
      const name = nameOfParameter(part)
      if (name) names.add(name)
    }
  }
  return names
}

// ---------------------------------------------------------------- where it must not go

type Sink = {
  readonly info: RuleInfo
  /** Beginnings of calls; the rest of the statement, or the arguments at these places, must be tainted. */
  readonly call: RegExp
  readonly argument?: readonly number[]
  /** What else has to stand in the page. */
  readonly page?: RegExp
  /** Sources that count; all where nothing is said. */
  readonly sources?: number
  /** What else has to stand in the call. */
  readonly given?: RegExp
}

const shellInfo = (
  id: string,
  title: string,
  description: string,
  level: RuleInfo['level'],
  proves: boolean,
  attack: readonly string[],
): RuleInfo => ({
  id,
  title,
  description,
  author: 'Postern',
  license: 'Apache-2.0',
  pack: 'built-in',
  campaign: 'unknown',
  stage: 'shell',
  level,
  confidence: proves ? 'high' : level === 'high' ? 'medium' : 'low',
  proves,
  cves: [],
  attack: ['T1505.003', ...attack],
  innocent: ['A page of a developer or an administration tool that was meant to do this: ask who put it there.'],
  next: [
    'Read the page as text, not in a browser. Look in the IIS logs for requests to it, and keep its times from the MFT.',
  ],
  persistence: 'web-shell',
  file: 'src/rules/page-flow.ts',
})

const shellObject =
  /wscript\s{0,4}\.\s{0,4}shell|shell\s{0,4}\.\s{0,4}application|72C24DD5-D70A-438B-8A42-98424B88AFB8|F935DC22-1CF0-11D0-ADB9-00C04FD58A0B|13709620-C279-11CE-A49E-444553540000/i

const sinks: readonly Sink[] = [
  {
    info: shellInfo(
      'flow-evaluates',
      'What the request brings is evaluated as code',
      'A value of the request is followed through the page into eval, execute or a script engine.',
      'critical',
      true,
      ['T1059'],
    ),
    call: /\b(?:eval|execute|executeglobal|executestatement|addcode|jscriptevaluate\w{0,20}|csharpscript\.\w{1,30}|new\s{1,4}function)\b\s{0,4}\(?/i,
    page: /\beval|executeglobal|\bexecute\b|addcode|csharpscript|\bnew\s{1,4}function\b/i,
  },
  {
    info: shellInfo(
      'flow-starts-program',
      'What the request brings is started as a program',
      'A value of the request is followed through the page into the start of a process, or into a shell that runs.',
      'critical',
      true,
      ['T1059.003'],
    ),
    call: /\bProcess\s{0,4}\.\s{0,4}Start\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:Diagnostics\.)?ProcessStartInfo\s{0,4}\(|\.\s{0,4}(?:FileName|Arguments)\s{0,4}=|StandardInput\s{0,4}\.\s{0,4}Write\w{0,6}\s{0,4}\(|\bWinExec\s{0,4}\(|\bCreateProcess\w{0,12}\s{0,4}\(|\bShell\s{0,4}\(/i,
    page: /\bProcess\b|ProcessStartInfo|WinExec|CreateProcess|Microsoft\.VisualBasic/i,
  },
  {
    info: shellInfo(
      'flow-runs-command',
      'What the request brings is run by a shell object',
      'A value of the request is followed through the page into Run, Exec or ShellExecute of a shell object.',
      'critical',
      true,
      ['T1059.003'],
    ),
    call: /\.\s{0,4}(?:exec|run|shellexecute)\b\s{0,4}\(?/i,
    page: shellObject,
  },
  {
    info: shellInfo(
      'flow-starts-through-wmi',
      'What the request brings is started through WMI',
      'A value of the request is followed through the page into the making of a process by the management interface.',
      'critical',
      true,
      ['T1047'],
    ),
    call: /\.\s{0,4}(?:create|invokemethod)\b\s{0,4}\(?/i,
    page: /\bwin32_process(?:startup)?\b/i,
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-makes-object',
      'The request names the class or the member that is used',
      'The page makes an object of a class, or calls a member, whose name comes from the request: whatever the server has can be reached.',
      'high',
      false,
      ['T1620'],
    ),
    call: /\b(?:createobject|gettypefromprogid|gettypefromclsid|gettype)\s{0,4}\(|\.\s{0,4}invokemember\s{0,4}\(/i,
    argument: [0],
    page: /createobject|activator|invokemember|getmethod/i,
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-loads-code',
      'What the request brings is loaded as code',
      'A value of the request is followed through the page into the loading, compiling or deserialising of code.',
      'critical',
      true,
      ['T1620'],
    ),
    call: /\bAssembly\b[^;]{0,80}\bLoad\w{0,12}["']?\s{0,4}[(,]|\bCurrentDomain\s{0,4}\.\s{0,4}Load\s{0,4}\(|\.\s{0,4}Load\s{0,4}\(|\bCompileAssemblyFrom\w{0,12}\s{0,4}\(|\b(?:Unsafe)?Deserialize\s{0,4}\(|\bXamlReader\s{0,4}\.\s{0,4}(?:Parse|Load)\s{0,4}\(|\.\s{0,4}AddScript\s{0,4}\(|\bMarshal\s{0,4}\.\s{0,4}Copy\s{0,4}\(|\.\s{0,4}Invoke\s{0,4}\(/i,
    page: /\bAssembly\b(?!\s{1,8}(?:Name|Src)=)|CurrentDomain|CodeProvider|ICodeCompiler|LosFormatter|ObjectStateFormatter|BinaryFormatter|XamlReader|Runspace|PowerShell\.Create|VirtualAlloc|VirtualProtect/,
  },
  {
    info: shellInfo(
      'flow-writes-where-asked',
      'The request names the file that is written',
      'The path of a file that the page writes comes from the request or from a form: a small uploader.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:WriteAll\w{4,12}|AppendAll\w{4,6}|Create\w{0,6}|OpenWrite|AppendText)\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:IO\.)?(?:StreamWriter|FileStream|FileInfo)\s{0,4}\(|\b(?:CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i,
    argument: [0],
    // A file that is only read is a download; what `FileInfo` names may be written later.
    given:
      /(?:Write|Append|SaveToFile|CreateText|\bCreate\w{0,6}\s{0,4}\()|(?:FileMode\.(?:Create|Append|OpenOrCreate|Truncate))|OpenTextFile[^,]{0,200},\s{0,4}(?:2|8|ForWriting|ForAppending)|\bFileInfo\b/i,
    page: /\.\s{0,4}Write|WriteAll|SaveToFile|CreateText|AppendAll/i,
    sources: origin.request | origin.box,
  },
  {
    info: shellInfo(
      'flow-puts-where-asked',
      'The request names where a file is copied or fetched to',
      'The place that a file is copied, moved or downloaded to comes from the request.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:Copy|Move|Replace)\s{0,4}\(|\.\s{0,4}DownloadFile\w{0,20}\s{0,4}\(/i,
    argument: [1],
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-fetches',
      'The request names the address that the server fetches',
      'The page asks another server for what the request names, and hands it on: a way into the inside network, or a downloader.',
      'medium',
      false,
      ['T1090'],
    ),
    call: /\b(?:Http)?WebRequest\s{0,4}\.\s{0,4}Create\s{0,4}\(|\.\s{0,4}Open\s{0,4}\(?|\.\s{0,4}Download(?:Data|String|File)\w{0,20}\s{0,4}\(/i,
    page: /WebRequest|XMLHTTP|WinHttp|WebClient/i,
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-lists-folder',
      'The request names the folder that is listed',
      'The page lists folders or gives out files whose path on the disk comes from the request.',
      'medium',
      false,
      ['T1083'],
    ),
    call: /\bnew\s{1,4}(?:System\.)?(?:IO\.)?DirectoryInfo\s{0,4}\(|\bDirectory\s{0,4}\.\s{0,4}Get\w{4,24}\s{0,4}\(|\bGetFolder\s{0,4}\(/i,
    argument: [0],
    sources: origin.request,
  },
]

/** Rules that hold for a page, with the place of the call. */
function flowsOf(page: Buffer): Map<string, readonly [number, number]> {
  const text = page.toString('latin1')
  const found = new Map<string, readonly [number, number]>()
  const wanted = sinks.filter((sink) => sink.call.test(text) && (!sink.page || sink.page.test(text)))
  if (wanted.length === 0) return found
  const statements = statementsOf(text)
  const sources = sourcesOf(statements)
  for (const statement of statements) {
    for (const sink of wanted) {
      if (found.has(sink.info.id)) continue
      const call = sink.call.exec(statement.text)
      if (!call) continue
      const behind = call.index + call[0].length
      const given = sink.argument
        ? sink.argument.map((i) => argumentsAt(statement.text, behind)[i] ?? '')
        : [statement.text.slice(behind)]
      if (sink.given && !sink.given.test(statement.text)) continue
      if (given.some((part) => (sources(part) & (sink.sources ?? anywhere)) !== 0))
        found.set(sink.info.id, [statement.at, Math.min(statement.text.length, 400)])
    }
  }
  return found
}
