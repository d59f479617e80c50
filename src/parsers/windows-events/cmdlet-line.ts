import { MANAGEMENT } from './channels.ts'
import type { WindowsRecord } from './record.ts'

/**
 * An event of MSExchange Management whose items some tool joined in one line: `New-X\n-Mailbox 'a'\ncontoso.example/Users/a\n
 * S-1-5-…\nRemote-PowerShell-Unknown\n10544`. What it did with the line ends stands between them.
 */
export function cmdletRecord(line: string): WindowsRecord | null {
  if (line.length > 65_536) return null
  const data = listedStrings(line) ?? joinedItems(line)
  if (data === null) return null
  const hasFailed = data.some((item) => /\w{3}Exception\b/.test(item))
  return {
    system: { eventId: hasFailed ? 6 : 1, provider: 'MSExchange CmdletLogs', channel: MANAGEMENT },
    data: data.map((item) => [null, item]),
    when: { time: null, basis: 'assumed', text: null },
    snippet: true,
  }
}

function joinedItems(line: string): readonly string[] | null {
  const text = line.trim().replace(/^[*`>'"\s[]{1,8}|[*`'"\]]{1,8}$/g, '')
  const m = BEGIN.exec(text)
  if (!m) return null
  const items = text.split(m[2]!).map((item) => item.trim())
  // Where the record goes on in another line, its parameters as the log writes them tell that it is one.
  const isWhole = items.length > 2 && items.some((item) => CALLER.test(item))
  if (!isWhole && [...items[1]!.slice(0, 4096).matchAll(VALUE)].length < 2) return null
  return items.map((item) => (DOUBLED.test(item) ? item.replaceAll('\\\\', '\\') : item))
}

/** The first items as strings of JSON: `"New-X", "-Mailbox \"a\" -FilePath \"\\\\b\""`. */
function listedStrings(line: string): readonly string[] | null {
  const text = line.trim().replace(/^\[|\]?,?$/g, '')
  if (!LISTED.test(text)) return null
  try {
    const items: unknown = JSON.parse(`[${text}]`)
    return Array.isArray(items) && items.every((item) => typeof item === 'string') ? items : null
  } catch {
    return null
  }
}

/** A cmdlet, and all of its parameters in one string. */
const LISTED = /^"[A-Z][a-z]{2,11}-[A-Z]\w{2,60}", ?"-[A-Za-z]{2,60} (?:\\"|')/
/** A parameter with its value in quotation marks. */
const VALUE = /(?:^|\s)-[A-Za-z]{2,60} '/g
const BEGIN = /^([A-Z][a-z]{2,11}-[A-Z]\w{2,60})(\\r\\n|\\n|\\t| ?\u00a6 ?|\t)(?=-|\{)/
/** Who ran it: a SID, or the client that a session came from. */
const CALLER = /^S-1-5-|\\S-1-5-|^Remote-\w|ManagementShell/
/** Backslashes that were escaped. */
const DOUBLED = /\\\\\\\\|[A-Za-z]:\\\\/
