import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import type { Event } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { listedFile } from './file-listing.ts'
import { readLines } from './lines.ts'
import { rowEvent } from './row-event.ts'
import { giveQuotedCommands } from '../powershell/history.ts'

/**
 * Folders as `dir` and `Get-ChildItem` print them, in any language of Windows: a line that names the folder, then a line
 * for each file with its local time, size and name; or a table or list of files with their full names. The times state no
 * zone, so that the files have none.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/dir ·
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-childitem
 */
export const folderListing: Parser = {
  name: 'folder-listing',
  title: 'Folders as dir prints them',
  product: 'any',
  recognize,
  read,
}

/** ` Directory of C:\Temp`, `    Verzeichnis: C:\Temp`; in Japanese the path comes first. */
const FOLDER = /^\s{0,12}[^\s\d\\/:"<>|-][^\d\\/"<>|]{0,40}[ \u00a0:：]([A-Za-z]:\\[^"<>|*?]{0,400})$/u
const PATH_FIRST = /^\s{1,12}([A-Za-z]:\\[^"<>|*?]{0,400}) \S{1,12}$/u
/** Attributes as PowerShell prints them, then day and time of day in the form of the culture. */
const MOMENT =
  /^\s{0,4}\u200e?(?:([a-z-]{5,6})\s{1,12})?(\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?[\s\u200e]{1,12}\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\.?)?)\s/i
/** Size or kind, and the name; a folder of PowerShell has no size. */
const SIZE_AND_NAME = /^\s{0,20}(<[A-Z]{1,10}>|\d[\d.,'\u00a0\u202f]{0,24})\s{1,12}(\S.{0,259})$/
/** The head of a table of files, and a file of a list. */
const TABLE = /^\s{0,12}FullName(?:\s|$)/i
const LISTED = /^\s{0,12}FullName\s{0,40}: ([A-Za-z]:\\[^"<>|*?]{1,400})$/i
const ROW = /^[A-Za-z]:\\[^"<>|*?]{1,400}$/
/** What these programs print around the files; a prompt with the command is not about a file, either. */
const AROUND = /^(?:\s|$|Mode\s|-{2,}|[A-Za-z]:\\[^>]{0,300}>|PS\s)/

/** A line about a file: its place in the folder that was named last. */
type Listed = { readonly time: string; readonly size: string; readonly name: string; readonly isFolder: boolean }

function folderOf(text: string): string | null {
  const path = FOLDER.exec(text)?.[1] ?? PATH_FIRST.exec(text)?.[1]
  return path === undefined ? null : path.trimEnd().replace(/\\$/, '')
}

function fileOf(text: string): Listed | null {
  const moment = MOMENT.exec(text)
  if (!moment) return null
  const [all, attributes = '', time] = moment
  if (/^d/i.test(attributes)) return { time: time!, size: '', name: '', isFolder: true }
  const [, size, name] = SIZE_AND_NAME.exec(text.slice(all.length)) ?? []
  if (size === undefined || name === undefined) return null
  return { time: time!, size, name: name.trimEnd(), isFolder: size.startsWith('<') }
}

/** The path of a file that a row of a table, or a line of a list, gives in full. */
function pathOf(text: string, isTable: boolean): string | null {
  const listed = LISTED.exec(text)?.[1]
  if (listed !== undefined) return listed.trimEnd()
  const [first = ''] = text.trim().split(/\s{2,}/, 1)
  return isTable && ROW.test(first) ? first : null
}

function recognize(head: Head): number {
  let folder: string | null = null
  let isTable = false
  for (const text of splitHeadLines(head.text).slice(0, 200)) {
    if ((folder !== null && fileOf(text)) || pathOf(text, isTable) !== null) return 70
    folder = folderOf(text) ?? folder
    isTable ||= TABLE.test(text)
  }
  return head.windowsPath === null && isBareList(head.text) ? 48 : 0
}

/** `* C:\\inetpub\\wwwroot\\a.aspx`, and the name of a file with a tab before its folder, as reports list files. */
const BARE =
  /^[\s>*`"'\u2022-]{0,12}(?:(?:files?|path|full ?(?:name|path)|target ?filename|location|dropped|created|written)[`*"']{0,3}\s?[:=]\s?[`*"']{0,3})?([A-Za-z]:\\[^"<>|*?`\t]{1,400}\.[A-Za-z0-9]{2,8})[`"'\s,;>]{0,6}$/i
const NAME_AND_FOLDER = /^\s{0,8}([\w$.-]{1,120}\.[A-Za-z0-9]{2,8})\t{1,3}([A-Za-z]:\\[^"<>|*?\t]{1,400}?)\\?\s{0,8}$/

function barePath(text: string): string | null {
  const pair = NAME_AND_FOLDER.exec(text)
  return pair ? `${pair[2]}\\${pair[1]}` : (BARE.exec(text)?.[1] ?? null)
}

/** A cell of a table in Markdown, as code: a path and nothing else. */
const CELL = /^\s{0,8}\|[^`\n]{0,200}\| {0,3}`([A-Za-z]:\\[^"<>|*?`\t]{1,400}\.[A-Za-z0-9]{2,8})` {0,3}\|/

/** The event of a line, or of a cell, that is the path of a file and nothing else; null for any other line. */
export function barePathEvent(line: Line, source: Pick<Source, 'path'>): Event | null {
  const path = barePath(line.text) ?? CELL.exec(line.text)?.[1] ?? null
  return path === null ? null : fileEvent(source, line, path, null, null)
}

function fileEvent(
  source: Pick<Source, 'path'>,
  line: Line,
  path: string,
  size: number | null,
  modified: string | null,
): Event {
  const listed = listedFile(path, size)
  return rowEvent(source.path, line, {
    ...listed,
    sources: [{ category: 'file_event', product: 'windows' }],
    time: null,
    timeBasis: 'format',
    fields: { ...listed.fields, Modified: modified },
  })
}

/** A list of nothing but paths; one path in a text may be about anything. */
function isBareList(text: string): boolean {
  const lines = splitHeadLines(text)
    .slice(0, 2_000)
    .filter((line) => line.trim() !== '')
  const paths = lines.filter((line) => barePath(line) !== null).length
  return paths > 1 && paths * 3 >= lines.length * 2
}

async function read(source: Source, sink: Sink): Promise<number> {
  let folder: string | null = null
  let isTable = false
  const isBare = source.windowsPath === null && isBareList(source.text)
  return readLines(source, sink, (line: Line, unread) => {
    const { text } = line
    const path = pathOf(text, isTable) ?? (isBare ? barePath(text) : null)
    const file = path === null ? fileOf(text) : null
    if (path !== null) return give(line, path, null, null)
    if (file === null) {
      const [named, isHead] = [folderOf(text), TABLE.test(text)]
      folder = named ?? folder
      isTable ||= isHead
      const isAround = (folder !== null || isTable) && AROUND.test(text)
      if (isAround || named !== null || isHead) return
      if (!giveQuotedCommands(line, source, sink)) unread(line, 'unsupported', 'text that is no line of a folder')
      return
    }
    if (folder === null) return unread(line, 'corrupt', 'a file of a folder that no line names')
    if (file.isFolder) return
    const digits = file.size.replace(/\D/g, '')
    give(line, `${folder}\\${file.name}`, digits === '' ? null : Number(digits), file.time)
  })

  function give(line: Line, path: string, size: number | null, modified: string | null): void {
    sink.event(fileEvent(source, line, path, size, modified))
  }
}
