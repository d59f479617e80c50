import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { eventOfFields } from './field-event.ts'

/**
 * Processes in the evidence of alerts and incidents, as Microsoft Graph gives them for Defender XDR.
 * https://learn.microsoft.com/graph/api/resources/security-processevidence
 */
export const alertEvidence: Parser = {
  name: 'alert-evidence',
  title: 'Processes in alerts of Defender XDR',
  product: 'windows',
  recognise,
  read,
}

type Json = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function fileOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const { filePath, fileName } = value as Json
  return [textOf(filePath), textOf(fileName)].filter(Boolean).join('\\')
}

function processOf(value: Json): ReadonlyMap<string, string> | null {
  const command = textOf(value.processCommandLine)
  const image = fileOf(value.imageFile)
  if (command === '' || image === '') return null
  const account = (typeof value.userAccount === 'object' ? (value.userAccount ?? {}) : {}) as Json
  return new Map(
    Object.entries({
      Image: image,
      CommandLine: command,
      ParentImage: fileOf(value.parentProcessImageFile),
      ProcessId: textOf(value.processId),
      ParentProcessId: textOf(value.parentProcessId),
      User: [textOf(account.domainName), textOf(account.accountName)].filter(Boolean).join('\\'),
      UtcTime: textOf(value.processCreationDateTime) || textOf(value.createdDateTime),
    }).filter(([, one]) => one !== ''),
  )
}

function recognise(head: Head): number {
  if (!/"processCommandLine"\s{0,4}:/.test(head.text) || !/"imageFile"\s{0,4}:/.test(head.text)) return 0
  return holdsObject(head, (value) => processOf(value) !== null) ? 90 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const fields = processOf(value)
    if (fields !== null) sink.event(eventOfFields(PROCESS, fields, text, { path: source.path, offset, length, line }))
    // Other evidence of an alert (devices, accounts, files) names no process.
    return fields !== null || textOf(value['@odata.type']).startsWith('#microsoft.graph.security.')
  })
}

/** The number that Sysmon gives to the start of a process. */
const PROCESS = 1
