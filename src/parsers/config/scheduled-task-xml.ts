import { childElement, childElements, elementText, type XmlElement } from '../../lib/xml.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'
import { isKnownProgram } from '../common/known-paths.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { maskCommand } from '../../lib/mask-secrets.ts'
import { configEvent, readXml, posternSources, type Tag } from './xml-reader.ts'

/**
 * Scheduled tasks as XML: the files below `Windows\System32\Tasks` (UTF-16, without extension), exports of a task, and
 * the output of `schtasks /query /xml`. One event a task. Its time is the date of registration that the task states.
 * https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema and [MS-TSCH] 2.5
 */
export const taskXml: Parser = {
  name: 'task-xml',
  title: 'Scheduled tasks as XML',
  product: 'windows',
  recognize,
  read,
}

const SCHEMA = 'http://schemas.microsoft.com/windows/2004/02/mit/task'

function recognize({ text }: Head): number {
  if (!text.includes(SCHEMA)) return 0
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<Tasks\s*>\s*)?(?:<!--[^>]{0,1024}-->\s*)?<(?:\w+:)?Task[\s>]/.test(text)) return 93
  // `schtasks` may write a line of its own first.
  return /<(?:\w+:)?Task\s[^<>]*schemas\.microsoft\.com\/windows\/2004\/02\/mit\/task/.test(text) ? 60 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  // `schtasks /query /xml` names each task in a comment above it.
  let named: string | null = null
  return readXml(source, sink, {
    whole: (element) => element.name === 'Task',
    comment: (text) => void (named = commentedName(text)),
    take: (tag) => {
      if (tag.element.name !== 'Task') return
      sink.event(taskEvent(source, tag, named))
      named = null
    },
    many: true,
    what: 'task',
  })
}

/** The name of a task that is all that a comment holds. */
function commentedName(text: string): string | null {
  const name = text.trim()
  return name.startsWith('\\') && name.length > 1 && name.length <= 513 ? name : null
}

/** Names of the parts of a task, as fields that all sources of tasks have. */
function taskEvent(source: Source, tag: Tag, named: string | null): Event {
  const task = tag.element
  const [info, settings] = [childElement(task, 'RegistrationInfo'), childElement(task, 'Settings')]
  const principal = childElement(childElement(task, 'Principals'), 'Principal')
  const [date, uri] = [textIn(info, 'Date'), textIn(info, 'URI')]
  const name = named ?? nameOfPath(source.windowsPath ?? source.path) ?? rooted(uri)
  const actions = actionsOf(task)
  const fields: Record<string, FieldValue> = {
    TaskName: name,
    URI: uri,
    Author: textIn(info, 'Author'),
    Date: date,
    Description: textIn(info, 'Description'),
    Source: textIn(info, 'Source'),
    SecurityDescriptor: textIn(info, 'SecurityDescriptor'),
    UserId: textIn(principal, 'UserId'),
    GroupId: textIn(principal, 'GroupId'),
    RunLevel: textIn(principal, 'RunLevel'),
    LogonType: textIn(principal, 'LogonType'),
    Enabled: textIn(settings, 'Enabled')?.toLowerCase() ?? 'true',
    Hidden: textIn(settings, 'Hidden')?.toLowerCase() ?? 'false',
    ...triggersOf(task),
    ...actions,
    Cut: tag.cut ? 'true' : null,
  }
  const event = configEvent(source, 'tasks', tag, fields, name ?? 'task')
  const time = date === null ? null : isoTime(date)
  const author = fields.Author
  return {
    ...event,
    sources: posternSources('task'),
    raw: maskTask(event.raw, task),
    time,
    // The scheduler writes local time without a zone.
    timeBasis: time === null ? 'file' : statesZone(date!) ? 'stated' : 'assumed',
    user: typeof author === 'string' && author !== '' && !author.startsWith('$(') ? author : null,
  }
}

/** What a task does, as fields, out of its XML wherever that stands. Passwords are masked. */
export function taskOfXml(task: XmlElement): Record<string, FieldValue> {
  const [info, settings] = [childElement(task, 'RegistrationInfo'), childElement(task, 'Settings')]
  return {
    Author: textIn(info, 'Author'),
    RunLevel: textIn(childElement(childElement(task, 'Principals'), 'Principal'), 'RunLevel'),
    Enabled: textIn(settings, 'Enabled')?.toLowerCase() ?? 'true',
    Hidden: textIn(settings, 'Hidden')?.toLowerCase() ?? 'false',
    ...triggersOf(task),
    ...actionsOf(task),
  }
}

/** `\Microsoft\Windows\…` out of the path of the file of a task. */
function nameOfPath(path: string): string | null {
  const below = /(?:^|[\\/])(?:windows[\\/](?:system32|syswow64|sysnative)[\\/]tasks(?:_migrated)?)[\\/](.+)/is.exec(
    path,
  )?.[1]
  return below === undefined ? null : `\\${below.replaceAll('/', '\\')}`
}

/** Some tasks of Windows leave out the first backslash. */
function rooted(uri: string | null): string | null {
  return uri === null || uri.startsWith('\\') ? uri : `\\${uri}`
}

const EACH = 32

function actionsOf(task: XmlElement): Record<string, FieldValue> {
  const [commands, parameters, lines, folders, classes, others]: string[][] = [[], [], [], [], [], []]
  for (const action of childElements(childElement(task, 'Actions')).slice(0, EACH)) {
    if (action.name === 'Exec') {
      const command = textIn(action, 'Command') ?? ''
      const rest = maskedArguments(command, textIn(action, 'Arguments') ?? '')
      commands!.push(command)
      if (rest !== '') parameters!.push(rest)
      lines!.push(rest === '' ? command : `${command} ${rest}`)
      const folder = textIn(action, 'WorkingDirectory')
      if (folder !== null) folders!.push(folder)
    } else if (action.name === 'ComHandler') {
      classes!.push(textIn(action, 'ClassId') ?? '')
      const data = textIn(action, 'Data')
      if (data !== null) parameters!.push(maskCommand(data))
    } else others!.push(`${action.name}: ${elementText(action).replace(/\s+/g, ' ').trim().slice(0, 1024)}`)
  }
  return {
    Command: few(commands!),
    Image: few(commands!),
    Arguments: few(parameters!),
    CommandLine: few(lines!),
    ...decodedOf(lines!),
    KnownPlace: commands!.length === 0 ? null : String(commands!.every((command) => isKnownProgram(command))),
    WorkingDirectory: few(folders!),
    ClassId: few(classes!),
    OtherAction: few(others!),
    Actions: commands!.length + classes!.length + others!.length,
  }
}

/** What a command line hides in base64, where it does. */
function decodedOf(lines: readonly string[]): Record<string, FieldValue> {
  const decoded = decodedCommand(lines)
  return decoded === null ? {} : { DecodedCommand: decoded }
}

/** What a command is given, with passwords masked; which they are, the command says. */
function maskedArguments(command: string, given: string): string {
  const before = `${command} `
  const masked = maskCommand(before + given)
  return masked.startsWith(before) ? masked.slice(before.length) : maskCommand(given)
}

/** The text of a task without the passwords on its command lines. */
function maskTask(raw: string, task: XmlElement): string {
  let text = raw
  for (const action of childElements(childElement(task, 'Actions')).slice(0, EACH)) {
    const given = textIn(action, 'Arguments') ?? ''
    const masked = maskedArguments(textIn(action, 'Command') ?? '', given)
    if (masked === given) continue
    for (const form of [(part: string) => part, escaped]) text = text.replaceAll(form(given), () => form(masked))
  }
  return maskCommand(text)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** One value as it is, several as a list. */
function few(values: readonly string[]): FieldValue {
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values
}

function triggersOf(task: XmlElement): Record<string, FieldValue> {
  const triggers = childElements(childElement(task, 'Triggers')).slice(0, EACH)
  const repeats = triggers.flatMap((trigger) => textIn(childElement(trigger, 'Repetition'), 'Interval') ?? [])
  const begins = triggers.flatMap((trigger) => textIn(trigger, 'StartBoundary') ?? [])
  return {
    Triggers: triggers.length === 0 ? null : triggers.map((trigger) => describe(trigger)),
    TriggerTypes: few(triggers.map(({ name }) => name)),
    StartBoundary: few(begins),
    RepetitionInterval: few(repeats),
    Subscription: few(triggers.flatMap((trigger) => textIn(trigger, 'Subscription') ?? [])),
  }
}

/** `TimeTrigger StartBoundary=… Repetition/Interval=PT5M`: the trigger with all that is in it. */
function describe(trigger: XmlElement): string {
  const parts: string[] = []
  const walk = (element: XmlElement, path: string, depth: number): void => {
    for (const child of childElements(element)) {
      if (parts.length >= 40) return
      const name = path === '' ? child.name : `${path}/${child.name}`
      if (childElements(child).length > 0 && depth < 5) walk(child, name, depth + 1)
      else {
        const text = elementText(child).trim()
        parts.push(text === '' ? name : `${name}=${text.slice(0, 1024)}`)
      }
    }
  }
  walk(trigger, '', 0)
  return [trigger.name, ...parts].join(' ')
}

function textIn(element: XmlElement | null, name: string): string | null {
  const child = childElement(element, name)
  return child ? elementText(child).trim() || null : null
}
