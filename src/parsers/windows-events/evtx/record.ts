import { fileTime, fileTimeText } from '../../../lib/time.ts'
import type { FieldValue } from '../../../model/event.ts'
import { Damage } from '../../common/format-error.ts'
import { levelOf, systemTime, usable, wholeNumber } from '../event.ts'
import { type DataItem, type WindowsRecord, type WindowsTime } from '../record.ts'
import { attributeOf, childNode, contentOf, isNode, type EventNode, fieldValueText } from './tree.ts'

/** The record that the XML of one event tells of; `written` is the time of the record itself, for want of a better. */
export function recordOf(nodes: readonly EventNode[], written: WindowsTime): WindowsRecord {
  const event = nodes.find((node) => node.name === 'Event')
  const system = event ? childNode(event, 'System') : null
  const id = contentOf(childNode(system, 'EventID'))
  const eventId = wholeNumber(id)
  if (!event || eventId === null) throw new Damage('no event with a number')
  const provider = childNode(system, 'Provider')
  const [execution, correlation] = [childNode(system, 'Execution'), childNode(system, 'Correlation')]
  const leaf = (name: string): FieldValue => filled(contentOf(childNode(system, name)))
  const more: [string, FieldValue][] = []
  const add = (name: string, value: FieldValue): void => {
    // Of a forwarded event all is text.
    if (filled(value) !== null) more.push([name, wholeNumber(value) ?? value])
  }
  add('Version', leaf('Version'))
  add('Task', leaf('Task'))
  add('Opcode', leaf('Opcode'))
  add('Qualifiers', attributeOf(childNode(system, 'EventID'), 'Qualifiers'))
  add('Execution_ProcessID', attributeOf(execution, 'ProcessID'))
  add('Execution_ThreadID', attributeOf(execution, 'ThreadID'))
  add('Correlation_ActivityID', attributeOf(correlation, 'ActivityID'))
  add('Correlation_RelatedActivityID', attributeOf(correlation, 'RelatedActivityID'))
  add('Provider_Guid', attributeOf(provider, 'Guid'))
  const recordId = leaf('EventRecordID')
  const rendering = childNode(event, 'RenderingInfo')
  return {
    system: {
      eventId,
      provider: textOf(attributeOf(provider, 'Name')) ?? textOf(attributeOf(provider, 'EventSourceName')),
      channel: textOf(leaf('Channel')),
      computer: textOf(leaf('Computer')),
      level: levelOf(leaf('Level')),
      recordId: wholeNumber(recordId),
      userId: textOf(attributeOf(childNode(system, 'Security'), 'UserID')),
      keywords: leaf('Keywords'),
      more,
    },
    data: dataOf(event),
    message: textOf(contentOf(childNode(rendering, 'Message')) || null),
    when: timeOf(attributeOf(childNode(system, 'TimeCreated'), 'SystemTime'), written),
  }
}

function timeOf(value: FieldValue, written: WindowsTime): WindowsTime {
  const stated = systemTime(value)
  return stated.time === null ? written : stated
}

/** The time that stands in the header of a record. */
export function writtenAt(low: number, high: number): WindowsTime {
  const time = fileTime(low, high)
  return { time: time === null ? null : usable(time), basis: 'format', text: fileTimeText(low, high) }
}

function filled(value: FieldValue): FieldValue {
  return value === '' ? null : value
}

function textOf(value: FieldValue): string | null {
  return value === null || value === '' ? null : fieldValueText(value)
}

/** The blocks of an event that say something about it rather than hold its data. */
export const NO_DATA: ReadonlySet<string> = new Set(['System', 'RenderingInfo'])

/** Items of EventData, UserData and what else stands beside the System block (ProcessingErrorData, DebugData …). */
function dataOf(event: EventNode): DataItem[] {
  const items: DataItem[] = []
  for (const block of event.children) if (isNode(block) && !NO_DATA.has(block.name)) addItems(block, items)
  return joined(items)
}

function addItems(block: EventNode, items: DataItem[]): void {
  for (const element of block.children) {
    if (!isNode(element)) continue
    if (element.name === 'DataItem' || element.children.some(isNode)) addItems(element, items)
    else items.push([nameOf(element), contentOf(element)])
  }
}

/** The names of a provider's own elements in UserData are the names of its fields. */
function nameOf(element: EventNode): string | null {
  const name = attributeOf(element, 'Name')
  if (typeof name === 'string') return name === '' ? null : name
  return element.name === 'Data' ? null : element.name
}

/** Items of one name become one item with all their values; those without a name stay as they are. */
function joined(items: DataItem[]): DataItem[] {
  const places = new Map<string, number>()
  const result: DataItem[] = []
  const lists = new Map<number, (string | number)[]>()
  for (const item of items) {
    const [name, value] = item
    const place = name === null ? undefined : places.get(name)
    if (place === undefined) {
      if (name !== null) places.set(name, result.length)
      result.push(item)
      continue
    }
    if (value === null || value === '') continue
    const first = result[place]![1]
    if (first === null || first === '') result[place] = item
    else {
      let list = lists.get(place)
      if (!list) {
        lists.set(place, (list = listOf(first)))
        result[place] = [name, list]
      }
      for (const one of listOf(value)) list.push(one)
    }
  }
  return result
}

function listOf(value: Exclude<FieldValue, null>): (string | number)[] {
  return typeof value === 'object' ? [...value] : [typeof value === 'boolean' ? String(value) : value]
}
