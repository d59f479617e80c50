import type { Head, Parser, Sink, Source } from './parser.ts'
import { configEvent, locationOf, readTags, type Tag } from './xml-config.ts'

/**
 * applicationHost.config: the modules that IIS loads into every worker process (native, `globalModules`) or runs for
 * requests (managed, `modules`). Each is one event that says whether it lies where Windows, .NET, IIS extensions and
 * Exchange keep theirs. The place says nothing of the content: a file that was exchanged there is known all the same.
 * https://learn.microsoft.com/iis/configuration/system.webserver/globalmodules/
 */
export const iisConfig: Parser = {
  name: 'iis-config',
  title: 'IIS configuration',
  recognise,
  read,
}

function recognise(head: Head): number {
  const { text } = head
  if (!/^\s*</.test(text) || !/<configuration[\s>]/.test(text)) return 0
  if (/<system\.applicationHost[\s>]|<globalModules[\s>]/.test(text)) return 94
  return /(?:^|[\\/!])applicationHost\.config$/i.test(head.path) ? 90 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readTags(source, sink, (tag) => {
    if (tag.element.name !== 'add') return
    const list = tag.parents.at(-1)?.name
    if (list === 'globalModules') module(source, sink, tag, 'Image')
    else if (list === 'modules') module(source, sink, tag, 'Type')
  })
}

function module(source: Source, sink: Sink, tag: Tag, field: 'Image' | 'Type'): void {
  const what = tag.element.attributes.get(field.toLowerCase())?.trim()
  // Without a type it only switches on a native module, which has its own entry.
  if (!what) return
  const name = tag.element.attributes.get('name') ?? null
  const known = field === 'Image' ? isKnownImage(what) : isKnownType(what)
  sink.event(
    configEvent(
      source,
      'iis-config',
      tag,
      { Module: name, [field]: what, Location: locationOf(tag), Known: String(known) },
      `${name ?? 'module'}: ${what}`,
    ),
  )
}

const windows = String.raw`^(?:%(?:windir|systemroot)%|(?:%systemdrive%|[a-z]:)\\windows)\\`
const programs = String.raw`^(?:%program(?:files(?:\(x86\))?|w6432)%|(?:%systemdrive%|[a-z]:)\\program files(?: \(x86\))?)\\`
const places = [
  // The folders of system32 that others than the system write to (spool, tasks) hold no module.
  String.raw`${windows}(?:system32|syswow64|sysnative)\\(?:(?:inetsrv|rpcproxy)\\)?[^\\]+$`,
  String.raw`${windows}microsoft\.net\\`,
  String.raw`${programs}(?:iis|iis express)\\`,
].map((place) => new RegExp(place, 'i'))
const exchange = /\\(?:exchange server\\)?v1[45]\\(.+)$/i
/** Exchange keeps these beside pages; any other library there lies in a web root. */
const besidePages = /\\(?:exppw|owaauth|kerbauth)\.dll$/i

function isKnownImage(image: string): boolean {
  const path = image.replaceAll('/', '\\')
  if (/(?:^|\\)\.{1,2}(?:\\|$)/.test(path)) return false
  if (places.some((place) => place.test(path))) return true
  const below = exchange.exec(path)?.[1]
  if (below === undefined) return false
  return !/^(?:clientaccess|frontend)\\/i.test(below) || /\\bin\\[^\\]+$/i.test(below) || besidePages.test(path)
}

const tokens = new Set(['b03f5f7f11d50a3a', 'b77a5c561934e089', '31bf3856ad364e35'])

/** A class of Microsoft; one that is signed must be signed with a key of theirs. */
function isKnownType(type: string): boolean {
  if (!/^(?:System|Microsoft)\.\w/.test(type)) return false
  const token = /PublicKeyToken\s*=\s*(\w+)/i.exec(type)?.[1]?.toLowerCase()
  return token === undefined || token === 'null' || tokens.has(token)
}
