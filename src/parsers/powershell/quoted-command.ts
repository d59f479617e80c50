import { isoMinute, statesZone } from '../../lib/time.ts'

/** A command that was copied into a text, with the time that stands before it. */
export type QuotedCommand = {
  readonly command: string
  readonly time: number | null
  readonly basis: 'stated' | 'assumed'
  /** The command line of the worker of IIS that started it, where the row of a table has one. */
  readonly parent: string | null
  /** Is it one beyond doubt? A program's name alone on a line may be a word of a sentence. */
  readonly isSure: boolean
}

/** A line is looked at no further. */
const LINE = 32_768

/**
 * The commands of a line of a report, of a post or of notes: `net user x /add`, behind a bullet, a prompt, a label, a time,
 * or in a cell of a table. Prose about programs is none.
 */
export function quotedCommands(line: string): QuotedCommand[] {
  if (line.length > LINE || !/[A-Za-z]{2}/.test(line)) return []
  const cells = [...cellsOf(line), ...labelled(line)]
  const stamps = cells.flatMap((cell) => timeIn(cell.trim()) ?? [])
  const beside = stamps[0] ?? (CLOCK.test(cells[0]!.trim()) ? UNTIMED : undefined)
  const parent = cells.length > 1 ? (cells.map((cell) => cell.trim()).find((cell) => WORKER.test(cell)) ?? null) : null
  return cells.flatMap((cell) => {
    const chain = chainOf(cell)
    return chain === null
      ? commandIn(cell, parent, beside)
      : chain.flatMap((link, i) => commandIn(link, i === 0 ? null : workerIn(chain[i - 1]!), beside))
  })
}

function commandIn(cell: string, parent: string | null, beside: Stamp | undefined): QuotedCommand[] {
  const { text: written, stamp } = undecorated(cell)
  const text = straightened(written)
  const isSure = WORKER.test(cell.trim()) ? null : sureness(text)
  const { time, basis } = stamp ?? beside ?? UNTIMED
  const given = { time, basis, parent }
  if (isSure !== null) return [{ ...given, command: refanged(text), isSure }]
  return stamp === null && beside === undefined
    ? []
    : inSentence(written).map((command) => ({ ...given, command: refanged(command), isSure: true }))
}

/** The time of day alone, in the first column of a timeline. */
const CLOCK = /^[*`]{0,3}\d\d:\d\d(?::\d\d)?(?: ?(?:UTC|GMT|Z|[AP]M))?[*`]{0,3}(?=$|[\s,;:|])/i

/** Commands in quotation marks or marks of code within a sentence of a timeline: its time shows that they ran. */
function inSentence(text: string): string[] {
  return [...text.matchAll(QUOTED)].flatMap(({ 1: double, 2: code }) => {
    const command = (double ?? code)!.trim()
    return sureness(command) === true ? [command] : []
  })
}

const QUOTED = /(?<=^|[\s:(])(?:["\u201c]([^"\u201c\u201d`]{6,4096})["\u201d]|`([^`]{6,4096})`)/g

/** Processes that started one another, with arrows between them: `w3wp.exe → cmd.exe /c whoami`; null where a line is none. */
function chainOf(text: string): readonly string[] | null {
  const chain = text.trim().split(ARROW_BETWEEN)
  if (chain.length < 2 || !/\.exe\b/i.test(chain[0]!)) return null
  // What stands behind a mark of code is the author's.
  return chain.map((link) => /^`([^`]{2,4096})`(?=\s|$)/.exec(link.trim())?.[1] ?? link)
}

const ARROW_BETWEEN = /\s(?:-{1,2}>|=>|[\u2192\u21d2\u2794\u27a1])\s/

/** The worker of IIS that a line of a tree of processes names, and nothing else; null where it names none. */
export function workerIn(line: string): string | null {
  const { text } = undecorated(line)
  return WORKER.test(text) || /^"?(?:[A-Za-z]:\\[^"<>|]{0,200}\\)?w3wp\.exe"?:?$/i.test(text) ? text : null
}

/** The command line of a worker of IIS, with the pool that it serves. */
const WORKER = /^"?(?:[A-Za-z]:\\[^"<>|]{0,200}\\)?w3wp(?:\.exe)?"?\s{1,4}-ap\s{1,4}"?\w{3,60}"?/i

/** Addresses as they were before a report was made safe to read: `hxxp://203.0.113[.]7`. */
function refanged(text: string): string {
  return text
    .replaceAll(/\bhxxp(s?)(?=:|\[:\])/gi, 'http$1')
    .replaceAll(/\[([.:])\]/g, '$1')
    .replaceAll('[:]//', '://')
}

/**
 * The quotation marks that were typed: word processors and web sites bend them, and PowerShell takes bent ones for straight ones.
 */
function straightened(text: string): string {
  return /[\u2018-\u201f\u2032\u2033]/.test(text)
    ? text.replaceAll(/[\u2018-\u201b\u2032]/g, "'").replaceAll(/[\u201c-\u201f\u2033]/g, '"')
    : text
}

/** What stands behind the name of the field inside a line: `CommandLine="cmd.exe /c whoami"`. */
function labelled(line: string): string[] {
  const label = INNER_LABEL.exec(line)
  if (!label || label.index === 0) return []
  const rest = line.slice(label.index + label[0].length)
  const mark = rest[0]!
  const end = mark === '"' ? rest.lastIndexOf('"') : rest.indexOf('`', 1)
  return end > 1 ? [rest.slice(1, end)] : []
}

const INNER_LABEL = /\bcommand_?line[`*'"]{0,3}\s?[:=]\s?(?=["`])/i

type Stamp = Pick<QuotedCommand, 'time' | 'basis'>

const UNTIMED: Stamp = { time: null, basis: 'assumed' }

/** The cells of a table in Markdown or with tabs; else the line. A pipe of a command has no others at both ends. */
function cellsOf(line: string): string[] {
  const trimmed = line.trim()
  if (trimmed.length > 2 && trimmed.startsWith('|') && trimmed.endsWith('|')) return trimmed.slice(1, -1).split(/ \| /)
  if (trimmed.includes('\t')) return trimmed.split('\t')
  // Columns under one another: a time, and then what stands two blanks and more apart.
  const columns = timeIn(trimmed) === null ? [] : trimmed.split(/ {2,}/)
  if (columns.length > 2) return columns
  // A table without pipes at its ends: of a command's pipes none stands behind a time.
  const cells = trimmed.split(/ \| /)
  return cells.length > 2 && timeIn(cells[0]!.trim())?.length === cells[0]!.trim().length ? cells : [trimmed]
}

const TIME =
  /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,7})?)?(?:Z|[+-]\d\d:\d\d)?)(?: ?(UTC|GMT))?\]?(?=$|[\s,;:|])/

function timeIn(text: string): (Stamp & { readonly length: number }) | null {
  const m = TIME.exec(text)
  const time = m && isoMinute(m[1]!)
  if (time === null) return null
  return { time, basis: m![2] !== undefined || statesZone(m![1]!) ? 'stated' : 'assumed', length: m![0].length }
}

/** A bullet, a branch of a tree of processes, an arrow, a number, or the time before the event that a report tells of: `T-07m`. */
const BULLET =
  /^(?:[-*\u2022>$|]|\\_|[|+`]-{1,3}>?|-{1,2}>|=>|[\u2192\u21d2\u21b3\u2794\u27a1]|[\u2514\u251c\u2502][\u2500>]{0,3}|\d{1,3}[.)]|T[-+]\d{1,4}\s?(?:s|m|h|d|min)?:?)\s+/
/** What cmd.exe and PowerShell print in front of a command. Output is redirected behind a blank. */
const PROMPT = /^(?:\[?PS\]? )?[A-Za-z]:\\(?:[^<>|"*?]{0,260}[^<>|"*?\s])?>\s*/
const LABEL =
  /^\*{0,2}(?:process\s)?(?:command ?lines?|cmd ?line|commands?|cmd|parent ?command ?line)\*{0,2}\s?[:=]\*{0,2}\s*/i

/** The number of a process behind its program, before its command line: `cmd.exe (PID 4711) "cmd" /c whoami`. */
const NUMBERED = /^("?)([^"<>|]{0,200}?)([^\\"<>|\s]{1,60})\.exe\1 ?\((?:pid[: ]{0,2})?\d{1,8}\):?(?:\s|$)\s*/i

function withoutNumber(text: string): string {
  const m = NUMBERED.exec(text)
  if (!m) return text
  const rest = text.slice(m[0].length)
  const isWhole = rest
    .toLowerCase()
    .replace(/^"?(?:[^"\s]{0,200}\\)?/, '')
    .startsWith(m[3]!.toLowerCase())
  return isWhole ? rest : `${m[1]}${m[2]}${m[3]}.exe${m[1]} ${rest}`.trim()
}

/** What is left of a line without what the text around it put before and behind. */
function undecorated(cell: string): { readonly text: string; readonly stamp: Stamp | null } {
  let text = cell.trim()
  let stamp: Stamp | null = null
  for (let i = 0; i < 8; i++) {
    const before = text
    text = withoutNumber(text.replace(BULLET, '').replace(LABEL, '').replace(PROMPT, ''))
    const told = timeIn(text)
    if (told) {
      stamp ??= told
      text = text.slice(told.length).replace(/^[\s,;:|\u2013\u2014-]{1,9}/, '')
    }
    text = unwrapped(text)
    if (text === before) break
  }
  return { text: text.replace(TECHNIQUE, ''), stamp }
}

/** The technique of ATT&CK that a report names behind a command: `[T1490]`. */
const TECHNIQUE = /\s{1,40}(?:#\s?)?[[(]T\d{4}(?:\.\d{3})?[\])]$/

/**
 * The text of a command that goes on in the next line, without the mark at its end (a backtick of PowerShell, a caret of cmd.exe);
 * null where it ends here.
 */
export function continued(text: string): string | null {
  return text.length < LINE && /\s[`^]\s{0,8}$/.test(text) ? text.replace(/[`^]\s{0,8}$/, '') : null
}

/** Without the marks around the whole: those of code and of bold type, and quotation marks that have no others inside. */
function unwrapped(text: string): string {
  for (const mark of ['```', '`', '**', '"', '\u201c'] as const) {
    const close = mark === '\u201c' ? '\u201d' : mark
    const inside = text.slice(mark.length, -close.length)
    if (text.length > mark.length * 2 && text.startsWith(mark) && text.endsWith(close) && !inside.includes(mark))
      return inside.trim()
  }
  return text
}

/** Is a text a command: certainly (true), perhaps (false), not at all (null)? */
function sureness(text: string): boolean | null {
  if (EXPRESSION.test(text) && OF_CODE.test(text)) return true
  const m = /^(?:& ?)?(?:"([^"]{1,260})"|([^\s"]{1,260}))(?:\s+([^]*))?$/.exec(text)
  if (!m) return null
  const [, quoted, plain = '', rest = ''] = m
  const program = quoted ?? plain
  if (isProse(rest)) return null
  if (CMDLET.test(program))
    return /(?:^|\s)-[A-Za-z]{2}/.test(rest) ? true : rest === '' || !/\s/.test(rest) ? false : null
  const name = /(?:^|[\\/])([^\\/]{1,80})$/.exec(program)?.[1]?.toLowerCase() ?? ''
  const base = name.replace(/\.(?:exe|com)$/, '')
  const wanted = programs.get(base)
  if (wanted === undefined) return isOwnProgram(program, name, rest)
  if (rest === '') return alone.has(base) ? false : null
  return wanted.test(rest) ? true : null
}

/** Code of PowerShell that begins with neither a cmdlet nor a program. */
const EXPRESSION = /^(?:\$\w{1,60}(?:\s?=|\.\w{1,60}\()|\[[\w.]{3,120}\]::|\(?New-Object\s|IEX\b|IWR\b)/i
const OF_CODE =
  /New-Object|Invoke-|::|Download|GacInstall|https?:\/\/|\.(?:GetField|GetMethod|GetType|SetValue|Invoke)\(/i
const CMDLET =
  /^(?:Get|Set|New|Remove|Add|Enable|Disable|Export|Import|Install|Uninstall|Invoke|Start|Stop|Restart|Search|Update|Clear|Move|Copy|Grant|Register|Compress|Expand)-[A-Z][A-Za-z]{2,50}$/

/** A program that nothing is known of: by its path and what is given to it. */
function isOwnProgram(program: string, name: string, rest: string): boolean | null {
  const isPath = /^(?:[A-Za-z]:\\|\.\\|\\\\|%\w{2,40}%\\)/.test(program) && /\.(?:exe|com|bat|cmd|ps1|vbs)$/.test(name)
  return isPath && ARGUMENT.test(rest) ? true : null
}

/** A switch, a path, an assignment, a redirection, an address. */
const ARGUMENT = /(?:^|\s)[-/]{1,2}\w|[\\|&=<>"]|:\/\//

/** Two words of a sentence. A name in quotation marks may hold them. */
function isProse(rest: string): boolean {
  const words = rest.slice(0, 400).replace(/"[^"]*"|'[^']*'/g, '')
  return [...words.matchAll(SENTENCE)].length > 1
}

const SENTENCE = /(?:^|\s)(?:the|was|were|is|are|and|of|for|used|with|that|which|by|from|this|to|a|an|as|we|it)(?=\s)/gi

/** Switches, and a path that begins with a drive, a share, a variable or the folder itself. */
const OF_FILES = /^(?:\/[a-z]{1,4}\s{1,4}){0,6}"?(?:[A-Za-z]:[\\/]|\\\\|%\w{2,40}%|\.\\|\*\.)/i

/** What people type, and what follows each. */
const programs: ReadonlyMap<string, RegExp> = new Map([
  ...['net', 'net1'].map((name): [string, RegExp] => [
    name,
    /^(?:user|localgroup|group|accounts|view|use|share|session|start|stop|time|config|computer)\b/i,
  ]),
  ['sc', /^(?:\\\\\S{1,80}\s+)?(?:query|queryex|qc|create|config|start|stop|delete|sdset|description|failure)\b/i],
  ['reg', /^(?:add|query|save|delete|export|import|copy|load)\s/i],
  ['netsh', /^(?:advfirewall|firewall|interface|wlan|winhttp|portproxy|http|trace)\b/i],
  ['vssadmin', /^(?:list|create|delete|resize)\s/i],
  ['wbadmin', /^(?:delete|stop|start|get)\s/i],
  ['wevtutil', /^(?:cl|clear-log|el|qe|sl|epl)\b/i],
  ['fsutil', /^\w{3,20}\s/],
  ['appcmd', /^(?:add|set|list|install|uninstall|delete|unlock)\s/i],
  ...['del', 'erase', 'rd', 'rmdir', 'ren', 'rename'].map((name): [string, RegExp] => [name, OF_FILES]),
  ['ntdsutil', /\S/],
  ['diskshadow', ARGUMENT],
  ['query', /^(?:user|session|process)\b/i],
  ['ping', /(?:^|\s)-\w|^\d{1,3}(?:\.\d{1,3}){3}|^[\w-]{1,63}(?:\.[\w-]{1,63})+\s*$/],
  ...(
    'at arp attrib bcdedit bitsadmin cacls certreq certutil cipher cmd cmdkey copy cscript csvde curl dsget dsquery ' +
    'esentutl expand findstr gpresult gsecdump hostname icacls iisreset installutil ipconfig klist ldifde makecab ' +
    'manage-bde mimikatz mkdir mofcomp move mshta msbuild msiexec nbtstat netstat nltest nslookup odbcconf plink ' +
    'powershell procdump procdump64 psexec psexec64 pwsh qwinsta quser rar rclone regasm regsvcs regsvr32 robocopy ' +
    'route rundll32 schtasks setspn systeminfo takeown tar taskkill tasklist tscon type wget whoami winrar wmic ' +
    'wscript xcopy 7z 7za'
  )
    .split(' ')
    .map((name): [string, RegExp] => [name, ARGUMENT]),
])
/** Those that people type alone. */
const alone: ReadonlySet<string> = new Set(
  'whoami hostname ipconfig systeminfo tasklist quser qwinsta netstat klist arp set ver'.split(' '),
)
