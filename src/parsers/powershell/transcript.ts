import type { Line } from '../../lib/lines.ts'
import { utcTime } from '../../lib/time.ts'
import type { FieldValue } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { commandEvent, profileOwner } from './history.ts'
import { hostName, readLines, type Stretch } from '../common/lines.ts'
import { squeezed } from '../../lib/squeeze.ts'

/**
 * Transcripts of PowerShell (Start-Transcript, or the policy that writes one of every session): a head between two lines
 * of asterisks, then prompts with commands and their output. The words of the head are those of the language of the
 * system, their order is not; times are local, without a zone.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.host/start-transcript
 */
export const powershellTranscript: Parser = {
  name: 'powershell-transcript',
  title: 'PowerShell transcript',
  product: 'windows',
  recognize,
  read,
}

const STARS = /^\*{10,80}\s*$/
const STAMP = /^[^:：]{1,80}[:：]\s*(\d{14})\s*$/

function recognize({ text }: Head): number {
  const lines = text.slice(0, 8192).split(/\r\n|\n|\r/, 12)
  const first = lines.findIndex((line) => line.trim() !== '')
  if (first < 0 || !STARS.test(lines[first]!)) return 0
  return lines.slice(first + 1, first + 4).some((line) => STAMP.test(line)) ? 92 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const transcript = new Transcript(source, sink)
  return readLines(
    source,
    sink,
    (line) => transcript.take(line),
    () => transcript.endCommand(),
  )
}

const PROMPT = /^(?:\[[^\]\r\n]{1,256}\]: ?)?PS(?: ([^>\r\n]{0,400}))?> ?(.*)$/s
const GOES_ON = /^>> ?(.*)$/s
const COMMAND = 65_536

type Session = { start: number | null; fields: Record<string, FieldValue>; host: string | null }

class Transcript {
  readonly #source: Source
  readonly #sink: Sink
  #session: Session = { start: null, fields: {}, host: null }
  /** Time that stands above a command where the transcript has such. */
  #time: number | null = null
  /** The lines since a line of asterisks, as long as these may be a head. */
  #block: { text: string; place: Stretch }[] | null = null
  #command: (Stretch & { text: string }) | null = null

  constructor(source: Source, sink: Sink) {
    this.#source = source
    this.#sink = sink
  }

  take(line: Line): void {
    const place: Stretch = { offset: line.offset, length: line.length, number: line.number }
    if (STARS.test(line.text)) {
      this.endCommand()
      const block = this.#block
      this.#block = block && this.#head(block) ? null : []
      return
    }
    const block = this.#block
    if (block) {
      block.push({ text: line.text, place })
      // No head is that long, and none has a prompt in it.
      if (block.length <= 24 && !PROMPT.test(line.text)) return
      this.#block = null
      for (const { text, place: at } of block) this.#line(text, at)
      return
    }
    this.#line(line.text, place)
  }

  endCommand(): void {
    const command = this.#command
    this.#command = null
    if (!command || command.text.trim() === '') return
    const { fields, start, host } = this.#session
    const event = commandEvent(this.#source, command, command.text, fields, this.#time ?? start)
    this.#sink.event({ ...event, host })
  }

  #line(text: string, place: Stretch): void {
    const prompt = PROMPT.exec(text)
    if (prompt) {
      this.endCommand()
      this.#command = { ...place, text: squeezed(prompt[2]!, COMMAND) }
      return
    }
    const more = this.#command ? GOES_ON.exec(text) : null
    if (more && this.#command) {
      if (this.#command.text.length < COMMAND) this.#command.text += `\n${squeezed(more[1]!, COMMAND)}`
      this.#command.length = place.offset + place.length - this.#command.offset
    } else this.endCommand()
  }

  /** Takes the lines between two lines of asterisks; false when they are none of the format. */
  #head(block: readonly { text: string; place: Stretch }[]): boolean {
    const lines = block.filter(({ text }) => text.trim() !== '')
    const at = lines.findIndex(({ text }) => STAMP.test(text))
    if (at < 0 || at > 2) return false
    const time = stampOf(STAMP.exec(lines[at]!.text)![1]!)
    if (lines.length === 1) this.#time = time
    else if (lines.length - at > 3) this.#begin(lines, at, time)
    // A short block is the end of the transcript.
    return true
  }

  #begin(lines: readonly { text: string; place: Stretch }[], at: number, start: number | null): void {
    const values = lines.slice(at + 1).map(({ text }) => /^[^:：]{1,80}[:：]\s*(.*)$/s.exec(text)?.[1]?.trim() ?? '')
    const machine = values.findIndex((value) => /\((?:Microsoft Windows|Unix|Win32NT)/.test(value))
    const application = machine < 0 ? '' : (values[machine + 1] ?? '')
    const process = values[machine + 2] ?? ''
    const host = machine < 0 ? null : hostName(values[machine]!.split('(', 1)[0]!.trimEnd())
    this.#time = null
    this.#session = {
      start,
      host,
      fields: {
        User: values[0] || profileOwner(this.#source.windowsPath ?? this.#source.path),
        RunAsUser: values[1] || null,
        Computer: host,
        HostApplication: application || null,
        ProcessId: /^\d{1,10}$/.test(process) ? Number(process) : null,
      },
    }
    // The session itself: what was started, with its command line.
    const [first, last] = [lines[0]!.place, lines.at(-1)!.place]
    const place = { ...first, length: last.offset + last.length - first.offset }
    if (application !== '') {
      const event = commandEvent(this.#source, place, application, this.#session.fields, start)
      this.#sink.event({ ...event, host })
    }
  }
}

/** `20210303042322` */
function stampOf(text: string): number | null {
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((from) =>
    Number(text.slice(from, from === 0 ? 4 : from + 2)),
  ) as [number, number, number, number, number, number]
  return utcTime(year, month, day, hour, minute, second)
}
