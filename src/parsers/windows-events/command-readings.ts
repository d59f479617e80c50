import { isLibraryOfWindows } from '../../model/windows-services.ts'
import type { FieldValue } from '../../model/event.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'

type Fields = Record<string, FieldValue>

/** What a command, a script or a cmdlet of an event means beside its words. `computer`: where it ran. */
export function addCommandReadings(fields: Fields, computer: FieldValue | undefined): void {
  const { CommandLine: line, ScriptBlockText: script, Parameters: parameters } = fields
  // What a process that was created, a host of PowerShell, or a script hides in Base64.
  const command = line ?? fields.HostApplication ?? script
  if (typeof command === 'string' && fields.DecodedCommand === undefined) {
    const decoded = decodedCommand(command)
    if (decoded !== null) fields.DecodedCommand = decoded
  }
  if (typeof line === 'string') addReadings(fields, line, computer)
  if (typeof script === 'string') addReadings(fields, script, computer)
  else if (typeof parameters === 'string') addReadings(fields, parameters, computer)
}

function addReadings(fields: Fields, text: string, computer: FieldValue | undefined): void {
  if (text.includes('$') && typeof computer === 'string' && isExportToItself(text, computer))
    fields.ExportToItself = true
  const isOwn = fields.LibraryOfWindows === undefined ? isLibraryOfItsService(text) : null
  if (isOwn !== null) fields.LibraryOfWindows = isOwn
}

/** Does an export go to an administrative share of the computer itself, by its name? */
function isExportToItself(text: string, computer: string): boolean {
  const own = hostOf(computer)
  const targets = text.matchAll(/filepath\W{1,12}([\w-]{1,63})(?:\.[\w.-]{1,200})?[\\/]+(?:admin|[a-z])\$/gi)
  return [...targets].some(([, host]) => hostOf(host!) === own)
}

function hostOf(name: string): string {
  return name.split('.', 1)[0]!.toLowerCase()
}

/** Is the library that a command sets for a service the one that Windows has there? Null where it sets none of a service of Windows. */
function isLibraryOfItsService(text: string): boolean | null {
  const [before = '', after] = text.split(/\bservicedll\b/i, 2)
  if (after === undefined) return null
  const service = /[\\/]services[\\/]([^\\/"'\s]{1,256})/i.exec(before)?.[1]
  const library = /["'\s]([a-z%\\][^"'\s]{1,256}\.dll)["'\s]/i.exec(` ${after} `)?.[1]
  return service === undefined || library === undefined ? null : isLibraryOfWindows(service, library)
}
