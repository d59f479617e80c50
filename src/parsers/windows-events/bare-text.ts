import { splitHeadLines } from '../../lib/text.ts'
import { isoTime } from '../../lib/time.ts'
import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type Stretch } from '../common/lines.ts'
import { windowsEvent } from './event.ts'
import { MANAGEMENT } from './channels.ts'
import type { WindowsSystem } from './record.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'

/**
 * Texts of events alone, as reports quote them: without log, number and time, which the first sentence implies where it is
 * English. The text reaches to the next sentence of this kind. In a folder of a server such a text is a user's file.
 */
export const bareEvents: Parser = {
  name: 'bare-events',
  title: 'Texts of Windows events',
  product: 'windows',
  recognize,
  read,
}

/** Of each event what its text begins with. Both log and number follow from it. */
const SENTENCES: readonly (readonly [begin: RegExp, system: WindowsSystem])[] = [
  [/^A new process has been created\./, security(4688)],
  [/^An account was successfully logged on\./, security(4624)],
  [/^An account failed to log on\./, security(4625)],
  [/^A logon was attempted using explicit credentials\./, security(4648)],
  [/^A user account was created\./, security(4720)],
  [/^A user account was enabled\./, security(4722)],
  [/^An attempt was made to reset an account's password\./, security(4724)],
  [/^A member was added to a security-enabled global group\./, security(4728)],
  [/^A member was added to a security-enabled local group\./, security(4732)],
  [/^A member was added to a security-enabled universal group\./, security(4756)],
  [/^A scheduled task was created\./, security(4698)],
  [/^A scheduled task was updated\./, security(4702)],
  [/^A service was installed in the system\.\s+Subject:/s, security(4697)],
  [/^A service was installed in the system\./, of(7045, 'Service Control Manager', 'System')],
  [/^The audit log was cleared\./, of(1102, 'Microsoft-Windows-Eventlog', 'Security')],
  [/^Process Create:\s*$/m, sysmon(1)],
  [/^Network connection detected:\s*$/m, sysmon(3)],
  [/^Image loaded:\s*$/m, sysmon(7)],
  [/^CreateRemoteThread detected:\s*$/m, sysmon(8)],
  [/^Process accessed:\s*$/m, sysmon(10)],
  [/^File created:\s*$/m, sysmon(11)],
  [/^Registry value set:\s*$/m, sysmon(13)],
  [
    /^Creating Scriptblock text \(\d+ of \d+\):/,
    of(4104, 'Microsoft-Windows-PowerShell', 'Microsoft-Windows-PowerShell/Operational'),
  ],
  [/^(?:Microsoft|Windows) Defender(?: Antivirus)? has detected malware/, defender(1116)],
  [/^(?:Microsoft|Windows) Defender(?: Antivirus)? has taken action to protect/, defender(1117)],
  [/^Cmdlet succ?eeded\. Cmdlet /, of(1, 'MSExchange CmdletLogs', MANAGEMENT)],
  [/^Cmdlet failed\. Cmdlet /, of(6, 'MSExchange CmdletLogs', MANAGEMENT)],
  [/^Watson report about to be sent for process id: \d/, of(4999, 'MSExchange Common', 'Application')],
  [/^Event code: 4009\s/, of(1316, 'ASP.NET 4.0.30319.0', 'Application')],
  [/^Event code: 300[0-9]\s/, of(1309, 'ASP.NET 4.0.30319.0', 'Application')],
  [/^Current user: '[^']{1,200}'\s/, of(4, 'MSExchange Control Panel', 'Application')],
]

function of(eventId: number, provider: string, channel: string): WindowsSystem {
  return { eventId, provider, channel }
}

function security(eventId: number): WindowsSystem {
  return of(eventId, 'Microsoft-Windows-Security-Auditing', 'Security')
}

function sysmon(eventId: number): WindowsSystem {
  return of(eventId, 'Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational')
}

function defender(eventId: number): WindowsSystem {
  return of(eventId, 'Microsoft-Windows-Windows Defender', 'Microsoft-Windows-Windows Defender/Operational')
}

/** Reports introduce such a text in the same line: `Event 4999, MSExchange Common: Watson …`, with a time where they have one. */
const INTRODUCTION = /\bevent(?:\s?id)?\b|\bID\b/i
const BEHIND = /[:,\u2013-]\s{1,4}(?=[A-Z])/g
const LONGEST_INTRODUCTION = 240
const STATED = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,7})?Z?/

/** What quotations put before a line. */
const QUOTED = /^[>\s"'\u201c`]{0,12}/
const LONGEST = 262_144

/** The log and number of an event, by what its text begins with. */
export function systemOfText(text: string): WindowsSystem | null {
  return SENTENCES.find(([begin]) => begin.test(text))?.[1] ?? null
}

/** A line without what introduces its text. */
function textOf(line: string): string {
  const text = line.replace(QUOTED, '')
  if (systemOfText(text) !== null) return text
  const head = text.slice(0, LONGEST_INTRODUCTION)
  for (const { index, 0: between } of head.matchAll(BEHIND)) {
    const behind = text.slice(index + between.length)
    if (systemOfText(behind) !== null && INTRODUCTION.test(head.slice(0, index + 1))) return behind
  }
  return text
}

function isBeginning(line: string): boolean {
  const text = textOf(line)
  return systemOfText(text) !== null || /^A service was installed in the system\./.test(text)
}

function recognize(head: Head): number {
  if (head.windowsPath !== null) return 0
  return splitHeadLines(head.text).slice(0, 400).some(isBeginning) ? 60 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  let open: (Stretch & { lines: string[]; stated: string | null }) | null = null
  const end = (): void => {
    if (open !== null) give(open, open.lines.join('\n'), open.stated, source, sink)
    open = null
  }
  return readLines(
    source,
    sink,
    (line: Line, unread) => {
      if (isBeginning(line.text)) {
        end()
        const { offset, length, number } = line
        const text = textOf(line.text)
        const stated = STATED.exec(line.text.slice(0, line.text.length - text.length))
        open = { offset, length, number, lines: [text], stated: stated ? `${stated[1]} ${stated[2]}` : null }
      } else if (open !== null) {
        if (open.lines.length < 5_000) open.lines.push(line.text)
        open.length = line.offset + line.length - open.offset
      } else if (line.text.trim() !== '') takeOtherLine(line, source, sink, unread, 'text that is no event')
    },
    end,
  )
}

function give(at: Stretch, text: string, stated: string | null, source: Source, sink: Sink): void {
  const message = text.slice(0, LONGEST).trim()
  const system = systemOfText(message)
  if (system === null) return
  // Sysmon writes its time into the text, too.
  const stamp = /^\s{0,20}UtcTime: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,7})?)/m.exec(message)?.[1] ?? stated
  const time = stamp === null ? null : isoTime(stamp)
  sink.event(
    windowsEvent(
      {
        system,
        data: [],
        message,
        when: { time, basis: time === null || stamp === stated ? 'assumed' : 'format', text: stamp },
        snippet: true,
      },
      message,
      { path: source.path, offset: at.offset, length: at.length, line: at.number },
    ),
  )
}
