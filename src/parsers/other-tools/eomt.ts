import type { Line } from '../../lib/lines.ts'
import { firstLine } from '../../lib/text.ts'
import { isoTime } from '../../lib/time.ts'
import type { Level } from '../../model/stages.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { isMostlyRecords } from '../common/other-records.ts'
import { toolResult } from './tool-result.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * What Microsoft's mitigation tools wrote: the logs of EOMT (ProxyLogon) and EOMTv2 (ProxyNotShell) and their summaries.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/EOMT.ps1
 */
export const eomt: Parser = {
  name: 'eomt',
  title: 'Log or summary of the Exchange mitigation tool (EOMT)',
  product: 'exchange',
  recognize,
  read,
}

const SUMMARY = /^(?:Microsoft Safety Scanner and CVE-\d{4}-\d+ mitigation summary|EOMTv2 mitigation summary)/i
const ENTRY = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (Info|Notice|Error): (.*)$/s

function recognize({ text, path }: Head): number {
  if (isMostlyRecords(text)) return 0
  if (SUMMARY.test(text)) return 94
  if (!ENTRY.test(firstLine(text.slice(0, 4096)))) return 0
  return /\bEOMT(?:v2)?\b|\bMSERT\b/.test(text.slice(0, 8192)) || /eomt/i.test(path) ? 94 : 0
}

type Run = { tool: 'EOMT' | 'EOMTv2'; version: string | null; host: string | null }

async function read(source: Source, sink: Sink): Promise<number> {
  const name = fileNameOf(source.path)
  const run: Run = { tool: /eomtv2/i.test(name) ? 'EOMTv2' : 'EOMT', version: null, host: null }
  let held: { text: string; first: Line; length: number } | null = null
  let summary = false
  const tell = (): void => {
    if (!held) return
    const { text, first, length } = held
    const at = { path: source.path, offset: first.offset, length, line: first.number }
    held = null
    const entry = ENTRY.exec(text)
    if (!entry && !summary) return
    const message = entry ? entry[3]! : summaryOf(text)
    learn(run, message)
    const { action, level } = meaningOf(message)
    const failed = entry?.[2] === 'Error'
    // Steps of its own work say nothing of the server.
    if (action === null && !failed) return
    sink.event(
      toolResult(
        {
          tool: run.tool,
          version: run.version,
          level: failed ? 'medium' : level,
          verdict: `${action ?? 'failed'}: ${message}`,
          time: entry ? isoTime(entry[1]!) : null,
          host: run.host,
          fields: {
            Action: action ?? 'failed',
            VendorName: /vulnerable|mitigat/.test(action ?? '') ? run.tool : null,
          },
        },
        text,
        at,
      ),
    )
  }

  return readLines(
    source,
    sink,
    (line) => {
      if (SUMMARY.test(line.text)) {
        tell()
        summary = true
        run.tool = /^EOMTv2/i.test(line.text) ? 'EOMTv2' : 'EOMT'
        held = { text: line.text, first: line, length: line.length }
        return
      }
      if (ENTRY.test(line.text)) {
        tell()
        summary = false
        held = { text: line.text, first: line, length: line.length }
      } else if (held && held.text.length < 65_536) {
        // A message of several lines, or the summary, which is one text.
        held.text += `\n${line.text}`
        held.length = line.offset + line.length - held.first.offset
      }
    },
    () => tell(),
  )
}

/** The two sentences of a summary that say something of this server. */
function summaryOf(text: string): string {
  const message = /^Message: (.*)$/m.exec(text)?.[1]?.trim() ?? 'summary'
  return /This attempt was unsuccessful/i.test(text) ? `${message} This attempt was unsuccessful.` : message
}

function learn(run: Run, message: string): void {
  const started = /^Starting (EOMT(?:v2)?)\.ps1 version (\S+)/.exec(message)
  if (started) {
    run.tool = started[1] as Run['tool']
    run.version = started[2]!
  }
  run.host = /\b(?:on|to) ([\w-]{1,63})(?:$|[ ,.]| ::)/.exec(message.split('\n')[0]!)?.[1] ?? run.host
}

const MEANINGS: readonly (readonly [RegExp, action: string, level: Level])[] = [
  [/^Threats detected!/, 'threats-detected', 'high'],
  [/No known threats detected/, 'nothing-found', 'informational'],
  [/ is vulnerable: applying mitigation/, 'vulnerable', 'medium'],
  [/ is not vulnerable/, 'not-vulnerable', 'informational'],
  [/^Rollback of mitigation complete/, 'mitigation-removed', 'medium'],
  [/^Mitigation complete/, 'mitigated', 'informational'],
  [/^Microsoft attempted to mitigate(?!.*unsuccessful)/, 'mitigation-tried', 'informational'],
  [/^Mitigation failed|This attempt was unsuccessful|failed to complete/, 'failed', 'medium'],
]

function meaningOf(message: string): { action: string | null; level: Level } {
  const found = MEANINGS.find(([pattern]) => pattern.test(message))
  return found ? { action: found[1], level: found[2] } : { action: null, level: 'informational' }
}
