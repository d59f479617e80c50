import { firstLine } from '../../lib/text.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { toolResult } from './tool-result.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * What the command `yara` printed: a rule and a file a line, with tags and meta where they were asked for, and below it the
 * strings that matched. https://yara.readthedocs.io/en/stable/commandline.html
 */
export const yaraOutput: Parser = {
  name: 'yara-output',
  title: 'Output of yara',
  product: 'any',
  recognize,
  read,
}

const MATCH = /^([A-Za-z_]\w{0,127}) ((?:\[[^\]]{0,4096}\] ?){0,2})((?:[A-Za-z]:[\\/]|\\\\|\.{0,2}[\\/])\S.*)$/
const STRING = /^0x[\da-f]+:(?:\d+:)?\$\w*: ?/i
const ERROR = /^(?:error|warning)(?: |:)/i

function recognize({ text, path }: Head): number {
  if (!isOurs(firstLine(text))) return 0
  const lines = text
    .slice(0, 16_384)
    .split(/\r?\n/, 200)
    .filter((line) => line.trim() !== '')
  // The last may be cut.
  if (text.length >= 16_384) lines.pop()
  const matches = lines.filter((line) => MATCH.test(line)).length
  if (matches === 0 || !lines.every(isOurs)) return 0
  return /yara/i.test(fileNameOf(path)) ? 85 : matches >= 3 ? 60 : 0
}

function isOurs(line: string): boolean {
  return MATCH.test(line) || STRING.test(line) || ERROR.test(line)
}

async function read(source: Source, sink: Sink): Promise<number> {
  return readLines(source, sink, (line, unread) => {
    const m = MATCH.exec(line.text)
    if (!m) {
      if (line.text.trim() !== '' && !STRING.test(line.text))
        unread(line, 'unsupported', 'text that names no rule and file')
      return
    }
    sink.event(
      toolResult(
        {
          tool: 'YARA',
          rule: m[1]!,
          verdict: `${m[1]!} matches`,
          file: m[3]!,
          fields: { Action: 'detected', ToolTags: m[2]!.trim() || null },
        },
        line.text,
        { path: source.path, offset: line.offset, length: line.length, line: line.number },
      ),
    )
  })
}
