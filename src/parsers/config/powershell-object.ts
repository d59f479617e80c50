import { childElements, elementText, type XmlElement } from '../../lib/xml.ts'
import { isSecretName, MASK } from '../../lib/mask-secrets.ts'

// Objects as PowerShell serializes them: [MS-PSRP] 2.2.5.

export type PsScalar = string | number | boolean | null
export type PsValue = PsScalar | PsObject

/** An object as it was serialized: live objects as properties and text, collections as items, enums as text and number. */
export type PsObject = {
  /** Type names, the most special first, without `Deserialized.` and `Selected.` */
  readonly types: readonly string[]
  /** What ToString gave. */
  readonly text: string | null
  readonly properties: ReadonlyMap<string, PsValue>
  readonly items: readonly PsValue[] | null
  /** Of a dictionary. */
  readonly entries: readonly (readonly [PsValue, PsValue])[] | null
  /** What the object wraps: the number of an enum. */
  readonly wrapped: PsScalar
}

export function isObject(value: PsValue | undefined): value is PsObject {
  return typeof value === 'object' && value !== null
}

const REMEMBERED = 20_000

/** Type names and objects that are referred to by number. Objects are known within one top-level object, then as text. */
export class ObjectReferences {
  readonly types = new Map<string, readonly string[]>()
  readonly texts = new Map<string, string>()
  objects = new Map<string, PsObject>()

  next(): this {
    this.objects = new Map()
    return this
  }
}

const DEPTH = 40

/** The value of an element; null for what is none of the format. */
export function valueOf(element: XmlElement, names: ObjectReferences, depth: number): PsValue {
  const { name } = element
  if (name === 'Obj') return depth > DEPTH ? null : objectOf(element, names, depth)
  if (name === 'Ref') {
    const id = element.attributes.get('RefId') ?? ''
    return names.objects.get(id) ?? names.texts.get(id) ?? null
  }
  if (name === 'Nil' || name === 'TNRef') return null
  if (name === 'SS') return MASK
  const text = elementText(element)
  if (name === 'B') return text.trim() === 'true'
  if (NUMBERS.has(name)) {
    const number = Number(text.trim())
    return Number.isFinite(number) && (Number.isSafeInteger(number) || name === 'Db' || name === 'Sg')
      ? number
      : text.trim()
  }
  if (name === 'C') return String.fromCodePoint(Math.min(Number.parseInt(text, 10) || 0, 0xffff))
  return unescape(text)
}

const NUMBERS = new Set(['By', 'SB', 'U16', 'I16', 'U32', 'I32', 'U64', 'I64', 'Sg', 'Db', 'D'])

function objectOf(element: XmlElement, names: ObjectReferences, depth: number): PsObject {
  const properties = new Map<string, PsValue>()
  let types: readonly string[] = []
  let text: string | null = null
  let items: PsValue[] | null = null
  let entries: [PsValue, PsValue][] | null = null
  let wrapped: PsScalar = null
  for (const child of childElements(element)) {
    if (child.name === 'TN') types = typesOf(child, names)
    else if (child.name === 'TNRef') types = names.types.get(child.attributes.get('RefId') ?? '') ?? []
    else if (child.name === 'ToString') text = unescape(elementText(child))
    else if (child.name === 'Props' || child.name === 'MS') addProperties(child, properties, names, depth)
    else if (COLLECTIONS.has(child.name)) items = childElements(child).map((item) => valueOf(item, names, depth + 1))
    else if (child.name === 'DCT') entries = entriesOf(child, names, depth)
    else {
      const value = valueOf(child, names, depth + 1)
      if (!isObject(value)) wrapped = value
    }
  }
  const object: PsObject = { types, text, properties, items, entries, wrapped }
  const id = element.attributes.get('RefId')
  if (id !== undefined) {
    if (names.objects.size < 100_000) names.objects.set(id, object)
    if (text !== null && text.length <= 256 && names.texts.size < REMEMBERED) names.texts.set(id, text)
  }
  return object
}

// Lists, stacks, queues, and what could only be walked through.
const COLLECTIONS = new Set(['LST', 'STK', 'QUE', 'IE'])

function typesOf(element: XmlElement, names: ObjectReferences): readonly string[] {
  const types = childElements(element)
    .filter(({ name }) => name === 'T')
    .slice(0, 32)
    .map((type) => unescape(elementText(type)).replace(/^(?:(?:Deserialized|Selected)\.)+/, ''))
  const id = element.attributes.get('RefId')
  if (id !== undefined && names.types.size < REMEMBERED) names.types.set(id, types)
  return types
}

function addProperties(
  element: XmlElement,
  properties: Map<string, PsValue>,
  names: ObjectReferences,
  depth: number,
): void {
  for (const child of childElements(element)) {
    const name = unescape(child.attributes.get('N') ?? '')
    if (name === '' || name.length > 256 || properties.size >= 1000) continue
    const value = valueOf(child, names, depth + 1)
    // What was added to an object says more than what it had: a date instead of a text.
    properties.set(name, isSecretName(name) && typeof value === 'string' && value !== '' ? MASK : value)
  }
}

function entriesOf(element: XmlElement, names: ObjectReferences, depth: number): [PsValue, PsValue][] {
  const entries: [PsValue, PsValue][] = []
  for (const entry of childElements(element)) {
    const parts = childElements(entry)
    const part = (name: string): PsValue => {
      const found = parts.find((child) => child.attributes.get('N') === name)
      return found ? valueOf(found, names, depth + 1) : null
    }
    if (entry.name !== 'En') continue
    const [key, value] = [part('Key'), part('Value')]
    entries.push([key, typeof key === 'string' && isSecretName(key) && typeof value === 'string' ? MASK : value])
  }
  return entries
}

/** `_x000A_` is the character of that number. */
function unescape(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
