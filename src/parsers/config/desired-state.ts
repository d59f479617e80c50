import type { Line } from '../../lib/lines.ts'
import type { FieldValue } from '../../model/event.ts'
import { isKnownProgram } from '../common/known-paths.ts'
import { readLines } from '../common/lines.ts'
import { rowEvent } from '../common/row-event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'

/**
 * Desired State Configuration: what Windows brings about again and again, as `Start-DscConfiguration` left it in
 * `System32\Configuration\Current.mof` (Pending.mof, Previous.mof), UTF-16 or UTF-8. One instance of a resource is one event.
 * https://learn.microsoft.com/powershell/dsc/configurations/write-compile-apply-configuration
 */
export const desiredState: Parser = {
  name: 'desired-state',
  title: 'Desired State Configuration (MOF)',
  product: 'windows',
  most: 93,
  recognize,
  read,
}

const INSTANCE = /^\s*instance of (\w{1,100})(?:\s+as\s+(\$\w{1,100}))?/i

function recognize({ text }: Head): number {
  if (!/^\s{0,8}instance of \w/im.test(text)) return 0
  return /\binstance of (?:MSFT_|OMI_ConfigurationDocument\b)/i.test(text) ? 93 : 0
}

/** So much of one instance is kept. */
const LONGEST = 1_048_576

type Open = { readonly line: Line; readonly type: string; text: string; length: number; cut: boolean }

async function read(source: Source, sink: Sink): Promise<number> {
  let open: Open | null = null
  const close = (): void => {
    if (open === null) return
    const { line, type, text, length } = open
    open = null
    const event = eventOf(source.path, { ...line, text, length }, type)
    if (event) sink.event(event)
  }
  return readLines(
    source,
    sink,
    (line) => {
      const begins = INSTANCE.exec(line.text.slice(0, 400))
      if (begins) {
        close()
        open = { line, type: begins[1]!, text: '', length: 0, cut: false }
      }
      if (open === null) return
      open.length = line.offset + line.length - open.line.offset
      if (open.text.length < LONGEST) open.text += `${line.text}\n`
      if (/^\s*\};?\s*$/.test(line.text)) close()
    },
    close,
  )
}

/** Resources without a desired state: the document itself, and settings of the local configuration manager. */
const NONE = /^(?:OMI_ConfigurationDocument|MSFT_Credential|MSFT_KeyValuePair|MSFT_DSCMetaConfiguration)$/i

function eventOf(path: string, row: { text: string; offset: number; length: number; number: number }, type: string) {
  if (NONE.test(type)) return null
  const properties = propertiesOf(row.text)
  const of = (name: string): string | null => properties.get(name.toLowerCase()) ?? null
  const scripts = ['SetScript', 'TestScript', 'GetScript'].flatMap((name) => of(name) ?? [])
  const program = of('Path')
  const command =
    scripts.length > 0
      ? scripts.join('\n')
      : program !== null && /\.(?:exe|com|bat|cmd|ps1|vbs|js|msi)"?$/i.test(program)
        ? [program, of('Arguments')].filter(Boolean).join(' ')
        : null
  const decoded = decodedCommand(command)
  const fields: Record<string, FieldValue> = {
    Category: 'Desired State Configuration',
    ResourceType: type,
    Name: of('ResourceID'),
    Command: command,
    ...(decoded === null ? {} : { DecodedCommand: decoded }),
    DestinationPath: of('DestinationPath'),
    SourcePath: of('SourcePath'),
    Contents: of('Contents'),
    Ensure: of('Ensure'),
    SourceInfo: of('SourceInfo'),
    ...(command === null || scripts.length > 0 ? {} : { KnownPlace: String(isKnownProgram(program!)) }),
  }
  return rowEvent(path, row, {
    log: 'dsc-configuration',
    sources: [{ product: 'postern', service: 'startup' }],
    time: null,
    timeBasis: 'file',
    fields,
    target: of('ResourceID') ?? type,
  })
}

/** `Name = "text";` with the escapes of MOF; lists and other values as they stand. */
function propertiesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const body = text.slice(text.indexOf('{') + 1)
  for (const m of body.matchAll(/(\w{1,60})\s{0,20}=\s{0,20}(?:"((?:[^"\\]|\\[\s\S])*)"|([^;"]{0,4000}))/g))
    if (!found.has(m[1]!.toLowerCase())) found.set(m[1]!.toLowerCase(), m[2] === undefined ? m[3]!.trim() : plain(m[2]))
  return found
}

function plain(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (_, one: string) =>
    one === 'n' ? '\n' : one === 'r' ? '\r' : one === 't' ? '\t' : one,
  )
}
