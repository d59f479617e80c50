import type { Line } from '../../lib/lines.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import { decodedCommand } from './encoded-command.ts'
import { ProcessTree } from './process-tree.ts'
import { type QuotedCommand, quotedCommands } from './quoted-command.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type Stretch } from '../common/lines.ts'
import { squeezed } from '../../lib/squeeze.ts'

/**
 * ConsoleHost_history.txt: the commands that a user typed, one a line; a line that goes on ends in a backtick. Neither
 * times nor what programs ran through PowerShell are in it. PSReadLine writes it below the profile of the user.
 * https://learn.microsoft.com/powershell/module/psreadline/about/about_psreadline
 */
export const powershellHistory: Parser = {
  name: 'powershell-history',
  title: 'PowerShell history',
  product: 'windows',
  recognize,
  read,
}

function recognize({ path, windowsPath, text, bytes }: Head): number {
  const name =
    /(?:^|[\\/!])(?:ConsoleHost|Visual Studio Code Host|Windows PowerShell ISE Host|[\w .-]{1,40}host)_history\.txt$/i
  const named = name.test(path) || name.test(windowsPath ?? '')
  return named && (text !== '' || bytes.length === 0) ? 90 : 0
}

/** A command of many lines is cut here. */
const COMMAND = 262_144

async function read(source: Source, sink: Sink): Promise<number> {
  const user = profileOwner(source.windowsPath ?? source.path)
  let open: (Stretch & { text: string }) | null = null
  const end = (): void => {
    if (open && open.text.trim() !== '') sink.event(commandEvent(source, open, open.text, { User: user }))
    open = null
  }
  return readLines(
    source,
    sink,
    (line: Line) => {
      const goesOn = line.text.endsWith('`')
      const text = goesOn ? line.text.slice(0, -1) : line.text
      if (open) {
        if (open.text.length < COMMAND) open.text += `\n${squeezed(text, COMMAND)}`
        open.length = line.offset + line.length - open.offset
      } else open = { offset: line.offset, length: line.length, number: line.number, text: squeezed(text, COMMAND) }
      if (!goesOn) end()
    },
    end,
  )
}

/** The account whose profile a file lies in. */
export function profileOwner(path: string): string | null {
  const user = /[\\/](?:users|documents and settings)[\\/]([^\\/]+)[\\/]/i.exec(path)?.[1]
  if (user !== undefined) return user
  return /[\\/]system32[\\/]config[\\/]systemprofile[\\/]/i.test(path) ? 'SYSTEM' : null
}

// Rules for script blocks match typed commands, too.
const sources: readonly LogSource[] = [
  { product: 'postern', service: 'powershell-history' },
  { product: 'windows', category: 'ps_script' },
]
/** A command that was copied out of any record: rules on the processes that it started can match it. */
const copied: readonly LogSource[] = [...sources, { product: 'windows', category: 'process_creation' }]

/** The event of a command that was copied into a text. */
export function quotedEvent(
  source: Pick<Source, 'path'>,
  place: Stretch,
  { command, time, basis, parent }: QuotedCommand,
): Event {
  const by =
    parent === null ? {} : { Image: programOf(command), ParentImage: String.raw`\w3wp.exe`, ParentCommandLine: parent }
  const event = commandEvent(source, place, command, by, time)
  return { ...event, log: 'quoted-commands', sources: copied, timeBasis: time === null ? 'file' : basis, snippet: true }
}

/** The program of a command, as rules know it: by the end of its path. */
function programOf(command: string): string {
  const [, quoted, plain = ''] = /^(?:"([^"]{1,260})"|(\S{1,260}))/.exec(command) ?? []
  const name = (quoted ?? plain).replace(/^.*[\\/]/, '')
  return `\\${/\.\w{2,3}$/.test(name) ? name : `${name}.exe`}`
}

/**
 * Gives the commands that a line of an excerpt quotes; false where it quotes none. In a folder of a server it is no excerpt. Lines
 * that draw a tree of processes are given one after another.
 */
export function giveQuotedCommands(line: Line, source: Source, sink: Sink): boolean {
  if (source.windowsPath !== null) return false
  const above = treeOf(source).workerAbove(line)
  const commands = quotedCommands(line.text)
  for (const command of commands) sink.event(quotedEvent(source, line, { ...command, parent: command.parent ?? above }))
  return commands.length > 0
}

const trees = new WeakMap<Source, ProcessTree>()

function treeOf(source: Source): ProcessTree {
  let tree = trees.get(source)
  if (tree === undefined) trees.set(source, (tree = new ProcessTree()))
  return tree
}

/** The event of a command that was typed; passwords in it are masked. */
export function commandEvent(
  source: Pick<Source, 'path'>,
  place: Stretch,
  command: string,
  more: Readonly<Record<string, FieldValue>>,
  time: number | null = null,
): Event {
  const decoded = decodedCommand(command)
  const user = more.User
  return {
    log: 'powershell-history',
    sources,
    time,
    timeBasis: time === null ? 'file' : 'assumed',
    fields: {
      CommandLine: command,
      ScriptBlockText: command,
      ...(decoded === null ? {} : { DecodedCommand: decoded }),
      ...more,
    },
    raw: command,
    at: { path: source.path, offset: place.offset, length: place.length, line: place.number },
    host: null,
    client: null,
    user: typeof user === 'string' ? user : null,
    target: null,
    request: null,
    session: null,
  }
}
