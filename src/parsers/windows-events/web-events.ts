import type { FieldValue } from '../../model/event.ts'
import type { DataItem } from './record.ts'
import { scalarAsText } from './values.ts'
import { gadgetIn, STREAM_OF_OBJECTS } from '../../model/gadgets.ts'

// Events of ASP.NET (1309 to 1316): https://learn.microsoft.com/dotnet/api/system.web.management.webeventcodes

/** Data of a web event by position; in further items the exception is recognized by its content. */
const POSITIONS: readonly (readonly [place: number, name: string])[] = [
  [0, 'EventCode'],
  [10, 'ApplicationPath'],
]
/** What follows the name of the process (`w3wp.exe`) and its account: the exception's type and text may stand between. */
const REQUEST = ['RequestUrl', 'RequestPath', 'UserHostAddress', 'WebUser'] as const

/**
 * Fields of a web event: from its data by their places, or from its text in any language by its lines. `ViewState` is what
 * the client sent as it was logged, `ViewStateObject` the serialized object in it, where there is one.
 */
export function webEventFields(unnamed: readonly FieldValue[], message: string | null): readonly DataItem[] {
  const apart = unnamed.map((value) => scalarAsText(value) ?? '')
  // EvtxECmd joins all items with commas.
  const data = apart.length === 1 && /^\d{4}, /.test(apart[0]!) ? apart[0]!.split(', ') : apart
  const values = data.length > 8 ? data : valuesOfText(message ?? '')
  if (values.length <= 8) return []
  const items: DataItem[] = POSITIONS.flatMap(([place, name]): DataItem[] =>
    values[place] ? [[name, values[place]]] : [],
  )
  const detail = values.find((value) => /^50[0-3]\d\d$/.test(value))
  if (detail !== undefined) items.push(['EventDetailCode', detail])
  const url = values.findIndex((value) => /^https?:\/\//i.test(value))
  if (url >= 0) for (const [i, name] of REQUEST.entries()) if (values[url + i]) items.push([name, values[url + i]!])
  const state = viewStateOf(data.length > 8 ? data.slice(8) : [message ?? ''])
  if (state === null) return items
  items.push(['ViewState', state])
  const object = serializedObjectOf(state)
  if (object !== null) items.push(['ViewStateObject', object])
  return items
}

/** The values of the `label: value` lines of a text, empty ones included. */
function valuesOfText(text: string): string[] {
  return inLines(text.slice(0, 65_536))
    .split(/\r\n|\n|\r/)
    .flatMap((line) => {
      const colon = line.slice(0, 120).search(/[:：]/)
      const value = colon < 1 ? '' : line.slice(colon + 1).trim()
      // A heading has no value, and is no item of the data.
      return colon < 1 || (value === '' && /^\S/.test(line)) ? [] : [value]
    })
}

/** Log platforms put the lines of a text one after the other: the labels of the event tell where each began. */
function inLines(text: string): string {
  return /[\r\n]\s{0,40}\S/.test(text) ? text : text.replaceAll(LABEL, '\n')
}

const LABEL =
  /\s{1,8}(?=(?:Event (?:code|message|time|time \(UTC\)|ID|sequence|occurrence|detail code)|(?:Application|Process|Exception|Request|Thread|ViewStateException) information|Application (?:domain|Virtual Path|Path)|Trust level|Machine name|Process ID|Process name|Account name|Exception type|Exception message|Request URL|Request path|User host address|User|Is authenticated|Authentication Type|Thread ID|Thread account name|Is impersonating|Stack trace|Client IP|Port|Referer|Path|User-Agent|PersistedState|ViewState|Custom event details):)/g

function viewStateOf(texts: readonly string[]): string | null {
  for (const text of texts) {
    const part = text.slice(0, 262_144)
    const m = /(?:ViewState|PersistedState)\s{0,4}:\s{0,4}([A-Za-z0-9+/%=]{8,200000})/i.exec(part)
    if (m) return m[1]!
    if (/^\/w[A-Za-z0-9+/]{20,200000}={0,2}$/.test(part.trim())) return part.trim()
  }
  return null
}

/** Marks of the formatter of a ViewState, and of an object of .NET serialized in it (as a whole: 50). */
const [FORMAT, VERSION, SERIALIZED] = [0xff, 0x01, 0x32]
/**
 * The type of the gadget in a ViewState, or `object` where the whole of it is one serialized object, which no page sends;
 * null for what pages send, and for what is encrypted.
 */
function serializedObjectOf(state: string): string | null {
  const bytes = Buffer.from(state.replaceAll(/%2f/gi, '/').replaceAll(/%2b/gi, '+').replaceAll(/%3d/gi, '='), 'base64')
  if (bytes[0] !== FORMAT || bytes[1] !== VERSION) return null
  const isWhole = bytes[2] === SERIALIZED
  if (!isWhole && !bytes.includes(STREAM_OF_OBJECTS)) return null
  return gadgetIn(bytes.toString('latin1')) ?? (isWhole ? 'object' : null)
}
