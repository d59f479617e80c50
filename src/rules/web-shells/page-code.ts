import { isCodeFile } from './decode.ts'

/** The server code of a page, cut into statements, whatever language it is written in. */

export type Statement = { readonly text: string; readonly at: number }

const LIMITS = { statements: 20_000, statement: 8_000 }

type Run = { readonly code: string; readonly at: number; readonly isBasic: boolean }

/** Statements of a page, and whether it only holds procedures for other pages. */
export type PageCode = { readonly statements: readonly Statement[]; readonly isLibrary: boolean }

export function pageCodeOf(text: string): PageCode {
  const statements: Statement[] = []
  const basic: Statement[] = []
  let others = 0
  for (const run of runsOf(text)) {
    for (const statement of cut(run)) {
      if (statements.length + basic.length >= LIMITS.statements) break
      if (!/\w/.test(statement.text)) continue
      if (run.isBasic) basic.push(statement)
      else statements.push(statement)
      if (!run.isBasic) others++
    }
  }
  // Procedures of ASP.NET are called by what happens to the page.
  const isNet = /<%@\s{0,8}(?:page|control|master|web|application|servicehost)|<asp:/i.test(text) || isCodeFile(text)
  const { scoped, onlyProcedures } = ownNames(isNet ? basic : basic.map(inSmallLetters))
  const isLibrary = onlyProcedures && others === 0 && !isNet
  return { statements: [...statements, ...scoped].sort((a, b) => a.at - b.at), isLibrary }
}

// ---------------------------------------------------------------- what the server runs

/** Runs of a page that the server executes, with their places. */
function runsOf(text: string): Run[] {
  const lower = text.toLowerCase()
  const language = languageOf(text)
  const made = ({ code, at, own }: Piece): Run => ({ code, at, isBasic: own ?? language ?? looksBasic(code) })
  const pieces: Piece[] = [...blocksOf(text), ...scriptsOf(text, lower), ...phpOf(text)]
  const tags = [...tagsOf(text)].map(made)
  const at = behindDirective(lower)
  if (at !== null && !lower.includes('<script')) pieces.push({ code: text.slice(at), at })
  else if (pieces.length === 0 && (/@\{|\bhttp(?:handler|module)\b|<msxsl:script/.test(lower) || isCodeFile(text)))
    pieces.push({ code: text, at: 0 })
  return [...pieces.map(made), ...tags]
}

/** `own`: what the piece itself says of its language. */
type Piece = { readonly code: string; readonly at: number; readonly own?: boolean | null }

/** Is the page in Basic? Null where no directive says it: the code has to. */
function languageOf(text: string): boolean | null {
  const named = /<%@[^>]{0,800}?\blanguage\s{0,4}=\s{0,4}["']?\s{0,4}([\w#.]{1,20})/i.exec(text)?.[1]
  return named === undefined ? null : isBasic(named)
}

const isBasic = (language: string): boolean => /^vb|^visualbasic/i.test(language)

/** Lines of C end with `;` or a brace; Basic has words where C has none. */
function looksBasic(code: string): boolean {
  const lines = code
    .replace(/\/\/[^\r\n"]{0,400}|\/\*[^*]{0,400}\*\//g, '')
    .split(/[\r\n]+/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '')
  const ended = lines.filter((line) => /[;{}]$/.test(line)).length
  if (ended > lines.length * 0.3) return false
  return (
    /\b(?:then|dim|wend|end\s{1,4}(?:if|sub|function|select|with))\b/i.test(code) ||
    count(code, ';') <= lines.length / 6
  )
}

/** `<% … %>`, but for directives and comments. */
function* blocksOf(text: string): Generator<Piece> {
  for (let open = text.indexOf('<%'); open >= 0; ) {
    const at = open + 2
    const close = text.indexOf('%>', at)
    const end = close < 0 ? text.length : close
    if (text[at] !== '@' && text[at] !== '-') yield { code: text.slice(at, end), at }
    open = text.indexOf('<%', end)
  }
}

/** `<script runat=server> … </script>`. */
function* scriptsOf(text: string, lower: string): Generator<Piece> {
  for (let open = lower.indexOf('<script'); open >= 0; ) {
    const close = lower.indexOf('>', open)
    if (close < 0) return
    const end = lower.indexOf('</script', close)
    const at = close + 1
    const tag = lower.slice(open, Math.min(close, open + 800))
    if (/\brunat\s{0,4}=/.test(tag)) {
      const language = /\blanguage\s{0,4}=\s{0,4}["']?\s{0,4}([\w#.]{1,20})/.exec(tag)?.[1]
      yield { code: text.slice(at, end < 0 ? text.length : end), at, own: language ? isBasic(language) : null }
    }
    if (end < 0) return
    open = lower.indexOf('<script', end)
  }
}

/** Tags that make an object of a class, or call a method of it with what a client sends, as the code that they stand for. */
function* tagsOf(text: string): Generator<Piece> {
  let found = 0
  for (const m of text.matchAll(/<(object|asp:objectdatasource)\b([^<>]{1,800})/gi)) {
    if (++found > TAGS) return
    const values = new Map([...m[2]!.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!.toLowerCase(), value!]))
    const [type, id] = [values.get('class') ?? values.get('typename'), values.get('id')]
    if (type === undefined || !/\brunat\s{0,4}=/i.test(m[2]!)) continue
    if (m[1]!.toLowerCase() === 'object') {
      if (id !== undefined) yield { code: `${type} ${id} = new ${type}();`, at: m.index, own: false }
      continue
    }
    const inside = text.slice(m.index, m.index + LONGEST_SOURCE)
    const isAsked = /<asp:(?:querystring|form|cookie|control|session|routing)?parameter\b/i.test(inside)
    const given = isAsked ? 'Request["parameter"]' : ''
    for (const name of ['selectmethod', 'insertmethod', 'updatemethod', 'deletemethod']) {
      const method = values.get(name)
      if (method !== undefined) yield { code: `${type}.${method}(${given});`, at: m.index, own: false }
    }
  }
}

const ATTRIBUTE =
  /\b(class|typename|id|(?:select|insert|update|delete)method)\s{0,4}=\s{0,4}["']?\s{0,4}([a-z_][\w.+]{0,120})/gi

/** Tags of a page that are read, and the length of one with its parameters. */
const [TAGS, LONGEST_SOURCE] = [200, 4_000]

/** `<?php … ?>` */
function* phpOf(text: string): Generator<Piece> {
  for (const m of text.matchAll(/<\?(?:php\b|=)/gi)) {
    const at = m.index + m[0].length
    const end = text.indexOf('?>', at)
    yield { code: text.slice(at, end < 0 ? text.length : end), at, own: false }
  }
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

// ---------------------------------------------------------------- statements

/** Code cut into statements in one pass: C-like code ends them with `;` or a brace, Basic with the line (` _` goes on) or `:`. */
function* cut({ code, at, isBasic }: Run): Generator<Statement> {
  const c = !isBasic
  let start = 0
  let quote = ''
  // Braces that hold the items of a list end nothing: `new object[] { a }`.
  let lists = 0
  for (let i = 0; i <= code.length; i++) {
    const letter = code[i] ?? '\n'
    const last = i >= code.length || i - start >= LIMITS.statement
    if (quote === '' && beginsComment(code, i, letter, c)) {
      const line = code.indexOf('\n', i)
      yield { text: code.slice(start, i), at: at + start }
      i = line < 0 ? code.length : line
      start = i + 1
      continue
    }
    if (quote !== '' && c && letter === '\\') i++
    else quote = quoteAfter(letter, quote, c)
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

/** The quote that is open behind a letter; empty where none is. */
function quoteAfter(letter: string, quote: string, c: boolean): string {
  if (quote !== '') return letter === quote || letter === '\n' ? '' : quote
  return letter === '"' || (letter === "'" && c) ? letter : ''
}

/** A comment to the end of the line. */
function beginsComment(code: string, i: number, letter: string, c: boolean): boolean {
  return (letter === "'" && !c) || (c && letter === '/' && code[i + 1] === '/')
}

function endsBasic(code: string, i: number, letter: string): boolean {
  if (letter === ':') return code[i + 1] !== '='
  if (letter !== '\n' && letter !== '\r') return false
  return !/(?:\s_|&)\s{0,8}$/.test(code.slice(Math.max(0, i - 12), i))
}

// ---------------------------------------------------------------- names of a procedure

const PROCEDURE =
  /^\s{0,200}(?:(?:public|private|protected|friend|shared|default|overrides)\s{1,8}){0,4}(?:function|sub|property\s{1,4}(?:get|let|set))\s{1,8}([A-Za-z_]\w{0,80})\s{0,8}(?:\(([^()]{0,800})\))?/i
/** Also behind what a procedure on one line does. */
const PROCEDURE_ENDS = /\bend\s{1,8}(?:function|sub|property)\s{0,200}$/i
const DECLARED = /^\s{0,200}dim\s{1,8}([^]{1,2000})$/i

/**
 * Parameters and declared names of a procedure of Basic are its own: they get a name that no other procedure has. A page
 * of classic ASP that does nothing outside of its procedures is a library.
 */
function ownNames(statements: readonly Statement[]): { scoped: Statement[]; onlyProcedures: boolean } {
  const scoped: Statement[] = []
  let own: Set<string> | null = null
  let procedures = 0
  const outside: string[] = []
  const called = new Set<string>()
  for (const { text, at } of withoutWith(statements)) {
    const begins = PROCEDURE.exec(text)
    const declares = own === null ? null : DECLARED.exec(text)
    if (begins) {
      own = new Set(declaredIn(begins[2] ?? ''))
      procedures++
      called.add(begins[1]!.toLowerCase())
    } else if (declares) for (const name of declaredIn(declares[1]!)) own?.add(name)
    if (own === null && outside.length < 2_000) outside.push(text)
    scoped.push({ text: own === null || own.size === 0 ? text : renamed(text, own, procedures), at })
    if (PROCEDURE_ENDS.test(text)) own = null
  }
  return { scoped, onlyProcedures: procedures > 0 && !outside.some((text) => does(text, called)) }
}

/** `With thing` … `.Write a` … `End With`, written as `thing.Write a`. */
function* withoutWith(statements: readonly Statement[]): Generator<Statement> {
  const things: string[] = []
  for (const { text, at } of statements) {
    const begins = /^\s{0,200}with\s{1,8}([^]{1,2000})$/i.exec(text)?.[1]?.trim()
    if (begins !== undefined && things.length < 20) {
      const isName = /^[A-Za-z_]\w{0,80}$/.test(begins)
      things.push(isName ? begins : `with${at}`)
      yield { text: isName ? text : `with${at} = ${begins}`, at }
      continue
    }
    if (/^\s{0,200}end\s{1,8}with\b/i.test(text)) things.pop()
    const thing = things.at(-1)
    yield thing === undefined
      ? { text, at }
      : {
          text: text.replace(/"[^"\r\n]*"|(?<![\w)\].])\.(?=[A-Za-z])/g, (one) => (one === '.' ? `${thing}.` : one)),
          at,
        }
  }
}

/** Does a statement outside of procedures do something? */
function does(text: string, called: ReadonlySet<string>): boolean {
  if (/^\s{0,200}(?:dim|public|private|const|class|end|option|redim)\b/i.test(text)) return false
  if (/\b(?:request|response|execute|eval|executeglobal)\b/i.test(text)) return true
  return [...text.matchAll(/[A-Za-z_]\w{0,80}/g)].some((m) => called.has(m[0].toLowerCase()))
}

/** `a`, `ByVal a As String`, `a(3)`. */
function declaredIn(list: string): string[] {
  return list.split(',').flatMap((part) => {
    const name = /^\s{0,40}(?:(?:optional|byval|byref|paramarray)\s{1,8}){0,3}([A-Za-z_]\w{0,80})/i.exec(part)?.[1]
    return name === undefined ? [] : [name.toLowerCase()]
  })
}

/** Names that are classes of .NET are variables of classic ASP, which does not tell `Path` from `path`. */
function inSmallLetters({ text, at }: Statement): Statement {
  return {
    text: text.replace(/"[^"\r\n]*"|(?<![\w.])(?:file|path|text|string|log)\b/gi, (word) =>
      word[0] === '"' ? word : word.toLowerCase(),
    ),
    at,
  }
}

function renamed(text: string, own: ReadonlySet<string>, procedure: number): string {
  return text.replace(/"[^"\r\n]*"|(?<![\w.])[A-Za-z_]\w{0,70}/g, (word) =>
    word[0] !== '"' && own.has(word.toLowerCase()) ? `${word}__${procedure}` : word,
  )
}
