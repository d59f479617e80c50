import { append } from '../../lib/collections.ts'
import type { FileScanner } from '../rule.ts'
import { holdsPageCode, layersOf } from './decode.ts'
import { type PageCode, pageCodeOf, type Statement } from './page-code.ts'
import { aliasesWrittenOut, evalIsAValue, unfolded } from './page-names.ts'
import { checksUpload, isPartOfApplication } from './page-part.ts'
import { anywhere, type DangerousCall, lead, MAPPED, origin, sinks } from './page-sinks.ts'

/**
 * Rules of code, for what no text search can say: does what the request brings reach a call that evaluates, starts,
 * loads, writes or fetches it? The server code of a page is cut into statements; a name is tainted when it is assigned
 * something of the request or another tainted name; a call is a hit when a tainted value stands in what it is given.
 * Names are not scoped and order does not count: a page is small, and a shell does not hide behind that.
 */
export const pageFlow: FileScanner = {
  get infos() {
    return [...sinks.map((sink) => sink.info), lead]
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
    if (holdsPageCode(file)) look(file)
    for (const layer of layersOf(bytes)) look(layer.bytes, layer.at)
    // What says more says this, too.
    if (['flow-starts-program', 'flow-starts-what-is-sent'].some((rule) => found.has(rule)))
      found.delete('flow-starts-interpreter')
    if (found.size > 1) found.delete(lead.id)
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, place]) => ({ rule, places: [place] }))
  },
}

const LIMITS = {
  file: 2 * 1024 * 1024,
  all: 6 * 1024 * 1024,
  rounds: 8,
  steps: 20_000,
  assignments: 12,
  calls: 40,
}

// ---------------------------------------------------------------- names

function namesOf(statement: string): ReadonlySet<string> {
  const bare = withoutTexts(statement)
  const names = new Set<string>()
  for (const m of bare.matchAll(/[A-Za-z_]\w{0,80}/g)) {
    const name = m[0].toLowerCase()
    // In small letters and behind no dot these are variables, and no classes.
    const isVariable = variables.has(m[0]) && bare[m.index - 1] !== '.'
    names.add(isVariable ? `${name}\0` : name)
  }
  // What one request leaves in the session is there for the next.
  for (const m of statement.matchAll(/\b(?:session|application|cache|viewstate)\s{0,4}[[(]\s{0,4}"([^"]{1,60})"/gi))
    names.add(`session:${m[1]!.toLowerCase()}`)
  if (computedKey.test(statement)) names.add('session:')
  return names
}

/** Something of the session by a key that is no text. */
const computedKey = /\b(?:session|application|cache|viewstate)\s{0,4}[[(]\s{0,4}[A-Za-z_]/i

const variables: ReadonlySet<string> = new Set(['file', 'path', 'text', 'string', 'log'])

/** The statement without quoted text; short texts leave blanks. */
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
  /\brequest\s{0,4}(?:\.\s{0,4}(?:form|querystring|params|item|headers|cookies|rawurl|url\.query|useragent|files|contentencoding\.getstring|servervariables\s{0,4}[[(]\s{0,4}"http_)\b|[[(!]|->)|\$_(?:get|post|request|cookie|files)\b|\$_server\s{0,4}\[\s{0,4}["']http_|php:\/\/input/i
/** The body of a request as a whole. */
const body = /\brequest\s{0,4}\.\s{0,4}(?:binaryread|inputstream|getbufferlessinputstream|totalbytes)\b/i
/** What another server answered, or sent. */
const answer =
  /\.\s{0,4}(?:response(?:body|text|stream)|download(?:data|string)\w{0,12}|getresponse\w{0,12}|openread|getstream|receive(?:from|async)?\s{0,4}\()/i
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

/** Something that is given a value: an assigned name, or the parameter of a method that is called. */
type Step = { readonly name: string; readonly direct: number; readonly names: ReadonlySet<string> }

/** What reaches a part of the code: the sources of its values, and the texts that it is made of. */
type Flow = {
  readonly sources: (part: string) => number
  readonly texts: (part: string) => string[]
  /** What is assigned to a name. */
  readonly values: (name: string) => readonly string[]
}

function flowOf(statements: readonly Statement[], controls: ReadonlySet<string> | null): Flow {
  const names = new Map<string, number>()
  for (const name of webMethods(statements)) names.set(name, origin.method)
  const steps: Step[] = []
  const values = new Map<string, string[]>()
  for (const [name, value] of [
    ...statements.flatMap(({ text }) => [...assignments(text)]),
    ...parameters(statements),
    ...returns(statements),
  ]) {
    if (neverNames.has(name) || steps.length >= LIMITS.steps) continue
    steps.push({ name, direct: directly(value, controls), names: namesOf(value) })
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else if (known.length < 8) known.push(value)
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
  return {
    sources: (part) => reached(directly(part, controls), namesOf(part), names),
    texts: (part) => textsOf(part, values),
    values: (name) => values.get(named(name)) ?? [],
  }
}

/** The texts that a value is made of, those that it takes from variables among them. */
function textsOf(part: string, values: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  const seen = new Set<string>()
  let ring = [part]
  for (let depth = 0; depth < 4 && ring.length > 0 && found.length < 200; depth++) {
    const next: string[] = []
    for (const value of ring) {
      // A text in brackets behind a name is the key of something that is looked up.
      const bare = value.replace(/\b\w{1,40}\s{0,4}[[(]\s{0,4}"[^"\r\n]{0,60}"\s{0,4}[\])]/g, (key) =>
        /^(?:form|querystring|params|item|items|files|headers|cookies|request|servervariables|viewstate)\b/i.test(key)
          ? ' '
          : key,
      )
      for (const m of bare.matchAll(/"([^"\r\n]{0,400})"/g)) found.push(m[1]!)
      if (/\bMapPath\b/i.test(value)) found.push(MAPPED)
      for (const name of namesOf(bare)) {
        if (seen.has(name) || seen.size > 200) continue
        seen.add(name)
        append(next, values.get(name) ?? [])
      }
    }
    ring = next.slice(0, 40)
  }
  return found
}

/** Controls of the page whose values a client sends: those that its tags declare, and those that its code makes. */
function controlsOf(text: string): ReadonlySet<string> | null {
  const controls = new Set<string>()
  for (const m of text.matchAll(/<(?:asp:)?\w{1,40}\b[^<>]{0,800}/g)) {
    if (!/\brunat\s{0,4}=/i.test(m[0])) continue
    const id = /\bid\s{0,4}=\s{0,4}["']?([A-Za-z_]\w{0,60})/i.exec(m[0])?.[1]
    if (id !== undefined && controls.size < 2_000) controls.add(id.toLowerCase())
  }
  for (const m of text.matchAll(
    /\b(?:TextBox|FileUpload|HiddenField|HtmlInput\w{1,12}|HtmlTextArea|DropDownList)\s{1,4}([A-Za-z_]\w{0,60})/g,
  ))
    if (controls.size < 2_000) controls.add(m[1]!.toLowerCase())
  // Code without its tags: any name may be a control's. Classic ASP has none.
  return controls.size === 0 && /<%@\s{0,8}page\b|\busing\s{1,8}System\b|<asp:/i.test(text) ? null : controls
}

const box = /\b(?!string\b|sb\b|e\b|this\b|item\b|system\b)[a-z_]\w{0,40}\.(?:text|value|innertext|innerhtml)\b/i

function directly(text: string, controls: ReadonlySet<string> | null): number {
  let sources =
    (request.test(text) ? origin.request : 0) |
    (body.test(text) ? origin.body : 0) |
    (answer.test(text) ? origin.net : 0)
  if (controls === null) return box.test(text) ? sources | origin.box : sources
  if (controls.size === 0) return sources
  for (const m of text.matchAll(
    /\b([a-z_]\w{0,60})\s{0,2}\.\s{0,2}(?:text|value|innertext|innerhtml|selectedvalue|postedfile|filename|filebytes|filecontent)\b/gi,
  ))
    if (controls.has(m[1]!.toLowerCase())) sources |= origin.box
  return sources
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
  const keptBy =
    /\b(?:session|application|cache|viewstate)\s{0,4}[[(]\s{0,4}[A-Za-z_][\w.()[\]]{0,80}\s{0,4}=(?!=)([^]{1,4000})/i.exec(
      text,
    )
  if (keptBy) yield ['session:', keptBy[1]!]
  let found = 0
  for (const m of text.matchAll(/([A-Za-z_]\w{0,80})\s{0,8}(?:[[(][^\])=]{0,80}[\])])?\s{0,8}[+&]?=(?![=>])/g)) {
    if (++found > LIMITS.assignments) break
    // A property of a thing (`x.Name = value`) taints the thing.
    const owner = /([A-Za-z_]\w{0,80})(?:\.\w{1,80}){1,4}$/.exec(
      text.slice(Math.max(0, m.index - 120), m.index + m[1]!.length),
    )?.[1]
    const value = text.slice(m.index + m[0].length)
    yield [named(owner ?? m[1]!), value]
    // What is assigned to a property arrives in the parameter of its method.
    if (owner !== undefined) yield [`member__${m[1]!.toLowerCase()}`, value]
  }
  const each =
    /\bforeach\s{0,4}\(\s{0,4}\S{1,80}\s{1,8}([A-Za-z_]\w{0,80})\s{1,8}in\b([^]{1,2000})|\bfor\s{1,4}each\s{1,4}([A-Za-z_]\w{0,80})\s{1,8}in\b([^]{1,2000})/i.exec(
      text,
    )
  if (each) yield [named(each[1] ?? each[3]!), each[2] ?? each[4]!]
  const read = /\.\s{0,4}(?:Read|Receive(?:From)?)(?:Async)?\s{0,4}\(\s{0,4}([A-Za-z_]\w{0,80})\s{0,4}[,)]/i.exec(text)
  if (read) yield [named(read[1]!), text.slice(Math.max(0, read.index - 400), read.index + read[0].indexOf('(') + 1)]
  const call =
    /^\s{0,40}([A-Za-z_]\w{0,80})\s{0,4}\.\s{0,4}(?:Write|Append|Add|Push|LoadXml|AppendLine|AppendFormat|Copy|CopyTo|Load|Open)\w{0,20}\s{0,4}[\s(]([^]{1,4000})/i.exec(
      text,
    )
  if (call) yield [named(call[1]!), call[2]!]
}

/** A name as `namesOf` gives it. */
const named = (name: string): string => (variables.has(name) ? `${name}\0` : name.toLowerCase())

/** Parameters of the page's own methods, with what they are called with. */
function* parameters(statements: readonly Statement[]): Generator<readonly [name: string, value: string]> {
  const declared = new Map<string, string[]>()
  for (const { text } of statements) {
    const m =
      /\b([A-Za-z_]\w{0,80})\s{0,4}\(([^()]{0,400})\)\s{0,40}$/.exec(text) ??
      /\b(?:function|sub|property\s{1,4}(?:let|set|get))\s{1,4}([A-Za-z_]\w{0,80})\s{0,4}\(([^()]{0,400})\)/i.exec(text)
    if (
      !m ||
      !/\b(?:function|sub|void|string|object|static|public|private|protected|byte|int|bool|var|property)\b/i.test(text)
    )
      continue
    const names = m[2]!.split(',').map((part) => nameOfParameter(part))
    if (names.some((name) => name !== null))
      declared.set(
        m[1]!.toLowerCase(),
        names.map((name) => name ?? ''),
      )
  }
  if (declared.size === 0) return
  for (const [method, names] of declared) for (const name of names) if (name) yield [name, `member__${method}`]
  const others = references(statements)
  for (const { text } of statements) {
    let calls = 0
    // Basic calls without brackets: `run a, b`, `thing.run a`.
    const plain =
      /^\s{0,40}(?:call\s{1,4})?(?:[A-Za-z_]\w{0,80}\s{0,2}\.\s{0,2})?([A-Za-z_]\w{0,80})[ \t]{1,8}([^=\s][^]{0,4000})$/i.exec(
        text,
      )
    const given = plain === null ? undefined : declared.get(plain[1]!.toLowerCase())
    for (const [i, argument] of (given ? argumentsAt(plain![2]!, 0) : []).entries())
      if (given![i]) yield [given![i]!, argument]
    for (const m of text.matchAll(/\b([A-Za-z_]\w{0,80})\s{0,4}\(/g)) {
      if (++calls > LIMITS.calls) break
      const called = m[1]!.toLowerCase()
      const names = declared.get(others.get(called) ?? called)
      if (!names) continue
      const given = argumentsAt(text, m.index + m[0].length)
      for (const [i, argument] of given.entries()) {
        const name = names[i]
        if (name) yield [name, argument]
      }
    }
  }
}

/** What the page's own methods return: `return value`, under the name of its method. */
function* returns(statements: readonly Statement[]): Generator<readonly [name: string, value: string]> {
  let method = ''
  for (const { text } of statements) {
    const declared =
      /\b(?:static|public|private|protected|internal|string|object|void|byte|function|async|var)\b[^()=;]{0,200}?\b([A-Za-z_]\w{0,80})\s{0,4}\([^()]{0,400}\)\s{0,40}$/i.exec(
        text,
      )
    if (declared) method = declared[1]!.toLowerCase()
    const value = /^\s{0,200}return\b([^]{1,4000})$/i.exec(text)?.[1] ?? afterLast(text, 4_000, /\breturn\s/i)
    if (value !== undefined && method !== '') yield [method, value]
  }
}

/** What stands behind the first such place in the last so many letters; undefined where there is none, or nothing behind it. */
function afterLast(text: string, most: number, place: RegExp): string | undefined {
  const end = text.slice(-most)
  const found = place.exec(end)
  return (found && end.slice(found.index + found[0].length)) || undefined
}

/** `set f = GetRef("run")`: other names of the page's own methods. */
function references(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const others = new Map<string, string>()
  for (const { text } of statements) {
    const m = /\b([A-Za-z_]\w{0,80})\s{0,4}=\s{0,4}getref\s{0,4}\(\s{0,4}"([A-Za-z_]\w{0,80})"/i.exec(text)
    if (m && others.size < 100) others.set(m[1]!.toLowerCase(), m[2]!.toLowerCase())
  }
  return others
}

/** `string a`, `ByVal a As String`, `a : String`, `a`. */
function nameOfParameter(part: string): string | null {
  const script = /^\s{0,8}([A-Za-z_]\w{0,80})\s{0,4}:\s{0,4}[A-Za-z]/.exec(part)?.[1]
  if (script !== undefined) return named(script)
  const basic = /\b([A-Za-z_]\w{0,80})\s{1,8}as\b/i.exec(part)?.[1]
  const last = /([A-Za-z_]\w{0,80})\s{0,8}(?:=.{0,80})?$/.exec(part)?.[1]
  const name = basic ?? last
  return name === undefined ? null : named(name)
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
    if (
      !/\[\s{0,4}(?:[\w.]{1,80}\.)?(?:WebMethod|OperationContract)\b|<\s{0,4}(?:[\w.]{1,80}\.)?WebMethod|\b(?:Web|Script)MethodAttribute\b/i.test(
        text,
      )
    )
      continue
    for (const part of (
      /\(([^()]{0,400})\)\s{0,40}(?:(?::|\bas\b)\s{0,4}[\w.[\]()]{1,40}\s{0,40})?$/i.exec(text)?.[1] ?? ''
    ).split(',')) {
      const name = nameOfParameter(part)
      if (name) names.add(name)
    }
  }
  return names
}

/** Rules that hold for a page, with the place of the call. */
function flowsOf(page: Buffer, depth = 0): Map<string, readonly [number, number]> {
  const text = page.toString('latin1')
  const found = new Map<string, readonly [number, number]>()
  const compiled = isCompiled(text)
  const hidden = !compiled && /\b(?:eval|execute)/i.test(text)
  const delegating = text.includes('CreateDelegate')
  // Calls that tags stand for.
  const declares = /<asp:objectdatasource\b/i.test(text)
  const wanted = sinks.filter(
    (sink) =>
      (sink.call.test(text) || declares || (hidden && sink.info.id === 'flow-runs-page')) &&
      (!sink.page || sink.page.test(text)) &&
      (!sink.pageToo || sink.pageToo.test(text)) &&
      !(compiled && sink.info.id === EVALUATES),
  )
  if (wanted.length === 0 && !hidden && !delegating) return found
  const code = pageCodeOf(text)
  const statements = aliasesWrittenOut(code.statements)
  const flow = flowOf(statements, controlsOf(text))
  const trust = trustIn(text, code)
  for (const statement of statements) {
    for (const sink of wanted) {
      if (found.has(sink.info.id) || !reaches(sink, statement.text, flow)) continue
      if (sink.also && !statements.some((other) => reaches(sink.also!, other.text, flow))) continue
      const id = isLead(sink, statement.text, flow, trust) ? lead.id : sink.info.id
      if (!found.has(id)) found.set(id, [statement.at, Math.min(statement.text.length, 400)])
    }
  }
  const delegates = delegating && !found.has(LOADS) ? delegatesOf(statements) : new Set<string>()
  const delegate = statements.find(({ text: one }) => callsDelegate(one, delegates, flow))
  if (delegate) found.set(LOADS, [delegate.at, Math.min(delegate.text.length, 400)])
  if (hidden && !found.has(EVALUATES)) {
    const at = evaluatesHidden(text, statements, flow, depth)
    if (at) found.set(code.isLibrary ? lead.id : EVALUATES, at)
  }
  return found
}

/** Code that is evaluated under another name, or put together first. */
function evaluatesHidden(
  text: string,
  statements: readonly Statement[],
  flow: Flow,
  depth: number,
): readonly [number, number] | null {
  const value = evalIsAValue(text, statements)
  if (value !== null && statements.some((one) => (flow.sources(one.text) & anywhere) !== 0)) return value
  if (depth > 0) return null
  for (const { code, at } of unfolded(statements))
    if (flowsOf(Buffer.from(`<% ${code} %>`, 'latin1'), 1).has(EVALUATES)) return at
  return null
}

/** A page in C# or Visual Basic has no eval of its own: `Eval` gives it a value of a row. */
function isCompiled(text: string): boolean {
  return (
    /<%@[^>]{0,800}\blanguage\s{0,4}=\s{0,4}["']?\s{0,4}(?:c#|cs|csharp|vb|visualbasic)["'\s%]/i.test(text) &&
    !/executestatement|addcode|jscriptevaluate|vsaengine|csharpscript|scriptcontrol/i.test(text)
  )
}

/** Signs of a legitimate page: part of an application, procedures only, checks of uploads. */
type Trust = { readonly isPart: boolean; readonly isLibrary: boolean; readonly checks: boolean }

function trustIn(text: string, code: PageCode): Trust {
  const { isLibrary } = code
  return {
    isPart: isPartOfApplication(text, isLibrary),
    isLibrary,
    checks: code.statements.some((one) => checksUpload.test(one.text)),
  }
}

/** Is what a sink was given only a lead? An application does it, too. */
function isLead(sink: DangerousCall, text: string, flow: Flow, trust: Trust): boolean {
  if (sink.info.id === EVALUATES) {
    // A name or a number of the request in a line of the application's own.
    const call = callOf(sink.call, text)!
    return trust.isLibrary || (trust.isPart && /^\s{0,8}"/.test(text.slice(call.index + call[0].length)))
  }
  if (!sink.weak) return false
  if (trust.isPart || (sink.weak === 'writes' && trust.checks)) return true
  const call = callOf(sink.call, text)!
  const path = argumentsAt(text, call.index + call[0].length)[sink.argument?.[0] ?? 0] ?? ''
  return sink.fixed?.(flow.texts(path)) ?? false
}

const EVALUATES = 'flow-evaluates'
const LOADS = 'flow-loads-code'

/** Names of calls that the page makes at run time out of the name of a method. */
function delegatesOf(statements: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { text } of statements) {
    const m = /\b([A-Za-z_]\w{0,80})\s{0,4}=[^=][^]{0,400}\bCreateDelegate\s{0,4}\(/.exec(text)
    if (m && names.size < 100) names.add(m[1]!.toLowerCase())
  }
  return names
}

function callsDelegate(text: string, delegates: ReadonlySet<string>, flow: Flow): boolean {
  if (delegates.size === 0) return false
  let calls = 0
  for (const m of text.matchAll(/(?<![\w.])([A-Za-z_]\w{0,80})\s{0,4}(?:\.\s{0,4}Invoke\s{0,4})?\(/g)) {
    if (++calls > LIMITS.calls) return false
    if (!delegates.has(m[1]!.toLowerCase())) continue
    if ((flow.sources(argumentsAt(text, m.index + m[0].length).join(',')) & anywhere) !== 0) return true
  }
  return false
}

/** The texts of a path; what the request may also name as a whole is not bound to the site. */
function pathTexts(part: string, flow: Flow): string[] {
  const texts = flow.texts(part)
  const isName = /^\s{0,8}[A-Za-z_]\w{0,80}\s{0,8}$/.test(part)
  const values = (isName ? flow.values(part.trim()) : [part]).flatMap(alternatives)
  const isFree = (isName || values.length > 1) && values.some((value) => !/MapPath/i.test(value) && request.test(value))
  return isFree ? texts.filter((text) => text !== MAPPED) : texts
}

/** The values of which a statement chooses one: `a ? b : c`, `b ?? c`, `IIf(a, b, c)`; else the value itself. */
function alternatives(value: string): string[] {
  const chosen = /^\s{0,8}(?:iif|if)\s{0,4}\(/i.exec(value)
  if (chosen) {
    const given = argumentsAt(value, chosen[0].length)
    return given.length > 2 ? given.slice(1, 3) : given
  }
  const marks = topLevel(value)
  const [first, second] = marks
  if (first === undefined) return [value]
  if (value.startsWith('??', first)) return [value.slice(0, first), value.slice(first + 2)]
  return second === undefined ? [value] : [value.slice(first + 1, second), value.slice(second + 1)]
}

/** Places of `?` and of the `:` behind it, outside of texts and brackets. */
function topLevel(value: string): number[] {
  const places: number[] = []
  let depth = 0
  let quoted = false
  for (let i = 0; i < value.length && i < 4_000; i++) {
    const letter = value[i]!
    if (quoted && letter === '\\') i++
    else if (letter === '"') quoted = !quoted
    else if (!quoted && '([{'.includes(letter)) depth++
    else if (!quoted && ')]}'.includes(letter)) depth--
    else if (
      !quoted &&
      depth === 0 &&
      (places.length === 0 ? letter === '?' && !/[.[]/.test(value[i + 1] ?? '') : letter === ':')
    )
      places.push(i)
  }
  return places
}

/** The first call outside quoted text: what a page writes for the browser calls nothing here. */
function callOf(call: RegExp, text: string): RegExpExecArray | null {
  let everywhere = calls.get(call)
  if (!everywhere) calls.set(call, (everywhere = new RegExp(call.source, `${call.flags}g`)))
  let tried = 0
  let quotes = 0
  let from = 0
  for (const found of text.matchAll(everywhere)) {
    if (++tried > LIMITS.calls) return null
    for (; from < found.index; from++) if (text[from] === '"') quotes++
    if (quotes % 2 === 0) return found
  }
  return null
}

const calls = new Map<RegExp, RegExp>()

/** Does a statement hold the call of a sink that is given what it must not be given? */
function reaches(sink: Omit<DangerousCall, 'info'>, text: string, flow: Flow): boolean {
  const call = callOf(sink.call, text)
  if (!call || (sink.given && !sink.given.test(text))) return false
  if (sink.always && !sink.texts) return true
  const behind = call.index + call[0].length
  const given = sink.argument ? argumentsAt(text, behind) : []
  const parts = sink.whole ? [text] : sink.argument ? sink.argument.map((i) => given[i] ?? '') : [text.slice(behind)]
  if (!sink.always && !parts.some((part) => (flow.sources(part) & (sink.sources ?? anywhere)) !== 0)) return false
  const argument = given[sink.argument?.[0] ?? 0] ?? ''
  if (
    sink.first &&
    ![argument, ...namesOf(argument)].some((one) => [one, ...flow.values(one)].some((value) => sink.first!.test(value)))
  )
    return false
  if (sink.object && call[0].startsWith('.')) {
    const thing = /([A-Za-z_]\w{0,80})\s{0,4}$/.exec(text.slice(0, call.index))?.[1]
    const made = thing === undefined ? [] : flow.values(thing)
    if (!made.some((one) => /createobject|\bnew\b/i.test(one) && sink.object!.test(one))) return false
  }
  return sink.texts?.(pathTexts(sink.argument ? argument : text.slice(behind), flow)) ?? true
}
