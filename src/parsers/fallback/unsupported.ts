import { isUserAccess } from '../user-access-logging/user-access.ts'
import { isPrefetch } from '../programs/prefetch.ts'
import { fileNameOf } from '../../model/file-name.ts'
import { decodeText } from '../../lib/text.ts'
import { isRenamedPage } from '../../model/file-fields.ts'

/**
 * Forms that are known by their first bytes and cannot be read yet, so that a report names what it did not look into:
 * `Windows event log (.evtx)`. Null for everything else.
 */
export function notYetRead(bytes: Uint8Array, path: string): string | null {
  const name = fileNameOf(path).toLowerCase()
  return forms.find((form) => form.is(bytes, name))?.title ?? null
}

type Form = {
  readonly title: string
  /** `name`: the last part of the path, in lower case. Where the bytes say nothing certain it has to agree. */
  is(bytes: Uint8Array, name: string): boolean
}

const eseNames: readonly (readonly [RegExp, string])[] = [
  [/^webcachev01\.dat$/, 'ESE database of visited pages (WebCacheV01.dat)'],
  [/^srudb\.dat$/, 'ESE database of resource use (SRUM, SRUDB.dat)'],
  [/^ntds\.dit$/, 'ESE database of Active Directory (ntds.dit)'],
  [/^(?:mail|ipfilter)\.que$/, 'ESE database of the mail queue'],
  [/^windows\.edb$/, 'ESE database of the search index (Windows.edb)'],
  [/^(?:qmgr\.db|datastore\.edb)$/, 'ESE database of downloads and updates'],
]

function isEse(bytes: Uint8Array, name: string): boolean {
  return word(bytes, 4) === 0x89abcdef && !isUserAccess(bytes, name)
}

// Each with the place where its first bytes are described.
const forms: readonly Form[] = [
  // https://learn.microsoft.com/windows/win32/eventlog/event-log-file-format: header of 48 bytes, its size before and after
  {
    title: 'Windows event log of Windows Server 2003 and older (.evt)',
    is: (bytes) => word(bytes, 0) === 0x30 && has(bytes, 4, 'LfLe') && word(bytes, 44) === 0x30,
  },
  // https://github.com/libyal/libesedb: file signature at 4, then the version; type 1 is a streaming file (.stm). Named by
  // what Windows and Exchange call them; those of user access logging are read.
  ...eseNames.map(
    ([pattern, title]): Form => ({ title, is: (bytes, name) => isEse(bytes, name) && pattern.test(name) }),
  ),
  { title: 'ESE database (mailboxes, queues, Active Directory, SRUM; .edb, .dit, .dat)', is: isEse },
  // Windows compresses with Xpress what it keeps about programs: prefetch files, which are read, and other things.
  {
    title: 'compressed data of Windows (Superfetch)',
    is: (bytes) => has(bytes, 0, 'MAM\x04') && !has(bytes, 4, '\0\0\0\0') && !isPrefetch(bytes),
  },
  // [MS-PST] 2.2.2.6
  { title: 'Outlook mailbox file (.pst, .ost)', is: (bytes) => has(bytes, 0, '!BDN') },
  // https://learn.microsoft.com/windows/win32/api/minidumpapiset/ns-minidumpapiset-minidump_header
  { title: 'memory dump of a process', is: (bytes) => has(bytes, 0, 'MDMP\x93\xa7') },
  { title: 'memory dump of the machine', is: (bytes) => has(bytes, 0, 'PAGEDU64') || has(bytes, 0, 'PAGEDUMP') },
  // [MS-CFB] 2.2
  {
    title: 'list of last used things (.automaticDestinations-ms)',
    is: (bytes, name) =>
      name.endsWith('.automaticdestinations-ms') && has(bytes, 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  },
  {
    title: 'OLE compound file (Office 97–2003, .msg, .msi)',
    is: (bytes) => has(bytes, 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  },
]

/** Names of exports and scripts, which are text. */
const textName = /\.(?:jsonl?|ndjson|xml|csv|tsv|clixml|ps1|psm1|bat|cmd|vbs|wsf|hta|reg|req|csr)$/

/** A file named like text, or like JSON, whose first bytes are none: it was overwritten, or is something else. */
export function isTextInName(bytes: Uint8Array, path: string): boolean {
  const ending = path
    .slice(-20)
    .toLowerCase()
    .replace(/\.enc$/, '')
  const first = bytes.subarray(0, 4_096)
  return (textName.test(ending) || isRenamedPage(path)) && (!isText(first) || (jsonName.test(ending) && !isJson(first)))
}

const jsonName = /\.(?:jsonl?|ndjson)$/

/** JSON begins with a bracket, or with a value; people write comments into it. */
function isJson(bytes: Uint8Array): boolean {
  const text = decodeText(bytes).trimStart()
  return text === '' || /^(?:[[{"\d/#]|-\d|(?:true|false|null)\b)/.test(text)
}

/** Text has hardly any control characters; in UTF-16 every other byte may be zero. */
function isText(bytes: Uint8Array): boolean {
  const zeros = [0, 0]
  let control = 0
  for (const [i, byte] of bytes.entries()) {
    if (byte === 0) zeros[i % 2]!++
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) control++
  }
  const [even, odd] = zeros as [number, number]
  const isWide = Math.max(even, odd) * 4 > bytes.length && Math.min(even, odd) * 50 < bytes.length
  return (control + (isWide ? 0 : even + odd)) * 50 <= bytes.length
}

/** Do these bytes stand there? Written as Latin-1. */
function has(bytes: Uint8Array, at: number, text: string): boolean {
  if (bytes.length < at + text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

/** Four bytes, little-endian; null past the end. */
function word(bytes: Uint8Array, at: number): number | null {
  if (bytes.length < at + 4) return null
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
